package signature

import (
	"net/url"
	"strings"
)

// fieldStyle is how the filters sorted and members write fields: the words
// behind their two separators, joined with a plus sign.
type fieldStyle struct {
	raw, escaped bool // the fields of a form as they stand, or encoded anew
	unique       bool // repeated values are dropped, those of one name sorted
	bytes        bool // JSON names in byte order, not capital and small letters alike
	filled       bool // fields with an empty value are left out
	values       bool // without the names
}

// fieldStyleOf reads the words; ok is false for one that is not known.
func fieldStyleOf(words string) (s fieldStyle, ok bool) {
	if words == "" {
		return s, true
	}
	for word := range strings.SplitSeq(words, "+") {
		switch word {
		case "raw":
			s.raw = true
		case "escaped":
			s.escaped = true
		case "unique":
			s.unique = true
		case "bytes":
			s.bytes = true
		case "filled":
			s.filled = true
		case "values":
			s.values = true
		default:
			return s, false
		}
	}
	return s, !s.raw || !s.escaped
}

// separatorOf reads what stands between names and values, or between pairs. A
// colon or a bar is written as %3A or %7C there.
func separatorOf(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}

// styleBehind reads the style of an argument like "=:&:values"; ok is false for
// an argument of another form.
func styleBehind(arg string) (s fieldStyle, ok bool) {
	parts := strings.Split(arg, ":")
	switch len(parts) {
	case 2:
		return s, true
	case 3:
		s, ok = fieldStyleOf(parts[2])
		return s, ok && parts[2] != ""
	}
	return s, false
}

// ofForm and ofJSON tell whether the style has a meaning there.
func (s fieldStyle) ofForm() bool { return !s.bytes }

func (s fieldStyle) ofJSON() bool { return !s.raw && !s.escaped && !s.unique }

// text writes one field; there is false for one that is left out.
func (s fieldStyle) text(name, between, value string) (text string, there bool) {
	switch {
	case s.filled && value == "":
		return "", false
	case s.values:
		return value, true
	}
	return name + between + value, true
}

// leavesOut tells whether f leaves names or empty fields out of what is signed.
func (f Filter) leavesOut() bool {
	if f.Name != "sorted" && f.Name != "members" {
		return false
	}
	s, _ := styleBehind(f.Arg)
	return s.values || s.filled
}
