package signature

import (
	"errors"
	"slices"
	"strings"
)

// phpSerialize writes a form as PHP's serialize does after ksort: an array of
// strings under their names. Lengths count bytes.
//
// PHP rewrites names with dots, spaces and brackets, and sorts numbers apart:
// such names are refused, because no provider that signs this way has them.
func phpSerialize(text string) ([]byte, error) {
	fields, err := readForm(text)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(fields, func(a, b formField) int { return strings.Compare(a.name, b.name) })
	var b strings.Builder
	b.WriteString("a:" + itoa(int64(len(fields))) + ":{")
	for i, f := range fields {
		switch {
		case !phpName(f.name):
			return nil, errors.New("expected names of letters, digits and underscores")
		case i > 0 && fields[i-1].name == f.name:
			return nil, errors.New("expected every name once")
		}
		b.WriteString(phpString(f.name) + phpString(f.value))
	}
	b.WriteString("}")
	return []byte(b.String()), nil
}

func phpString(text string) string { return "s:" + itoa(int64(len(text))) + `:"` + text + `";` }

// phpName tells whether PHP keeps name as it is and sorts it as text.
func phpName(name string) bool {
	for _, c := range []byte(name) {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return name != "" && (name[0] < '0' || name[0] > '9')
}
