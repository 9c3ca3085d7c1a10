package providers

import (
	"encoding/base64"
	"encoding/hex"
	"strings"

	"shopbell/providers/signature"
)

// formsOf lists what may become of the text of a secret before it is the key,
// simplest first.
func formsOf(secret string) []signature.SecretForm {
	forms := []signature.SecretForm{{}}
	rest, strip := secret, []string(nil)
	if at := strings.LastIndexAny(secret, "_:"); at > 0 && at < 24 {
		rest, strip = secret[at+1:], []string{secret[:at+1]}
	}
	if _, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(rest, "=")); err == nil {
		forms = append(forms, signature.SecretForm{Strip: strip, Encoding: signature.Base64})
	}
	if _, err := hex.DecodeString(rest); err == nil {
		forms = append(forms, signature.SecretForm{Strip: strip, Encoding: signature.Hex})
	}
	if strip != nil {
		forms = append(forms, signature.SecretForm{Strip: strip})
	}
	return append(forms, signature.SecretForm{Derive: "sha256"}, signature.SecretForm{Derive: "sha1"})
}

// withSecret puts the secret before or behind each template, with its own
// separator, for plain hashes.
func withSecret(templates []signature.Template) (out []signature.Template) {
	secret := part(signature.PartSecret)
	for _, t := range templates {
		for _, sep := range separatorsOf(t) {
			before := append(joined(sep, []signature.Part{secret}), literal(sep)...)
			out = append(out, append(before, t...))
			behind := append(append(signature.Template{}, t...), literal(sep)...)
			out = append(out, append(behind, secret))
		}
	}
	return out
}

// separatorsOf is the template's own separator, or the usual ones when it has
// one part only.
func separatorsOf(t signature.Template) []string {
	if len(t) == 1 {
		return []string{"", ".", ":", "|", "&"}
	}
	for _, p := range t {
		if p.Kind == signature.PartLiteral {
			return []string{p.Name}
		}
	}
	return []string{""}
}

func literal(text string) signature.Template {
	if text == "" {
		return nil
	}
	return signature.Template{{Kind: signature.PartLiteral, Name: text}}
}

// token finds a secret that is sent as it is.
func (q *inference) token() (Inferred, bool) {
	for _, v := range append([]value{{}}, valuesOf(q.m)...) {
		s := signature.Token{Basic: true}
		if !v.part.IsZero() {
			prefix, _, ok := strings.Cut(v.text, q.secret.Value())
			if !ok || len(prefix) > 16 {
				continue
			}
			s = signature.Token{At: []signature.Part{v.part}, Prefix: prefix}
		}
		if _, ok := q.verifies(s); ok {
			return Inferred{Scheme: s, Says: "the secret itself is sent"}, true
		}
	}
	return Inferred{}, false
}
