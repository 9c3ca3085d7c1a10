// Package signature checks that a message was signed with a secret, signs one,
// and explains a failure. Start with Message, Scheme and Verdict; Shared is the
// declarative scheme that most providers need, Diagnose the explanation.
package signature

import "strings"

// Message is one HTTP request as a provider sent it. Nobody changes a Message
// after it was read: whoever sends it on, edits it or signs it makes a new one.
type Message struct {
	// Method is the request method as received, for example "POST".
	Method string
	// URL is the absolute public URL that the sender called, scheme and host
	// included, as the public edge saw it. Schemes that sign the URL use this one.
	URL string
	// Target is the request target exactly as it stood in the request line,
	// for example "/yshop/9f1c?x=%zz".
	Target string
	// Header holds the header fields in order and case as received, Host included.
	Header Header
	// Body is the body exactly as received: still compressed if it was sent so.
	Body []byte
	// Head is the raw request head, request line to empty line, byte for byte.
	// It is nil when the exact bytes are not known (HTTP/2, an edited message).
	Head []byte
}

// Field is one header line.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Header is a list of header fields in the order in which they were received.
// Names are compared without regard to ASCII case.
type Header []Field

// sameName compares the names of two header fields. Most differ in length
// already, and most of the others are written alike: both cost next to nothing.
func sameName(a, b string) bool { return len(a) == len(b) && (a == b || strings.EqualFold(a, b)) }

// next is where the first field called name stands at or behind i, len(h) if
// there is none. A check looks for several, and most names differ in length.
func (h Header) next(name string, i int) int {
	for ; i < len(h); i++ {
		if len(h[i].Name) == len(name) && sameName(h[i].Name, name) {
			return i
		}
	}
	return i
}

// Get returns the value of the first field called name, or "".
func (h Header) Get(name string) string {
	for _, f := range h {
		if sameName(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Values returns the values of all fields called name, in order received.
func (h Header) Values(name string) []string {
	var values []string
	for _, f := range h {
		if sameName(f.Name, name) {
			values = append(values, f.Value)
		}
	}
	return values
}

// Has tells whether a field called name is present, even an empty one.
func (h Header) Has(name string) bool {
	for _, f := range h {
		if sameName(f.Name, name) {
			return true
		}
	}
	return false
}

// With returns a copy of h in which name has the one given value. The first
// field of that name keeps its place and spelling; a new one goes to the end.
func (h Header) With(name, value string) Header {
	out := make(Header, 0, len(h)+1)
	placed := false
	for _, f := range h {
		if !sameName(f.Name, name) {
			out = append(out, f)
			continue
		}
		if !placed {
			out = append(out, Field{Name: f.Name, Value: value})
			placed = true
		}
	}
	if !placed {
		out = append(out, Field{Name: name, Value: value})
	}
	return out
}

// Without returns a copy of h that has no field called name.
func (h Header) Without(name string) Header {
	out := make(Header, 0, len(h))
	for _, f := range h {
		if !sameName(f.Name, name) {
			out = append(out, f)
		}
	}
	return out
}
