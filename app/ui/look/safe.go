package look

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// upper is text in capitals, for section titles.
func upper(text string) string { return strings.ToUpper(text) }

// oneLine makes hostile text fit for one line on screen: bounded, valid, and
// with a visible placeholder for each control or direction-changing character,
// so that a header cannot hide or reorder what stands beside it.
func oneLine(text string) string {
	if len(text) > maxTextBytes {
		end := maxTextBytes
		for end > 0 && !utf8.RuneStart(text[end]) {
			end--
		}
		text = text[:end] + "…"
	}
	if plain(text) {
		return text
	}
	return strings.Map(Visible, strings.ToValidUTF8(text, "\uFFFD"))
}

func plain(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < ' ' || text[i] >= 0x7f {
			return false
		}
	}
	return true
}

// Visible returns r, a space for a tab or line end, or the replacement character
// for one that would draw nothing or change how its neighbours are drawn.
func Visible(r rune) rune {
	switch {
	case r == '\t', r == '\n', r == '\r':
		return ' '
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r), unicode.IsControl(r):
		return '\uFFFD'
	}
	return r
}
