package signature

import (
	"errors"
	"net/url"
	"slices"
	"strings"
)

// maxFormFields is how many fields a form or query may have. PHP's own limit
// is 1,000.
const maxFormFields = 10_000

// formField is one name and value, decoded, with the text it was read from.
type formField struct{ name, value, raw string }

// form is the family of filters that read a whole form or query.
func (f Filter) form(in filterInput) (out []byte, mine bool, err error) {
	text := in.text()
	switch f.Name {
	case "sorted":
		out, err = f.sortForm(text)
	case "without":
		out, err = withoutField(text, f.Arg)
	case "php-serialize":
		out, err = phpSerialize(text)
	default:
		return nil, false, nil
	}
	return out, true, err
}

// text is the whole form or query as it came.
func (in filterInput) text() string {
	if in.Raw != "" {
		return in.Raw
	}
	return string(in.Bytes)
}

// readForm reads the fields in the order in which they stand.
func readForm(text string) ([]formField, error) {
	if strings.Count(text, "&") >= maxFormFields {
		return nil, errors.New("expected at most " + itoa(maxFormFields) + " fields")
	}
	var fields []formField
	for pair := range strings.SplitSeq(text, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		n, nameErr := url.QueryUnescape(name)
		v, valueErr := url.QueryUnescape(value)
		if nameErr != nil || valueErr != nil {
			return nil, errors.New("expected a form with every % followed by two hex digits")
		}
		fields = append(fields, formField{n, v, pair})
	}
	return fields, nil
}

// sortedArg tells whether arg is "=:&", with styles behind it or none.
func sortedArg(arg string) bool {
	style, ok := styleBehind(arg)
	return ok && style.ofForm()
}

// sortForm writes the fields in the order of their names.
func (f Filter) sortForm(text string) ([]byte, error) {
	fields, style, err := f.sortedFields(text)
	if err != nil {
		return nil, err
	}
	parts := append(strings.Split(f.Arg, ":"), "")
	return style.write(fields, separatorOf(parts[0]), separatorOf(parts[1])), nil
}

// sortedFields puts the fields in order of their names, fields of the same name
// in the order in which they came, as they are written. Of the styles, raw takes
// the fields as they stand, escaped encodes them anew, unique drops repeated
// values and sorts those of one name, filled drops empty ones, and values drops
// names.
func (f Filter) sortedFields(text string) ([]formField, fieldStyle, error) {
	fields, err := readForm(text)
	if err != nil {
		return nil, fieldStyle{}, err
	}
	style, _ := fieldStyleOf(append(strings.Split(f.Arg, ":"), "", "", "")[2])
	for i, field := range fields {
		switch {
		case style.raw:
			fields[i].name, fields[i].value, _ = strings.Cut(field.raw, "=")
		case style.escaped:
			fields[i].name, fields[i].value = url.QueryEscape(field.name), url.QueryEscape(field.value)
		}
	}
	slices.SortStableFunc(fields, func(a, b formField) int {
		if style.unique && a.name == b.name {
			return strings.Compare(a.value, b.value)
		}
		return strings.Compare(a.name, b.name)
	})
	if style.unique {
		fields = slices.CompactFunc(fields, func(a, b formField) bool { return a.name == b.name && a.value == b.value })
	}
	return fields, style, nil
}

func (s fieldStyle) write(fields []formField, between, pairs string) []byte {
	var b strings.Builder
	first := true
	for _, f := range fields {
		text, there := s.text(f.name, between, f.value)
		if !there {
			continue
		}
		if !first {
			b.WriteString(pairs)
		}
		first = false
		b.WriteString(text)
	}
	return []byte(b.String())
}

// withoutField leaves one field out and the others as they stand.
func withoutField(text, name string) ([]byte, error) {
	fields, err := readForm(text)
	if err != nil {
		return nil, err
	}
	kept := make([]string, 0, len(fields))
	for _, f := range fields {
		if f.name != name {
			kept = append(kept, f.raw)
		}
	}
	return []byte(strings.Join(kept, "&")), nil
}
