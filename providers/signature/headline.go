package signature

import (
	"errors"
	"fmt"
	"strings"
)

// parseRequestLine reads "POST /path HTTP/1.1".
func parseRequestLine(line []byte) (Message, error) {
	parts := strings.Split(string(line), " ")
	if len(parts) != 3 {
		return Message{}, fmt.Errorf("%q has %d words, expected method, target and version like \"POST /path HTTP/1.1\"",
			clip(string(line), maxShown), len(parts))
	}
	method, target, version := parts[0], parts[1], parts[2]
	switch {
	case !IsToken(method):
		return Message{}, fmt.Errorf("method %q, expected a word like POST", clip(method, maxShown))
	case target == "" || hasControl(target):
		return Message{}, fmt.Errorf("target %q, expected a path without control characters", clip(target, maxShown))
	case !isVersion(version):
		return Message{}, fmt.Errorf("version %q, expected HTTP/1.1", clip(version, maxShown))
	}
	return Message{Method: method, Target: target}, nil
}

// parseField reads "Name: value". White space around the value does not
// belong to it.
func parseField(line []byte) (Field, error) {
	if line[0] == ' ' || line[0] == '\t' {
		return Field{}, errors.New("it begins with white space, expected \"Name: value\" on one line: folded header lines are obsolete and read differently by different servers")
	}
	name, value, ok := strings.Cut(string(line), ":")
	if !ok {
		return Field{}, fmt.Errorf("%q has no colon, expected \"Name: value\", or an empty line before the body",
			clip(string(line), maxShown))
	}
	if !IsToken(name) {
		return Field{}, fmt.Errorf("header name %q, expected letters, digits and dashes with the colon right behind",
			clip(name, maxShown))
	}
	value = strings.Trim(value, " \t")
	if hasControl(value) {
		return Field{}, fmt.Errorf("the value of %q holds a control character, expected text", clip(name, maxShown))
	}
	return Field{Name: name, Value: value}, nil
}

// IsToken tells whether text is a token of RFC 9110, section 5.6.2: it can be a
// method or the name of a header field.
func IsToken(text string) bool {
	for _, c := range []byte(text) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && !strings.ContainsRune("!#$%&'*+-.^_`|~", rune(c)) {
			return false
		}
	}
	return text != ""
}

// hasControl finds control bytes except tab, which a value may hold. Bytes
// over 127 are kept: they are legal and tell something about the sender.
func hasControl(text string) bool {
	for _, c := range []byte(text) {
		if c < ' ' && c != '\t' || c == 0x7f {
			return true
		}
	}
	return false
}

// isVersion takes HTTP/1.1 and its like, also the HTTP/2 of a browser's copy.
func isVersion(text string) bool {
	major, minor, _ := strings.Cut(strings.TrimPrefix(text, "HTTP/"), ".")
	return strings.HasPrefix(text, "HTTP/") && len(major) == 1 && digits(major) &&
		(minor == "" && !strings.HasSuffix(text, ".") || len(minor) == 1 && digits(minor))
}
