package console

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean makes text from the network safe for one line of a screen: control
// characters, escape sequences, marks that turn the writing direction and
// bytes that are not UTF-8 become visible escapes.
func clean(text string) string { return cleanRunes(text, false) }

// cleanText is clean for text of several lines: line ends and tabs stay.
func cleanText(text string) string { return cleanRunes(text, true) }

func cleanRunes(text string, lines bool) string {
	if !strings.ContainsFunc(text, hidden) && utf8.ValidString(text) {
		return text
	}
	var b strings.Builder
	for i, r := range text {
		size := utf8.RuneLen(r)
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case lines && keepsLine(r, text[i+size:]):
			b.WriteRune(r)
		case !hidden(r):
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// keepsLine tells whether r is an ordinary line end or tab. A carriage return
// alone is not: it lets later text overwrite earlier text.
func keepsLine(r rune, rest string) bool {
	return r == '\n' || r == '\t' || r == '\r' && strings.HasPrefix(rest, "\n")
}

// hidden tells whether a screen would act on r instead of showing it.
func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' ||
		unicode.Is(unicode.Cf, r) && r != '\u00ad' && r != '\u200d'
}

// short cuts text to at most n characters.
func short(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n-1]) + "…"
}
