// Package outline reads the structure of a body: which values stand in it,
// under which names, and where. A Branch lists the values one level below a
// place and reads no further, so that a body of a million values opens at once;
// Locate and Ranges go from a place in a text to the name of what stands there
// and back. It knows nothing of the screen. Start with Branch, JSON and XML.
package outline

import (
	"strings"
	"unicode/utf8"
)

// Class is what a value is, for its colour.
type Class uint8

// The classes of a value.
const (
	Text   Class = iota
	Number       // and dates made of a number
	Word         // true, false, null
	Group        // an object, a list, an element, a part: it opens
)

// Node is one value for a screen. Its texts are bounded.
type Node struct {
	Name   string // key, element, field; "[3]" in a list
	Value  string // the value, or the beginning of what a group holds
	Remark string // what the value means, where that is not plain: a time
	Class  Class
	Opens  bool
	Ours   bool // Name is not from the body: header, claims, signature, content or "part 2"
}

// Branch is the values one level below a place, in the order received.
type Branch interface {
	// Len is how many there are.
	Len() int
	// Node is number i, 0 <= i < Len, for a screen.
	Node(i int) Node
	// Value is all of number i as a person would copy it: a text without its
	// quotes, a group as it stands in the body.
	Value(i int) string
	// Way is how number i is reached. It may walk all of the body.
	Way(i int) Way
	// Keys are those of Way(i), and their kind, without that walk.
	Keys(i int) ([]string, WayKind)
	// Size is the bytes that Open(i) has to look at.
	Size(i int) int
	// Open is what is below number i, nil when there is nothing.
	Open(i int) Branch
}

// Way is how a value is reached, in the notations of those who ask.
type Way struct {
	// Path is JSONPath (RFC 9535), XPath, or a field's name.
	Path string
	// Keys are the keys and numbers from the top of a JSON body or form.
	Keys []string
	// Kind tells what Keys belong to.
	Kind WayKind
}

// WayKind is what the keys of a Way lead through.
type WayKind uint8

// The kinds of way.
const (
	InOther WayKind = iota // XML, parts, tokens: nothing that a search can name
	InJSON
	InForm
)

// previewMost bounds the bytes of a value that a Node shows.
const previewMost = 240

// preview is the beginning of text on one line.
func preview(text []byte) string {
	start := beginning(text)
	line := strings.Join(strings.Fields(string(start)), " ")
	if len(start) < len(text) {
		line += "…"
	}
	return line
}

// beginning is what of text a Node shows, to the letter.
func beginning(text []byte) []byte {
	if len(text) <= previewMost {
		return text
	}
	end := previewMost
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// Span is a range of bytes: [From, To). A text of more than 2 GiB has none
// behind that.
type Span struct{ From, To int32 }

func span(from, to int) Span { return Span{int32(from), int32(to)} }
