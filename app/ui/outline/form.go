package outline

import (
	"bytes"
	"net/url"
)

// Field is one pair of a URL-encoded form.
type Field struct {
	Name, Value string // decoded; as received where that cannot be done
	Valued      bool   // there is a "="
	Pair        Span   // both, as received
	Fault       int    // where the encoding is broken, -1 where it is not
}

// Fields takes a form apart, in the order received.
func Fields(body []byte) []Field {
	body = bytes.TrimRight(body, "\r\n")
	var fields []Field
	for at := 0; at <= len(body); {
		end := len(body)
		if n := bytes.IndexByte(body[at:], '&'); n >= 0 {
			end = at + n
		}
		fields = append(fields, fieldOf(body, at, end))
		at = end + 1
	}
	return fields
}

func fieldOf(body []byte, from, to int) Field {
	f := Field{Pair: span(from, to), Fault: -1}
	rawName, rawValue, valued := bytes.Cut(body[from:to], []byte{'='})
	name, nameErr := url.QueryUnescape(string(rawName))
	value, valueErr := url.QueryUnescape(string(rawValue))
	f.Name, f.Value, f.Valued = name, value, valued
	if nameErr != nil || valueErr != nil {
		f.Name, f.Value = string(rawName), string(rawValue)
		f.Fault = from + badEscape(body[from:to])
	}
	return f
}

// badEscape is where a percent sign stands that no two hex digits follow.
func badEscape(text []byte) int {
	for i, c := range text {
		if c == '%' && (i+2 >= len(text) || !hexDigit(text[i+1]) || !hexDigit(text[i+2])) {
			return i
		}
	}
	return 0
}

func hexDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// formBranch is the fields of a form.
type formBranch struct {
	fields []Field
	eyes   Eyes
}

// Form is the fields of a URL-encoded body.
func Form(body []byte, eyes Eyes) Branch { return formBranch{MaskFields(Fields(body), eyes), eyes} }

// MaskFields hides what is not to be seen of values that are JSON.
func MaskFields(fields []Field, eyes Eyes) []Field {
	for i, f := range fields {
		if at := skipBlank([]byte(f.Value), 0); at < len(f.Value) && classOf([]byte(f.Value[at:])) == Group {
			fields[i].Value = string(eyes.Masked([]byte(f.Value)))
		}
	}
	return fields
}

func (b formBranch) Len() int           { return len(b.fields) }
func (b formBranch) Value(i int) string { return b.fields[i].Value }
func (b formBranch) Size(i int) int     { return len(b.fields[i].Value) }
func (b formBranch) Open(i int) Branch  { return inside([]byte(b.fields[i].Value), b.eyes) }

func (b formBranch) Node(i int) Node {
	f := b.fields[i]
	return Node{Name: preview([]byte(f.Name)), Value: preview([]byte(f.Value)), Opens: opens(f.Value, b.eyes)}
}

func (b formBranch) Way(i int) Way {
	name := b.fields[i].Name
	return Way{Path: name, Keys: []string{name}, Kind: InForm}
}

func (b formBranch) Keys(i int) ([]string, WayKind) { return []string{b.fields[i].Name}, InForm }
