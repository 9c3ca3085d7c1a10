package outline

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// jsonBranch is the members of an object or the elements of a list.
type jsonBranch struct {
	text   []byte  // all of the body
	starts []int32 // of each key or, in a list, of each element
	object bool
	keys   []string // the way here
	eyes   Eyes
	claims bool // the members are a token's claims
}

// Eyes are how what is encoded in a value is shown.
type Eyes struct {
	// Clock says a time of a token in words; seconds are Unix time. nil says none.
	Clock func(claim string, seconds float64) string
	// Mask hides what is not to be seen of a text that was decoded; nil hides
	// nothing.
	Mask func([]byte) []byte
}

// Masked is a decoded text as it may be seen.
func (e Eyes) Masked(text []byte) []byte {
	if e.Mask == nil {
		return text
	}
	return e.Mask(text)
}

// JSON is what is in a body, which must be valid JSON: the members of its
// object, the elements of its list, or its one value.
func JSON(text []byte, eyes Eyes) Branch { return jsonOf(text, eyes, false) }

// jsonOf is JSON whose members may be the claims of a token.
func jsonOf(text []byte, eyes Eyes, claims bool) *jsonBranch {
	at := skipBlank(text, 0)
	if at < len(text) && (text[at] == '{' || text[at] == '[') {
		b := jsonAt(text, at, nil, eyes)
		b.claims = claims
		return b
	}
	return &jsonBranch{text: text, starts: []int32{int32(at)}, eyes: eyes}
}

// jsonAt lists what is in the object or list that begins at at.
func jsonAt(text []byte, at int, keys []string, eyes Eyes) *jsonBranch {
	b := &jsonBranch{text: text, object: text[at] == '{', keys: keys, eyes: eyes}
	for at = skipBlank(text, at+1); at < len(text) && text[at] != '}' && text[at] != ']'; {
		b.starts = append(b.starts, int32(at))
		if b.object {
			at = skipColon(text, skipJSON(text, at))
		}
		at = skipBlank(text, skipJSON(text, at))
		if at < len(text) && text[at] == ',' {
			at = skipBlank(text, at+1)
		}
	}
	return b
}

func (b *jsonBranch) Len() int { return len(b.starts) }

// place is where key and value of number i stand; a list has no keys.
func (b *jsonBranch) place(i int) (key, value Span) {
	from := int(b.starts[i])
	if b.object {
		end := skipJSON(b.text, from)
		key = span(from, end)
		from = skipColon(b.text, end)
	}
	return key, span(from, from)
}

// whole is the value of number i.
func (b *jsonBranch) whole(i int) []byte {
	_, v := b.place(i)
	return b.text[v.From:skipJSON(b.text, int(v.From))]
}

// start is the value of number i as far as a screen needs it.
func (b *jsonBranch) start(i int) []byte {
	_, v := b.place(i)
	return b.text[v.From:min(len(b.text), int(v.From)+previewMost+1)]
}

func (b *jsonBranch) name(i int) string {
	switch key, _ := b.place(i); {
	case b.object:
		return unquoted(b.text[key.From:key.To])
	case b.scalar():
		return ""
	}
	return fmt.Sprintf("[%d]", i)
}

// scalar tells that the body is one value without a name.
func (b *jsonBranch) scalar() bool {
	return !b.object && b.keys == nil && len(b.starts) == 1 && skipBlank(b.text, 0) == int(b.starts[0])
}

func (b *jsonBranch) Node(i int) Node {
	value := b.start(i)
	n := Node{Name: preview([]byte(b.name(i))), Class: classOf(value)}
	value = value[:min(len(value), max(1, skipJSON(value, 0)))]
	n.Value = preview(value)
	if n.Class == Group {
		n.Opens = true
		if at := skipBlank(value, 1); at < len(value) && (value[at] == '}' || value[at] == ']') {
			n.Opens, n.Value = false, string(value[0])+string(value[at])
		}
	}
	if n.Class == Text && mayOpen(value[1:]) {
		n.Opens = opens(b.Value(i), b.eyes)
	}
	if n.Class == Number && b.claims && b.eyes.Clock != nil {
		n.Remark = remarkOf(n.Name, n.Value, b.eyes.Clock)
	}
	return n
}

func (b *jsonBranch) Value(i int) string {
	value := b.whole(i)
	if classOf(value) == Text {
		return unquoted(value)
	}
	return string(value)
}

func (b *jsonBranch) Way(i int) Way { return Way{Path: b.path(i), Keys: b.below(i), Kind: InJSON} }

func (b *jsonBranch) Keys(i int) ([]string, WayKind) { return b.below(i), InJSON }

// below is the keys that lead to number i.
func (b *jsonBranch) below(i int) []string {
	keys := b.keys[:len(b.keys):len(b.keys)]
	switch {
	case b.object:
		keys = append(keys, b.name(i))
	case !b.scalar():
		keys = append(keys, fmt.Sprint(i))
	}
	return keys
}

// path is the JSONPath of number i. What is a number in it and what a key, the
// body tells, so it is walked from the top.
func (b *jsonBranch) path(i int) string {
	_, v := b.place(i)
	place, _ := Locate(b.text, int(v.From))
	return place.Path
}

func (b *jsonBranch) Size(i int) int {
	_, v := b.place(i)
	if i+1 < len(b.starts) {
		return int(b.starts[i+1] - v.From)
	}
	return len(b.text) - int(v.From)
}

func (b *jsonBranch) Open(i int) Branch {
	_, v := b.place(i)
	switch classOf(b.text[v.From:]) {
	case Group:
		return jsonAt(b.text, int(v.From), b.below(i), b.eyes)
	case Text:
		return inside([]byte(b.Value(i)), b.eyes)
	}
	return nil
}

func classOf(value []byte) Class {
	switch {
	case len(value) == 0:
		return Word
	case value[0] == '{' || value[0] == '[':
		return Group
	case value[0] == '"':
		return Text
	case value[0] == '-' || value[0] >= '0' && value[0] <= '9':
		return Number
	}
	return Word
}

// skipBlank is the first byte from at on that is no white space of JSON.
func skipBlank(text []byte, at int) int {
	for at < len(text) && blank(text[at]) {
		at++
	}
	return at
}

// skipColon is where the value begins whose key ended at at.
func skipColon(text []byte, at int) int {
	at = skipBlank(text, at)
	if at < len(text) && text[at] == ':' {
		at++
	}
	return skipBlank(text, at)
}

// skipJSON is the offset behind the value that begins at at. It counts brackets
// and keeps no stack, because a hostile body nests deep.
func skipJSON(text []byte, at int) int {
	depth := 0
	for at < len(text) {
		switch c := text[at]; c {
		case '"':
			at = stringEnd(text, at)
		case '{', '[':
			depth++
			at++
		case '}', ']':
			depth--
			at++
		case ' ', '\n', '\t', '\r', ',', ':':
			at++
			if depth == 0 {
				return at // not valid; go on rather than stand still
			}
			continue
		default:
			for at < len(text) && bytes.IndexByte([]byte(" \n\t\r,:]}[{\""), text[at]) < 0 {
				at++
			}
		}
		if depth <= 0 {
			return at
		}
	}
	return at
}

// stringEnd is the offset behind the string that begins at at.
func stringEnd(text []byte, at int) int {
	for at++; at < len(text); at++ {
		switch text[at] {
		case '\\':
			at++
		case '"':
			return at + 1
		}
	}
	return len(text)
}

// unquoted is the text of a JSON string; one that cannot be read stays as it is.
func unquoted(quoted []byte) string {
	var text string
	if json.Unmarshal(quoted, &text) != nil {
		return strings.Trim(string(quoted), `"`)
	}
	return text
}
