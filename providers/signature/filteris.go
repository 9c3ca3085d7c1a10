package signature

import (
	"encoding/base64"
	"errors"
)

// valueForm is what the filter "is" wants a value to be. A form that a
// provider documents can rule out what a neighbour in the signed text holds.
type valueForm string

const (
	isWord       valueForm = "word"        // letters, digits, _ and -, one at least
	isBase64JSON valueForm = "base64-json" // base64 of one JSON object
	isUntimed    valueForm = "untimed"     // anything but a Unix time with a full stop behind it
)

func (f valueForm) known() bool { return f == isWord || f == isBase64JSON || f == isUntimed }

// isForm is the form that the last filter asks for.
func (p *Part) isForm() valueForm { return valueForm(p.Filters[len(p.Filters)-1].Arg) }

// selfContained tells whether no text of that form is the beginning or the end
// of another.
func (f valueForm) selfContained() bool { return f == isBase64JSON }

// check tells what is wrong with b, nil if it has the form.
func (f valueForm) check(b []byte) error {
	switch f {
	case isUntimed:
		if len(b) > 10 && b[10] == '.' && digits(string(b[:10])) {
			return errors.New("expected no time in front")
		}
		return nil
	case isBase64JSON:
		text, err := base64.StdEncoding.Strict().DecodeString(string(b))
		if err != nil || !ReadFields(Message{Body: text}).Object() || text[0] != '{' || text[len(text)-1] != '}' {
			return errors.New("expected base64 of a JSON object")
		}
		return nil
	}
	for _, c := range b {
		if !wordByte(c) {
			return errors.New("expected letters, digits, _ and - only")
		}
	}
	if len(b) == 0 {
		return errors.New("expected letters or digits, got nothing")
	}
	return nil
}

func wordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-'
}
