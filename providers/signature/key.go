package signature

import "strings"

// key returns the bytes that go into the computation.
func (f SecretForm) key(text string) ([]byte, error) {
	return f.Encoding.decode(strings.TrimPrefix(text, f.Strip))
}

// inWords says what the text of a secret looks like.
func (f SecretForm) inWords() string {
	if f.Strip != "" {
		return f.Strip + " and " + string(f.Encoding)
	}
	return string(f.Encoding)
}
