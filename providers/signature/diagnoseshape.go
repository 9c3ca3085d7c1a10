package signature

import (
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// unexplained says what was expected, and what is known from the shape of what
// arrived.
func (q *search) unexplained() *Diagnosis {
	d := &Diagnosis{Cause: Unexplained}
	switch q.outcome {
	case NoSecret:
		d.Says = "The check needs the provider's signing secret, which this endpoint does not have."
		d.Do = "Copy the signing secret from the provider and give it to this endpoint."
	case Missing:
		d.Says = q.expected()
		d.Do = "Check that a secret is set at the provider, and that nothing on the way drops the signature."
	case Malformed:
		d.Says = q.expected()
		d.Do = "Compare the delivery with the provider's documentation; it may come from another sender or another version."
		if faultOf(q.Scheme, q.Inquiry).about == aboutSecret {
			d.Do = "Copy the signing secret from the provider once more."
		}
	default:
		d.Says = q.mismatch()
		d.Do = "Copy the signing secret from the provider once more; if it is the same, compare what was signed with what the provider's log shows."
	}
	d.Evidence = strings.Join(q.shapes(), "\n")
	return d
}

func (q *search) expected() string {
	if f := faultOf(q.Scheme, q.Inquiry); f.where != "" {
		return f.says()
	}
	// A token's check keeps no fault of its own: its last step says it.
	if n := len(q.verdict.Steps); n > 0 && !q.verdict.Steps[n-1].OK {
		says, _, _ := strings.Cut(q.verdict.Steps[n-1].Evidence, "\n")
		return "The delivery can't be checked: " + says + "."
	}
	return "The delivery lacks something that the check of its signature needs."
}

func (q *search) mismatch() string {
	says := "The signature is well-formed, but no secret that was tried gives it"
	if len(q.layouts) > 0 {
		if form := formOf(q.layouts[0].scheme, q.Message); form != "" {
			says = "The signature has the form of " + form + ", but no secret that was tried gives it"
		}
	}
	if !q.short {
		says += ", not even after the usual accidents"
	}
	return says + "."
}

// shapes says what the form of the signature and of the body tells.
func (q *search) shapes() (out []string) {
	seen := map[string]bool{}
	for _, l := range q.layouts {
		for _, at := range l.At {
			if v := ReadFields(q.Message).Get(at); v.Times > 0 && !seen[at.String()] && !comparesToken(l.scheme) {
				seen[at.String()] = true
				if shape := shapeOf(v.Text); shape != "" {
					out = append(out, at.inWords()+" looks like "+shape)
				}
			}
		}
	}
	if len(seen) == 0 {
		out = append(out, q.strangers()...)
	}
	return append(out, q.bodySigns()...)
}

// strangers describes headers that look like a signature where none was
// expected. Their values may be tokens and are not shown.
func (q *search) strangers() (out []string) {
	for _, f := range q.Message.Header[:min(len(q.Message.Header), maxHeaders)] {
		name := strings.ToLower(f.Name)
		for _, word := range []string{"sign", "hmac", "digest", "auth", "token", "sha"} {
			if !strings.Contains(name, word) || len(out) == 4 {
				continue
			}
			shape := shapeOf(f.Value)
			if shape == "" {
				shape = "a text of " + count(len(f.Value), "character")
			}
			out = append(out, "the header "+q.safe(f.Name)+" holds "+shape)
			break
		}
	}
	return out
}

// bodySigns tells what the header says about the body and does not hold.
func (q *search) bodySigns() (out []string) {
	m := q.Message
	if n, err := strconv.Atoi(m.Header.Get("Content-Length")); err == nil && n != len(m.Body) {
		out = append(out, "Content-Length says "+itoa(int64(n))+" bytes, the body has "+itoa(int64(len(m.Body)))+
			": it was changed or cut on the way")
	}
	if e := m.Header.Get("Content-Encoding"); e != "" && e != "identity" {
		out = append(out, "Content-Encoding says "+q.quote(e)+": the signature may stand for the body before or after it was compressed")
	}
	return out
}

// shapeOf says in words what a signature's text looks like, "" when nothing.
func shapeOf(text string) string {
	text = strings.TrimSpace(text)
	if len(text) > 16<<10 {
		return "a text of " + count(len(text), "character") + ", too long for a signature"
	}
	switch {
	case isJOSE(text) != "":
		return isJOSE(text)
	case strings.HasPrefix(text, "v1,"), strings.HasPrefix(text, "v1a,"):
		return "the list of Standard Webhooks (v1,...): " + bareShape(strings.Fields(text[strings.IndexByte(text, ',')+1:] + " ")[:1])
	case strings.Contains(text, "t=") && strings.Contains(text, ","):
		return "a list like Stripe's, with the keys " + keysOf(text)
	}
	if s := digestShape(text); s != "" {
		return s
	}
	for _, sign := range []string{"=", ":", " ", ","} {
		if prefix, rest, ok := strings.Cut(text, sign); ok && len(prefix) <= 16 && alnumText(prefix) {
			if s := digestShape(strings.TrimSpace(rest)); s != "" {
				return strconv.Quote(prefix+sign) + " and " + s
			}
		}
	}
	return ""
}

func bareShape(texts []string) string {
	if len(texts) > 0 {
		if s := digestShape(texts[0]); s != "" {
			return s
		}
	}
	return "of unknown form"
}

// keysOf names the keys of a list of pairs.
func keysOf(text string) string {
	var keys []string
	for part := range strings.SplitSeq(text, ",") {
		if k, _, ok := strings.Cut(strings.TrimSpace(part), "="); ok && len(k) <= 16 && alnumText(k) && len(keys) < 6 {
			keys = append(keys, k)
		}
	}
	return strings.Join(keys, ", ")
}

// digestShape tells by its length and letters what made a text.
func digestShape(text string) string {
	if b, err := hex.DecodeString(text); err == nil && len(b) > 0 {
		return count(len(text), "hex digit") + sizeInWords(b)
	}
	for _, e := range []struct {
		name string
		enc  *base64.Encoding
	}{{"base64", base64.RawStdEncoding}, {"base64url", base64.RawURLEncoding}} {
		b, err := e.enc.DecodeString(strings.TrimRight(text, "="))
		if err != nil || sizeInWords(b) == "" {
			continue
		}
		return count(len(text), e.name+" character") + sizeInWords(b)
	}
	return ""
}

// sizeInWords names what has so many bytes.
func sizeInWords(b []byte) string {
	switch n := len(b); {
	case n == 16:
		return ", as MD5 gives"
	case n == 20:
		return ", as SHA-1 gives"
	case n == 28:
		return ", as SHA-224 gives"
	case n == 32:
		return ", as SHA-256 gives"
	case n == 48:
		return ", as SHA-384 gives"
	case n == 64:
		return ", as SHA-512 or Ed25519 gives"
	case n >= 68 && n <= 72 && b[0] == 0x30:
		return ", as ECDSA with P-256 gives"
	case n == 128 || n == 256 || n == 384 || n == 512:
		return ", as RSA with " + strconv.Itoa(8*n) + " bits gives"
	}
	return ""
}

// isJOSE tells a JSON Web Token or Signature.
func isJOSE(text string) string {
	text = strings.TrimPrefix(text, "Bearer ")
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		return ""
	}
	head, err := base64.RawURLEncoding.DecodeString(parts[0])
	if err != nil || !ValidJSON(head) {
		return ""
	}
	alg := gjson.GetBytes(head, "alg").Str
	if len(alg) > 16 || !alnumText(alg) {
		return ""
	}
	if parts[1] == "" {
		return "a detached JSON Web Signature (" + alg + ")"
	}
	return "a JSON Web Token (" + alg + ")"
}

func alnumText(text string) bool {
	for i := range len(text) {
		if !alnum(text[i]) && text[i] != '-' && text[i] != '_' {
			return false
		}
	}
	return text != ""
}
