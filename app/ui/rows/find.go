package rows

import (
	"unicode"
	"unicode/utf8"
)

// MaxFound bounds the places that Find returns: 8 MiB of them.
const MaxFound = 1 << 20

// stopEvery is how many bytes are searched between two questions whether to
// stop: a few milliseconds' worth.
const stopEvery = 256 << 10

// Find returns where needle stands in text, without regard to case, in order
// and without overlap. all is false when there are more than MaxFound, or when
// stop, which may be nil, ended it early. It takes 50 to 100 ms for 10 MB:
// run it off the UI goroutine when the text is large.
func Find(text []byte, needle string, stop func() bool) (found []Span, all bool) {
	if needle == "" || !utf8.ValidString(needle) {
		return nil, true
	}
	first, _ := utf8.DecodeRuneInString(needle)
	starts := firstBytes(first)
	asked := 0
	for at := 0; at < len(text); at++ {
		if at-asked > stopEvery {
			if asked = at; stop != nil && stop() {
				return nil, false
			}
		}
		if !starts[text[at]] {
			continue
		}
		size := folded(text[at:], needle)
		if size == 0 {
			continue
		}
		if len(found) == MaxFound {
			return found, false
		}
		found = append(found, Span{int32(at), int32(at + size)})
		at += size - 1
	}
	return found, true
}

// firstBytes tells with which bytes a letter begins in any case.
func firstBytes(r rune) (starts [256]bool) {
	starts[utf8.AppendRune(nil, r)[0]] = true
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		starts[utf8.AppendRune(nil, other)[0]] = true
	}
	return starts
}

// folded is how many bytes at the start of body are needle in any case; 0 when
// they are not.
func folded(body []byte, needle string) int {
	at := 0
	for _, want := range needle {
		if at == len(body) {
			return 0
		}
		got, size := rune(body[at]), 1
		if got >= utf8.RuneSelf {
			if got, size = utf8.DecodeRune(body[at:]); got == utf8.RuneError && size == 1 {
				return 0
			}
		}
		if got != want && !sameFolded(got, want) {
			return 0
		}
		at += size
	}
	return at
}

// sameFolded tells whether two letters differ in case only.
func sameFolded(a, b rune) bool {
	if a < utf8.RuneSelf && b < utf8.RuneSelf {
		a, b = a|0x20, b|0x20
		return a == b && a >= 'a' && a <= 'z'
	}
	for other := unicode.SimpleFold(a); other != a; other = unicode.SimpleFold(other) {
		if other == b {
			return true
		}
	}
	return false
}
