package detail

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence makes an error's text, which has no capital and no full stop, fit
// to be read on its own.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	text = string(unicode.ToUpper(first)) + text[size:]
	if !strings.ContainsAny(text[len(text)-1:], ".!?") {
		text += "."
	}
	return text
}
