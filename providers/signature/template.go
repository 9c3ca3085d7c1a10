package signature

import (
	"fmt"
	"strings"
)

// Template is a text with parts of a message in it: "{timestamp}.{body}".
// A brace that is meant as such is written twice.
type Template []Part

// ParseTemplate reads a template as it is written in a catalogue file.
func ParseTemplate(text string) (Template, error) {
	var t Template
	var literal strings.Builder
	flush := func() {
		if literal.Len() > 0 {
			t = append(t, Part{Kind: PartLiteral, Name: literal.String()})
			literal.Reset()
		}
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case (c == '{' || c == '}') && i+1 < len(text) && text[i+1] == c:
			literal.WriteByte(c)
			i++
		case c == '{':
			end := strings.IndexByte(text[i:], '}')
			if end < 0 {
				return nil, fmt.Errorf("read template %q: the brace at byte %d is not closed", text, i+1)
			}
			p, err := ParsePart(text[i+1 : i+end])
			if err != nil {
				return nil, fmt.Errorf("read template %q: %w", text, err)
			}
			flush()
			t = append(t, p)
			i += end
		case c == '}':
			return nil, fmt.Errorf("read template %q: the brace at byte %d was not opened; write }} for a brace", text, i+1)
		default:
			literal.WriteByte(c)
		}
	}
	flush()
	return t, nil
}

// UnmarshalText is ParseTemplate for decoders.
func (t *Template) UnmarshalText(text []byte) (err error) {
	*t, err = ParseTemplate(string(text))
	return err
}

// String returns t as it is written in a catalogue file.
func (t Template) String() string {
	var b strings.Builder
	for _, p := range t {
		if p.Kind == PartLiteral {
			b.WriteString(strings.NewReplacer("{", "{{", "}", "}}").Replace(p.Name))
			continue
		}
		b.WriteString("{" + p.String() + "}")
	}
	return b.String()
}

// Variant is t without its braces, for Verdict.Variant: "timestamp.body".
func (t Template) Variant() string { return string(t.appendVariant(nil)) }

func (t Template) appendVariant(dst []byte) []byte {
	for i := range t {
		if t[i].Kind == PartLiteral {
			dst = append(dst, t[i].Name...)
		} else {
			dst = append(dst, t[i].String()...)
		}
	}
	return dst
}

// Parts returns the parts of t that are no literals.
func (t Template) Parts() []Part {
	var parts []Part
	for _, p := range t {
		if p.Kind != PartLiteral {
			parts = append(parts, p)
		}
	}
	return parts
}

// has tells whether t holds a part of that kind.
func (t Template) has(kind PartKind) bool {
	for _, p := range t {
		if p.Kind == kind {
			return true
		}
	}
	return false
}
