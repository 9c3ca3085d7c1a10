package providers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// dots stand for a masked value, whatever its length.
const dots = "•••••"

// maxReread is how many times JSON inside a JSON string is read once more.
const maxReread = 3

// personal is the names whose values are hidden, in lower case.
type personal []string

func (p Provider) hidden() personal {
	names := make(personal, 0, len(p.Personal))
	for _, name := range p.Personal {
		names = append(names, strings.ToLower(name))
	}
	for _, name := range p.offeredKeys() {
		names = append(names, strings.ToLower(name))
	}
	return names
}

func (p personal) hides(name string) bool {
	return len(p) > 0 && slices.Contains(p, strings.ToLower(name))
}

// hidesPath tells whether any key on the way to a value is personal.
func (p personal) hidesPath(path string) bool {
	return slices.ContainsFunc(strings.Split(path, "."), p.hides)
}

// Mask returns body with the values of p's personal keys hidden, for screens.
// JSON, lines of JSON and forms keep their shape; of anything else nothing is
// shown. A provider without personal keys gets its body back.
func (p Provider) Mask(body []byte) []byte {
	hidden := p.hidden()
	if len(hidden) == 0 || len(bytes.TrimSpace(body)) == 0 {
		return body
	}
	if safeJSON(body) {
		return hidden.maskJSON(body, maxReread)
	}
	if lines, ok := hidden.maskLines(body); ok {
		return lines
	}
	if isForm(body) {
		return hidden.maskForm(body)
	}
	return fmt.Appendf(nil, "%s (%d bytes hidden: neither JSON nor a form, so personal data can't be told apart)", dots, len(body))
}

// maskLines masks a body that has one JSON value on each line.
func (p personal) maskLines(body []byte) ([]byte, bool) {
	var out []byte
	for line := range bytes.Lines(body) {
		text := bytes.TrimRight(line, "\r\n")
		end := line[len(text):]
		if len(bytes.TrimSpace(text)) > 0 {
			if !safeJSON(text) {
				return nil, false
			}
			text = p.maskJSON(text, maxReread)
		}
		out = append(append(out, text...), end...)
	}
	return out, true
}

// maskForm hides the values of personal names; "customer[email]" counts by
// each of its words.
func (p personal) maskForm(body []byte) []byte {
	pairs := strings.Split(string(body), "&")
	for i, pair := range pairs {
		rawName, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(rawName)
		words := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("[].", r) })
		if value != "" && (err != nil || slices.ContainsFunc(words, p.hides)) {
			pairs[i] = rawName + "=" + dots
		}
	}
	return []byte(strings.Join(pairs, "&"))
}

// isForm tells whether body can be a URL-encoded form: a name and a value at
// the least, and none of the characters that a form encodes.
func isForm(body []byte) bool {
	return bytes.IndexByte(body, '=') > 0 && !bytes.ContainsFunc(bytes.TrimSpace(body), func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune("\"<>{}|\\^`", r)
	})
}

// reread masks a string value that holds JSON itself, and tells whether it did.
func (p personal) reread(token []byte, depth int) ([]byte, bool) {
	text := unquote(token)
	if trimmed := strings.TrimSpace(text); trimmed == "" || !strings.ContainsAny(trimmed[:1], "{[\"") {
		return nil, false
	}
	if !safeJSON([]byte(text)) {
		return nil, false
	}
	if depth == 0 {
		return []byte(`"` + dots + `"`), true
	}
	quoted, err := json.Marshal(string(p.maskJSON([]byte(text), depth-1)))
	return quoted, err == nil
}
