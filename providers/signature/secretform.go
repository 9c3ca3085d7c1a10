package signature

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// SecretForm is how the text of a secret becomes the key. Its steps are taken
// in the order of the fields.
type SecretForm struct {
	// Parts names the pieces of "app_key:secret", cut at colons from the left;
	// the last one takes the rest. The one called "secret" becomes the key.
	Parts []string
	// LastOptional allows the last part to be missing, where a public key can
	// come from elsewhere.
	LastOptional bool
	// Strip are prefixes of which one is taken off if it is there: "whsec_".
	Strip []string
	// After keeps only what follows the first of these: ":".
	After string
	// Normal is a Unicode normal form: "nfkd", or "" for the text as it is.
	Normal string
	// Encoding is PlainText when empty: the bytes of the text.
	Encoding Encoding
	// Derive makes the key another one: the name of a hash (its bytes), or
	// "3des:PART": the part of the message, encrypted with the secret.
	Derive string
}

// secretPart is the piece of a secret that is the key.
const secretPart = "secret"

var errNoPart = errors.New("the text has fewer parts")

// check tells what is wrong with the form.
func (f SecretForm) check() error {
	switch {
	case f.Encoding != "" && !f.Encoding.forSecrets():
		return fmt.Errorf("check scheme: encoding %q of the secret, expected text, hex, base64 or base64url", f.Encoding)
	case f.Normal != "" && f.Normal != "nfkd":
		return fmt.Errorf("check scheme: normal form %q of the secret, expected nfkd", f.Normal)
	case len(f.Parts) > 0 && !slices.Contains(f.Parts, secretPart):
		return fmt.Errorf("check scheme: parts %q of the secret, expected one called secret", f.Parts)
	}
	return f.checkDerive()
}

// has tells whether the secret has a part of that name.
func (f SecretForm) has(name string) bool { return slices.Contains(f.Parts, name) }

// key reads the text of a secret.
func (f SecretForm) key(s Secret) (key, error) {
	k, _, err := f.appendKey(nil, s)
	return k, err
}

// appendKey is key with its bytes behind what dst holds already.
func (f *SecretForm) appendKey(dst []byte, s Secret) (k key, out []byte, err error) {
	k = key{label: s.Label, text: s.value, ready: s.ready}
	text := s.value
	if len(f.Parts) > 0 {
		values := strings.SplitN(text, ":", len(f.Parts))
		if len(values) == len(f.Parts)-1 && f.LastOptional {
			values = append(values, "")
		}
		if len(values) < len(f.Parts) {
			return k, dst, errNoPart
		}
		k.parts = make(map[string]string, len(values))
		for i, name := range f.Parts {
			k.parts[name] = values[i]
		}
		text = k.parts[secretPart]
	}
	if out, err = f.decode(dst, text); err != nil {
		return k, dst, err
	}
	k.bytes = out[len(dst):len(out):len(out)]
	if len(k.bytes) == 0 && !f.LastOptional {
		return k, dst, errNoPart // anybody can sign with an empty key
	}
	if f.Derive != "" {
		k.bytes, err = f.derived(k.bytes)
	}
	return k, out, err
}

func (f *SecretForm) decode(dst []byte, text string) ([]byte, error) {
	for _, strip := range f.Strip {
		if rest, ok := strings.CutPrefix(text, strip); ok {
			text = rest
			break
		}
	}
	if f.After != "" {
		if _, rest, ok := strings.Cut(text, f.After); ok {
			text = rest
		}
	}
	if f.Normal == "nfkd" {
		text = norm.NFKD.String(text)
	}
	return f.Encoding.appendDecoded(dst, text)
}

// inWords says what the text of a secret looks like.
func (f SecretForm) inWords() string {
	out := string(f.Encoding)
	if out == "" {
		out = string(PlainText)
	}
	if len(f.Strip) > 0 {
		out = strings.Join(f.Strip, " or ") + " and " + out
	}
	if len(f.Parts) > 0 {
		out = strings.Join(f.Parts, ":") + " with " + out
	}
	return out
}
