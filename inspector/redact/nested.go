package redact

import (
	"bytes"
	"encoding/base64"
	"html"
	"net/url"
	"strings"
	"unicode/utf8"
)

// maxNested is how often a value is unpacked that holds text in another form:
// JSON in a string of JSON, in a form, in base64.
const maxNested = 3

// inside tells whether a value, when it is unpacked, shows something that has to
// be hidden and that cannot be seen in the value as it stands. The value is then
// hidden whole.
func (s *search) inside(value []byte) bool {
	if s.nested == 0 || len(value) < 6 {
		return false
	}
	for _, text := range unpacked(value) {
		if len(find([]byte(text), s.nested-1)) > 0 {
			return true
		}
	}
	return false
}

// unpacked are the texts that a value can stand for, other than itself.
func unpacked(value []byte) []string {
	var texts []string
	if bytes.IndexByte(value, '\\') >= 0 {
		if text := unescape(value); text != string(value) {
			texts = append(texts, text)
		}
	}
	if bytes.IndexByte(value, '%') >= 0 {
		if text, err := url.QueryUnescape(string(value)); err == nil {
			texts = append(texts, text)
		}
	}
	if bytes.IndexByte(value, '&') >= 0 && bytes.IndexByte(value, ';') >= 0 {
		if text := html.UnescapeString(string(value)); text != string(value) {
			texts = append(texts, text)
		}
	}
	for _, part := range coded(value) {
		if text, err := fromBase64(part); err == nil && readable(text) {
			texts = append(texts, string(text))
		}
	}
	return texts
}

// leastCoded is the shortest base64 that is read: what is shorter holds no
// field with a value.
const leastCoded = 16

// coded are the parts of a value that can be base64: the value, or the first
// parts of a token of three.
func coded(value []byte) []string {
	if len(value) < leastCoded || bytes.ContainsFunc(value[:leastCoded], func(r rune) bool { return r != '.' && !base64Rune(r) }) {
		return nil
	}
	var found []string
	for _, p := range strings.SplitN(string(value), ".", 6) { // five parts has the longest token, an encrypted one
		if len(p) >= leastCoded && strings.IndexFunc(p, func(r rune) bool { return !base64Rune(r) }) < 0 {
			found = append(found, p)
		}
	}
	return found
}

func base64Rune(r rune) bool {
	return r < 0x80 && (digit(byte(r)) || letter(byte(r)) || strings.ContainsRune("+/-_=", r))
}

func fromBase64(text string) ([]byte, error) {
	text = strings.TrimRight(text, "=")
	if strings.ContainsAny(text, "-_") {
		return base64.RawURLEncoding.DecodeString(text)
	}
	return base64.RawStdEncoding.DecodeString(text)
}

// readable tells whether decoded bytes begin like text.
func readable(text []byte) bool {
	for i := 0; i < min(len(text), 64); {
		r, n := utf8.DecodeRune(text[i:]) // past the 64th byte, if the last one goes on there
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == utf8.RuneError {
			return false
		}
		i += n
	}
	return true
}
