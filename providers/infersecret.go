package providers

import (
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"strings"

	"shopbell/providers/signature"
)

// prefixForm is what may be taken off a secret: a word like "whsec_" that is
// the same in all of them and tells nothing, because it is written to a file.
var prefixForm = regexp.MustCompile(`^([a-z]{1,8}[0-9]?[_,-]){1,3}$`)

// formsOf lists what may become of the text of a secret before it is the key,
// simplest first; rare are those that few providers use.
func formsOf(secret string) (usual, rare []signature.SecretForm) {
	usual = []signature.SecretForm{{}}
	bases := []signature.SecretForm{{}}
	rests := []string{secret}
	for _, at := range []int{strings.IndexByte(secret, '_'), strings.LastIndexByte(secret, '_'), strings.LastIndexByte(secret, '-')} {
		if at > 0 && at < len(secret)-4 && prefixForm.MatchString(secret[:at+1]) {
			bases = append(bases, signature.SecretForm{Strip: []string{secret[:at+1]}})
			rests = append(rests, secret[at+1:])
		}
	}
	if _, rest, ok := strings.Cut(secret, ":"); ok {
		bases, rests = append(bases, signature.SecretForm{After: ":"}), append(rests, rest)
	}
	for i, base := range bases {
		for _, encoding := range encodingsOf(rests[i]) {
			form := base
			form.Encoding = encoding
			usual = append(usual, form)
		}
	}
	usual = append(usual, bases[1:]...)
	if strings.ContainsFunc(secret, func(r rune) bool { return r > '~' }) {
		usual = append(usual, signature.SecretForm{Normal: "nfkd"})
	}
	for _, base := range bases {
		for _, derive := range [...]string{"sha256", "sha1", "md5", "sha512", "sha256-hex", "md5-hex", "sha1-hex", "sha512-hex"} {
			form := base
			form.Derive = derive
			rare = append(rare, form)
		}
	}
	return distinctForms(usual), rare
}

// encodingsOf are those in which a secret can be read.
func encodingsOf(text string) (out []signature.Encoding) {
	if b, err := hex.DecodeString(text); err == nil && len(b) >= minToken {
		out = append(out, signature.Hex)
	}
	bare := strings.TrimRight(text, "=")
	if b, err := base64.RawStdEncoding.DecodeString(bare); err == nil && len(b) >= minToken {
		out = append(out, signature.Base64)
	}
	if b, err := base64.RawURLEncoding.DecodeString(bare); err == nil && len(b) >= minToken && strings.ContainsAny(bare, "-_") {
		out = append(out, signature.Base64URL)
	}
	return out
}

func distinctForms(forms []signature.SecretForm) (out []signature.SecretForm) {
	seen := map[string]bool{}
	for _, f := range forms {
		id := strings.Join(f.Strip, " ") + " " + f.After + " " + f.Normal + " " + string(f.Encoding)
		if !seen[id] {
			seen[id] = true
			out = append(out, f)
		}
	}
	return out
}

// keyBytes is the key that form makes of the secret; nil when it makes none.
func (q *inference) keyBytes(form signature.SecretForm, part string) []byte {
	p, err := signature.ParsePart(part)
	if err != nil {
		return nil
	}
	b, err := signature.Template{p}.Fill(q.fields, signature.Vars{Secret: q.secret, Form: form})
	if err != nil {
		return nil
	}
	return b
}

// gatherSecrets lists what may stand for the secret in a plain hash, and the
// part of the secret that may be signed beside the rest.
func (q *inference) gatherSecrets() {
	usual, _ := formsOf(q.secret.Value())
	for i, form := range usual {
		parts := []string{"secret"}
		if i == 0 {
			parts = append(parts, "secret|md5|hex", "secret|reverse", "secret|sha256|hex", "secret|upper")
		}
		for _, text := range parts {
			if b := q.keyBytes(form, text); len(b) > 0 && len(q.pool.secrets) < 8 {
				p, _ := signature.ParsePart(text)
				q.pool.secrets = append(q.pool.secrets, &atom{parts: signature.Template{p}, text: b, secret: &form})
			}
		}
	}
	pair := signature.SecretForm{Parts: []string{"id", "secret"}}
	if b := q.keyBytes(pair, "secret:id"); len(b) > 0 {
		p := signature.Part{Kind: signature.PartSecret, Name: "id"}
		q.pool.add(&q.pool.names, &atom{parts: signature.Template{p}, text: b, secret: &pair}, maxNames+1)
	}
}
