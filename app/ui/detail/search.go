package detail

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"shopbell/app/ui/outline"
)

// mostSought bounds the characters of a value that are searched for.
const mostSought = 120

// searchFor is the query that finds a value: by its field where the grammar of
// a search can name that, else as a phrase. "" is a value that cannot be
// searched for.
func searchFor(way outline.Way, value string) string {
	sought, whole := soughtOf(value)
	if sought == "" {
		return ""
	}
	quoted := quotedTerm(sought)
	if field := fieldTerm(way); field != "" && whole {
		return field + ":" + quoted
	}
	return quoted
}

// searchHeader is the query that finds a header's value.
func searchHeader(name, value string) string {
	sought, whole := soughtOf(value)
	switch {
	case sought == "":
		return ""
	case whole && nameable(name, `:"`):
		return "header." + name + ":" + quotedTerm(sought)
	}
	return quotedTerm(sought)
}

// soughtOf is the first line of a value as far as it is searched for, and
// whether that is all of it.
func soughtOf(value string) (sought string, whole bool) {
	if !utf8.ValidString(value) {
		value = strings.ToValidUTF8(value[:min(len(value), 4*mostSought)], "\n")
	}
	sought = value
	if n := strings.IndexAny(strings.TrimLeft(sought, "\r\n"), "\r\n"); n >= 0 {
		sought = strings.TrimLeft(sought, "\r\n")[:n]
	}
	at := 0
	for i := range sought {
		if at == mostSought {
			sought = sought[:i]
			break
		}
		at++
	}
	return strings.TrimSpace(sought), sought == value
}

// quotedTerm is text in the quotes of a query.
func quotedTerm(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// fieldTerm is "body.PATH" for a value that a search can name, else "".
func fieldTerm(way outline.Way) string {
	if way.Kind == outline.InOther || len(way.Keys) == 0 {
		return ""
	}
	for _, key := range way.Keys {
		if !nameable(key, "@!|{}[]().:*?#\\\"") {
			return ""
		}
	}
	if field := "body." + strings.Join(way.Keys, "."); len(field) <= longestName {
		return field
	}
	return ""
}

// longestName bounds the bytes of a name in a query, which takes 4 KiB in all.
const longestName = 1 << 10

// nameable tells whether a name can stand in a query: without quotes it ends at
// a space, and some characters mean something else there.
func nameable(name, special string) bool {
	return name != "" && len(name) <= longestName && utf8.ValidString(name) &&
		!strings.ContainsAny(name, special) && !strings.ContainsFunc(name, unicode.IsSpace)
}
