package complete

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is the word of a search in which the cursor stands, however unfinished.
type piece struct {
	start, end int    // bytes of the text that it takes
	negated    bool   // it begins with "-"
	field      string // what is before the first colon
	colon      bool   // there is one, and the cursor is behind it
	value      string // what is typed from there to the cursor, without the opening quote
	quoted     bool   // the value begins with a quote
}

// pieceAt finds the piece at a cursor, which is a byte offset; between words it
// is empty. Words are cut as the search grammar cuts them, but a quote that is
// not closed yet goes to the end.
func pieceAt(text string, cursor int) piece {
	cursor = min(max(cursor, 0), len(text))
	for cursor > 0 && cursor < len(text) && !utf8.RuneStart(text[cursor]) {
		cursor--
	}
	for at := 0; at < len(text); {
		if r, n := utf8.DecodeRuneInString(text[at:]); unicode.IsSpace(r) {
			at += n
			continue
		}
		end := wordEnd(text, at)
		if at > cursor {
			break
		}
		if cursor <= end {
			return cut(text, at, end, cursor)
		}
		at = end
	}
	return piece{start: cursor, end: cursor}
}

// wordEnd is where the word that begins at a place ends.
func wordEnd(text string, at int) int {
	if text[at] == '-' && at+1 < len(text) {
		at++
	}
	if text[at] == '"' {
		return quoteEnd(text, at)
	}
	for i, r := range text[at:] {
		switch {
		case unicode.IsSpace(r):
			return at + i
		case r == ':':
			if at+i+1 < len(text) && text[at+i+1] == '"' {
				return quoteEnd(text, at+i+1)
			}
			return plainEnd(text, at+i)
		}
	}
	return len(text)
}

func plainEnd(text string, at int) int {
	if i := strings.IndexFunc(text[at:], unicode.IsSpace); i >= 0 {
		return at + i
	}
	return len(text)
}

// quoteEnd is the place behind the quote that closes the one at a place.
func quoteEnd(text string, at int) int {
	for i := at + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return plainEnd(text, i)
		}
	}
	return len(text)
}

// cut takes the word from start to end apart as far as the cursor.
func cut(text string, start, end, cursor int) piece {
	p := piece{start: start, end: end}
	typed := text[start:cursor]
	if strings.HasPrefix(typed, "-") {
		p.negated, typed = true, typed[1:]
	}
	if strings.HasPrefix(typed, `"`) {
		p.quoted, p.value = true, unquote(typed[1:])
		return p
	}
	if p.field, p.value, p.colon = strings.Cut(typed, ":"); !p.colon {
		return p
	}
	if rest, quoted := strings.CutPrefix(p.value, `"`); quoted {
		p.quoted, p.value = true, unquote(rest)
	}
	return p
}

// unquote reads what stands behind an opening quote, up to the closing one.
func unquote(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '"' {
			break
		}
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\') {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// Quote is value as it may stand behind a field: in quotes where it would end
// too early or mean alternatives without. In quotes it asks for the whole.
func Quote(value string) string {
	plain := value != "" && value[0] != '"' && !strings.ContainsFunc(value, unicode.IsSpace) && !strings.Contains(value, ",")
	if plain {
		return value
	}
	return QuoteWhole(value)
}

// QuoteWhole is value in quotes, so that a field has to equal it.
func QuoteWhole(value string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
}
