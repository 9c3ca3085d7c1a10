package signature

import (
	"bytes"
	"slices"
	"strings"
)

// endsBefore tells whether p, which is b, cannot reach into what follows.
func (p *Part) endsBefore(b, next []byte) bool {
	switch {
	case p.ends("is"):
		return p.isForm().selfContained() || len(next) == 0 || !wordByte(next[0])
	case p.Kind == PartMethod:
		return usualMethod(b)
	case p.Kind == PartURL:
		return !bytes.ContainsFunc(b, notOfURL) && (len(next) == 0 || notOfURL(rune(next[0])))
	}
	return structured(b)
}

// beginsAfter tells whether what stands before p, which is b, cannot reach into it.
func (p *Part) beginsAfter(b, before []byte) bool {
	switch {
	case p.ends("is"):
		return p.isForm().selfContained() || len(before) == 0 || !wordByte(before[0])
	case p.Kind == PartMethod:
		return usualMethod(b)
	case p.Kind == PartURL:
		scheme, _, _ := strings.Cut(string(b), "://")
		return (scheme == "http" || scheme == "https") && strings.LastIndex(string(b), "http") == 0
	}
	return structured(b)
}

// usualMethod tells whether b is a method of which none begins or ends like
// another.
func usualMethod(b []byte) bool {
	return slices.Contains([]string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}, string(b))
}

// notOfURL tells whether c cannot stand in a URL as RFC 3986 has it: JSON
// begins with such a character. Brackets stand there only around a host.
func notOfURL(c rune) bool {
	return c <= ' ' || c > '~' || strings.ContainsRune("\"<>\\^`{|}[]", c)
}
