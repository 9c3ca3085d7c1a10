package redact

import (
	"bytes"
	"encoding/json"
)

// maxLevels is how deep objects and arrays are told apart. What is deeper is
// taken for a part of the level above.
const maxLevels = 1000

// level is one open object or array.
type level struct {
	field
	array bool
	next  field // of the value that comes next: what its key says, if it has one
}

// json finds the values of telling names in text that is JSON or holds some. It
// reads tokens and does not mind where they stand, so that a text that was cut
// off or is broken is read as well as it goes.
func (s *search) json() {
	numbers := bytes.IndexByte(s.text, '"') < 0 // and nothing else but words
	if numbers && !json.Valid(s.text) {
		return
	}
	stack := []level{{}}
	over := 0 // levels that are open beyond maxLevels
	for i := 0; i < len(s.text); {
		top := &stack[len(stack)-1]
		c := s.text[i]
		switch {
		case c == '"':
			i = s.jsonString(top, i)
			continue
		case c == '{' || c == '[':
			if len(stack) == maxLevels {
				over++
				break
			}
			stack = append(stack, level{field: top.next, array: c == '[', next: top.next})
		case (c == '}' || c == ']') && over > 0:
			over--
		case c == '}' || c == ']':
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
			top = &stack[len(stack)-1]
			top.next = top.field
		case c == ',':
			top.next = top.field
		case digit(c) || c == '-':
			end := i + numberLen(s.text[i:])
			whole := numbers || len(stack) > 1 && !wordByte(s.text[i-1])
			if whole && (top.next.hide || s.number(i) == end) {
				s.hide(i, end, true)
			}
			i = end
			continue
		}
		i++
	}
}

// jsonString reads a string of top from its opening quote and returns where it
// ends.
func (s *search) jsonString(top *level, i int) int {
	end, closed := stringEnd(s.text, i)
	inside := s.text[i+1 : end]
	next := end
	if closed {
		next++
	}
	if colon := skipSpace(s.text, next); !top.array && closed && colon < len(s.text) && s.text[colon] == ':' {
		name := inside
		if bytes.IndexByte(inside, '\\') >= 0 {
			name = []byte(unescape(inside))
		}
		top.next = s.field(name, top.field)
		return colon + 1
	}
	if top.next.hide || s.inside(inside) {
		s.hide(i+1, end, false)
	}
	return next
}

// field is fieldOf, remembered.
func (s *search) field(name []byte, in field) field {
	if in != noField {
		return fieldOf(name, in)
	}
	f, known := s.known[string(name)]
	if known {
		return f
	}
	f = fieldOf(name, in)
	if s.known == nil {
		s.known = map[string]field{}
	}
	if len(s.known) < 1000 { // a hostile text has a new name each time
		s.known[string(name)] = f
	}
	return f
}

// stringEnd is where the string from the quote at i ends: at its closing quote,
// or at the end of the text or, since no string of JSON holds one, of the line.
func stringEnd(text []byte, i int) (end int, closed bool) {
	for j := i + 1; j < len(text); j++ {
		switch text[j] {
		case '\\':
			j++
		case '"':
			return j, true
		case '\n', '\r':
			return j, false
		}
	}
	return len(text), false
}

func skipSpace(text []byte, i int) int {
	for i < len(text) && (text[i] == ' ' || text[i] == '\t' || text[i] == '\n' || text[i] == '\r') {
		i++
	}
	return i
}

// numberLen is the length of the number that text begins with.
func numberLen(text []byte) int {
	n := 1
	for n < len(text) && (digit(text[n]) || bytes.IndexByte([]byte(".eE+-"), text[n]) >= 0) {
		n++
	}
	return n
}

// unescape reads the inside of a JSON string; what is none stays as it is.
func unescape(inside []byte) string {
	quoted := append(append([]byte{'"'}, inside...), '"')
	var text string
	if json.Unmarshal(quoted, &text) != nil {
		return string(inside)
	}
	return text
}
