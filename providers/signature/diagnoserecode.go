package signature

import (
	"bytes"
	"encoding/hex"
	"strings"
)

// secretEncodings tries the secret decoded where it is used as text, as text
// where it is decoded, and encoded once more.
func (q *search) secretEncodings() *Diagnosis {
	var all []suspicion
	for _, form := range secretForms(q.Scheme) {
		for _, s := range q.own {
			all = append(all, secretKeys(form, s)...)
		}
	}
	return q.suspect("the secret decoded from base64 and hex, not decoded, and encoded", all)
}

// keyText is one way of making key bytes of a secret's text.
type keyText struct {
	says string
	key  []byte
}

func secretKeys(form SecretForm, s Secret) (out []suspicion) {
	bare := bareSecret(s.value)
	now, _ := form.key(s)
	seen := [][]byte{now.bytes}
	out = append(out, decodedSecrets(form, s, bare)...)
	for _, k := range keyTexts(bare) {
		text, ok := form.textFor(k.key)
		if !ok || len(k.key) < minKey || hasBytes(seen, k.key) {
			continue
		}
		seen = append(seen, k.key)
		a := accident{
			cause: SecretEncoding, says: "when the configured secret " + s.Label + " is " + k.says,
			why: "this provider's secrets are read as " + form.inWords(),
			do:  "Check in the provider's documentation and settings in which form it uses the secret, and enter it so that it comes to the same bytes.",
		}
		if form.encoded() && bytes.Equal(k.key, []byte(bare)) {
			a.fix = &Fix{Kind: EncodeSecret, Secret: s.Label, Text: form.mark() + string(form.Encoding)}
		}
		out = append(out, suspicion{a, NewSecret(s.Label, text)})
	}
	return out
}

// decodedSecrets are the texts that a secret comes to which was encoded as a
// whole, on top of what this form of it takes off or decodes.
func decodedSecrets(form SecretForm, s Secret, bare string) (out []suspicion) {
	if !form.encoded() && len(form.Parts) == 0 && form.After == "" && len(form.Strip) == 0 {
		return nil
	}
	for _, e := range []Encoding{Base64, Hex} {
		b, err := e.decode(bare)
		if err != nil || len(b) < minKey || printable(string(b)) != string(b) {
			continue
		}
		out = append(out, suspicion{accident{
			cause: SecretEncoding, says: "when the configured secret " + s.Label + " is decoded from " + string(e) + " once more",
			why: "it was encoded before it was entered",
			do:  "Enter the secret as the provider shows it.",
		}, NewSecret(s.Label, string(b))})
	}
	return out
}

func keyTexts(bare string) (out []keyText) {
	texts := []struct{ text, with string }{{bare, ""}}
	for _, mark := range secretMarks() {
		if rest, ok := strings.CutPrefix(bare, mark); ok {
			texts = append(texts, struct{ text, with string }{rest, ` without "` + mark + `"`})
		}
	}
	for _, t := range texts {
		out = append(out, keyText{"used as the text that it is" + t.with, []byte(t.text)})
		for _, e := range []Encoding{Base64, Hex, Base64URL} {
			if b, err := e.decode(t.text); err == nil {
				out = append(out, keyText{"decoded from " + string(e) + t.with, b})
			}
		}
	}
	for _, t := range texts {
		for _, e := range []Encoding{Base64, Hex, Base64URL} {
			out = append(out, keyText{"encoded in " + string(e) + t.with, []byte(e.encode([]byte(t.text)))})
		}
		if _, err := hex.DecodeString(t.text); err == nil {
			out = append(out, keyText{"written in lower case" + t.with, []byte(strings.ToLower(t.text))},
				keyText{"written in upper case" + t.with, []byte(strings.ToUpper(t.text))})
		}
	}
	return out
}

func hasBytes(list [][]byte, b []byte) bool {
	for _, x := range list {
		if bytes.Equal(x, b) {
			return true
		}
	}
	return false
}
