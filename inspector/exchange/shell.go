package exchange

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// quote returns text as one word for a POSIX shell, in printable characters. A
// text that has others is made by printf, whose octal escapes every shell knows.
func quote(text string) string {
	switch {
	case text != "" && isPlainWord(text):
		return text
	case isPrintable([]byte(text), ""):
		return singleQuote(text)
	}
	return `"$(printf ` + octal([]byte(text)) + `)"`
}

func singleQuote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// isPlainWord tells whether a shell takes text as it is.
func isPlainWord(text string) bool {
	for i := range len(text) {
		if !isLetterOrDigit(text[i]) && !strings.ContainsRune("-_./:,+@%", rune(text[i])) {
			return false
		}
	}
	return true
}

// isPrintable tells whether text shows as what it is, and can be put through a
// clipboard and pasted; also are further characters that may be in it. A tab is
// not among them: a terminal completes a word at it.
func isPrintable(text []byte, also string) bool {
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		bad := r == utf8.RuneError && n == 1
		if bad || !unicode.IsPrint(r) && !strings.ContainsRune(also, r) {
			return false
		}
		text = text[n:]
	}
	return true
}

// octal returns bytes as a quoted format for printf: what is no printable ASCII
// as octal escapes, and so a minus sign at the beginning, which would be an
// option, and the exclamation mark, by which some shells look into their history.
func octal(b []byte) string {
	var out strings.Builder
	out.Grow(len(b) + 16)
	out.WriteByte('\'')
	for i, c := range b {
		switch {
		case c == '%':
			out.WriteString("%%")
		case c == '\\':
			out.WriteString(`\\`)
		case c == '\n':
			out.WriteString(`\n`)
		case c < ' ' || c > '~' || c == '\'' || c == '!' || c == '-' && i == 0:
			fmt.Fprintf(&out, `\%03o`, c)
		default:
			out.WriteByte(c)
		}
	}
	out.WriteByte('\'')
	return out.String()
}

// pieceBytes is how much of a body one printf writes. Shells read a line as a
// whole.
const pieceBytes = 1 << 10

// pipe returns what writes b into the command that follows.
func pipe(b []byte) string {
	if len(b) <= pieceBytes {
		return "printf " + octal(b) + " |\n"
	}
	var out strings.Builder
	out.WriteString("{\n")
	for len(b) > 0 {
		n := min(len(b), pieceBytes)
		if end := bytes.LastIndexByte(b[:n], '\n'); end > 0 {
			n = end + 1
		}
		out.WriteString("printf " + octal(b[:n]) + "\n")
		b = b[n:]
	}
	out.WriteString("} |\n")
	return out.String()
}

func isLetterOrDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
