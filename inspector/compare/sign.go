package compare

import "strings"

// Sign is what became of a part of the first side. Its text is stable.
type Sign uint8

// The signs.
const (
	Same Sign = iota
	Formatted
	Removed
	Added
	Changed
	Moved
)

// String is the stable name of s.
func (s Sign) String() string {
	return [...]string{"same", "formatting", "removed", "added", "changed", "moved"}[s]
}

// Symbol stands before a row: a sign that no colour is needed for.
func (s Sign) Symbol() string { return [...]string{" ", "≈", "−", "+", "~", "↕"}[s] }

// mirrored is s with the sides in the other order.
func (s Sign) mirrored() Sign {
	switch s {
	case Removed:
		return Added
	case Added:
		return Removed
	}
	return s
}

// Forms is a set of ways in which the same thing can be written.
type Forms uint16

// The ways.
const (
	KeyOrder    Forms = 1 << iota // members, fields or attributes in another order
	White                         // white space between values
	Escapes                       // a character escaped or encoded otherwise
	NumberForm                    // 1.50 for 1.5, 1e3 for 1000
	ByteOrder                     // a byte order mark
	LineEnds                      // CRLF for LF
	NameCase                      // a header's name in other letters
	HeaderOrder                   // headers in another order
	Comments                      // comments, processing instructions, the XML declaration
	Prefixes                      // another prefix for the same XML namespace
	Sections                      // CDATA for escaped text, an empty element in one tag or two
	Length                        // the header that tells the length of the body
)

// formNames are the stable names, in the order of the bits.
func formNames() []string {
	return []string{"key order", "white space", "escapes", "number form", "byte order mark", "line ends", "letter case of names", "header order", "comments", "namespace prefixes", "markup", "body length"}
}

// Names are the stable names of the ways in f, as "--json" prints them.
func (f Forms) Names() []string {
	var names []string
	for i, name := range formNames() {
		if f&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// String lists the names.
func (f Forms) String() string { return strings.Join(f.Names(), ", ") }

// Syntax is how a body is read by meaning.
type Syntax string

// The syntaxes.
const (
	JSON Syntax = "json"
	Form Syntax = "form"
	XML  Syntax = "xml"
)
