package inspector

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// queryWord is one piece of a query as it was typed: -field:"value".
type queryWord struct {
	text    string // all of it, for errors
	start   int    // where it begins in the query, in bytes
	negated bool
	field   string // "" for a plain word
	value   string
	quoted  bool // the value stood in quotes
}

// scanQuery cuts a query into words. In quotes, \" and \\ stand for themselves.
func scanQuery(text string) ([]queryWord, error) {
	if !utf8.ValidString(text) {
		return nil, fmt.Errorf("search text %q is not valid UTF-8", text)
	}
	var words []queryWord
	for rest := strings.TrimLeftFunc(text, unicode.IsSpace); rest != ""; {
		w, after, err := scanWord(rest)
		if err != nil {
			return nil, err
		}
		w.start = len(text) - len(rest)
		words = append(words, w)
		rest = strings.TrimLeftFunc(after, unicode.IsSpace)
	}
	return words, nil
}

func scanWord(text string) (w queryWord, rest string, err error) {
	rest = text
	if len(rest) > 1 && rest[0] == '-' && !startsWithSpace(rest[1:]) {
		w.negated, rest = true, rest[1:]
	}
	if rest[0] != '"' {
		plain, after := cutWord(rest)
		name, _, found := strings.Cut(plain, ":")
		if !found {
			w.text, w.value = text[:len(text)-len(after)], plain
			return w, after, nil
		}
		w.field, rest = name, rest[len(name)+1:]
	}
	if strings.HasPrefix(rest, `"`) {
		w.quoted = true
		w.value, rest, err = cutQuoted(rest[1:])
		if err != nil {
			return w, "", err
		}
		if rest != "" && !startsWithSpace(rest) {
			return w, "", fmt.Errorf("search text %q goes on after a closing quote, expected a space", text)
		}
	} else {
		w.value, rest = cutWord(rest)
	}
	w.text = text[:len(text)-len(rest)]
	if w.field == "" && !w.quoted {
		return w, "", fmt.Errorf("search word %q has no field before the colon; put it in quotes to look for the text", w.text)
	}
	return w, rest, nil
}

func startsWithSpace(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}

// cutWord cuts at the first space.
func cutWord(s string) (word, rest string) {
	end := strings.IndexFunc(s, unicode.IsSpace)
	if end < 0 {
		end = len(s)
	}
	return s[:end], s[end:]
}

// cutQuoted reads up to the closing quote.
func cutQuoted(s string) (value, rest string, err error) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:], nil
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
		}
		b.WriteByte(s[i])
	}
	return "", "", fmt.Errorf("search text \"%s has no closing quote", s)
}
