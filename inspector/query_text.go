package inspector

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// matchText compares without regard to case: all of text, or a part of it.
func matchText(text, want string, all bool) bool {
	if all {
		return strings.EqualFold(text, want)
	}
	return containsFold(text, want)
}

// containsFold tells whether text contains want without regard to case. Most
// of what is searched is ASCII, which needs no copy.
func containsFold[T string | []byte](text T, want string) bool {
	if !isASCII(want) {
		return strings.Contains(strings.ToLower(string(text)), strings.ToLower(want))
	}
	if want == "" {
		return true
	}
	lower := lowerASCII(want[0])
	upper := lower
	if 'a' <= lower && lower <= 'z' {
		upper -= 'a' - 'A'
	}
	for i := 0; i+len(want) <= len(text); i++ {
		if c := text[i]; (c == lower || c == upper) && equalASCII(text[i:i+len(want)], want) {
			return true
		}
	}
	return false
}

// FoldRune returns the one rune that stands for r in an index: runes that a
// query takes for equal, whether it looks for a part of a text or for all of
// it, have the same. For ASCII it is the lower case.
func FoldRune(r rune) rune {
	if r >= utf8.RuneSelf {
		r = unicode.ToLower(r)
	}
	if r < utf8.RuneSelf { // of two runes more than ASCII has, the lower case is in it
		return rune(lowerASCII(byte(r)))
	}
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		if 'a' <= next && next <= 'z' {
			return next
		}
		least = min(least, next)
	}
	return least
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func equalASCII[T string | []byte](a T, b string) bool {
	for i := range len(b) {
		if lowerASCII(a[i]) != lowerASCII(b[i]) {
			return false
		}
	}
	return true
}

func lowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// wordTerm looks for a word everywhere.
func wordTerm(w queryWord) (queryTerm, error) {
	want := w.value
	return queryTerm{
		needs: w.textNeeds(),
		brief: func(s *Summary) bool {
			for _, text := range s.texts() {
				if containsFold(text, want) {
					return true
				}
			}
			return strings.EqualFold(s.ID.String(), want)
		},
		whole: func(c *Capture) bool {
			return !c.eachText(func(text []byte) bool { return !containsFold(text, want) })
		},
	}, nil
}

func (w queryWord) inHeader(c *Capture, name string) bool {
	for _, v := range c.Message.Header.Values(name) {
		if w.value == "" && !w.quoted || matchText(v, w.value, w.quoted) {
			return true
		}
	}
	return false
}

func isForm(c *Capture) bool { return isFormType(c.Message.Header.Get("Content-Type")) }

func isFormType(kind string) bool { return containsFold(kind, "application/x-www-form-urlencoded") }
