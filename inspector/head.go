package inspector

import (
	"net/http"
	"net/textproto"
	"slices"
	"strings"

	"shopbell/providers/signature"
)

// head is the head of a request or an answer: its bytes, and what they say.
type head struct {
	raw    []byte
	first  string // request or status line
	fields signature.Header
}

// parseHead reads a head that ends with an empty line. It returns nil for
// bytes that are not one. A folded line is joined as net/http joins it.
func parseHead(raw []byte) *head {
	if len(raw) == 0 {
		return nil
	}
	text := string(raw) // one copy that all names and values share
	first, rest, found := cutLine(text)
	if !found || first == "" {
		return nil
	}
	h := &head{raw: []byte(text), first: first, fields: make(signature.Header, 0, strings.Count(rest, "\n"))}
	for {
		line, after, found := cutLine(rest)
		if !found {
			return nil
		}
		if line == "" {
			return h
		}
		if rest = after; line[0] == ' ' || line[0] == '\t' {
			if !h.fold(line) {
				return nil
			}
			continue
		}
		name, value, found := strings.Cut(strings.TrimRight(line, " \t"), ":")
		if !found {
			return nil
		}
		h.fields = append(h.fields, signature.Field{Name: name, Value: strings.TrimLeft(value, " \t")})
	}
}

// fold adds a continuation line to the field before it.
func (h *head) fold(line string) bool {
	n := len(h.fields)
	if n == 0 {
		return false
	}
	h.fields[n-1].Value = strings.TrimLeft(h.fields[n-1].Value+" "+strings.Trim(line, " \t"), " \t")
	return true
}

func cutLine(text string) (line, rest string, found bool) {
	line, rest, found = strings.Cut(text, "\n")
	return strings.TrimSuffix(line, "\r"), rest, found
}

// reworked are the header names that net/http moves, merges or invents
// (Cache-Control beside "Pragma: no-cache"), so they can't be compared.
var reworked = []string{"Host", "Transfer-Encoding", "Content-Length", "Trailer", "Cache-Control"}

// matches tells whether h is the head that net/http made r of.
func (h *head) matches(r *http.Request) bool {
	method, rest, _ := strings.Cut(h.first, " ")
	target, proto, _ := strings.Cut(rest, " ")
	if method != r.Method || target != r.RequestURI || proto != r.Proto {
		return false
	}
	seen := make(map[string]int, len(h.fields))
	for _, f := range h.fields {
		name := textproto.CanonicalMIMEHeaderKey(f.Name)
		if slices.Contains(reworked, name) {
			continue
		}
		values, n := r.Header[name], seen[name]
		if n >= len(values) || values[n] != f.Value {
			return false
		}
		seen[name] = n + 1
	}
	for name, values := range r.Header {
		if seen[name] != len(values) && !slices.Contains(reworked, name) {
			return false
		}
	}
	return true
}
