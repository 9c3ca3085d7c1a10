package signature

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// Leaf is one value in the body of a message: what a person may want to change.
type Leaf struct {
	// Part names it: json:PATH or form:NAME.
	Part Part
	// Text is the value: a decoded string, or the JSON token itself when Raw.
	Text string
	Raw  bool

	from, to int // its token in the body
}

// Leaves lists the values of a JSON or form body in the order in which they
// stand there, at most limit; nil for any other body. What no path leads to is
// left out: a key with a dot in it, or one without a name.
func Leaves(m Message, limit int) []Leaf {
	if ValidJSON(m.Body) {
		w := leafWalk{limit: limit}
		w.walk(gjson.ParseBytes(m.Body), "", 0)
		return w.found
	}
	return formLeaves(string(m.Body), limit)
}

// leafWalk collects the leaves of a JSON document.
type leafWalk struct {
	found []Leaf
	limit int
}

// maxLeafDepth is how deep values are listed; no provider nests so far.
const maxLeafDepth = 64

func (w *leafWalk) walk(at gjson.Result, path string, depth int) {
	if depth > maxLeafDepth {
		return
	}
	if !at.IsObject() && !at.IsArray() {
		if path != "" {
			w.add(at, path)
		}
		return
	}
	n := 0
	at.ForEach(func(k, v gjson.Result) bool {
		key := k.Str
		if at.IsArray() {
			key = itoa(int64(n))
			n++
		}
		if key == "" || strings.ContainsAny(key, ".*|") {
			return true
		}
		if path != "" {
			key = path + "." + key
		}
		w.walk(v, key, depth+1)
		return len(w.found) < w.limit
	})
}

func (w *leafWalk) add(v gjson.Result, path string) {
	if len(w.found) >= w.limit {
		return
	}
	l := Leaf{Part: Part{Kind: PartJSON, Name: path}, Text: v.Str, from: v.Index, to: v.Index + len(v.Raw)}
	if v.Type != gjson.String {
		l.Text, l.Raw = v.Raw, true
	}
	w.found = append(w.found, l)
}

// formLeaves lists the fields of a form. A text without any is none.
func formLeaves(body string, limit int) (found []Leaf) {
	at := 0
	for pair := range strings.SplitSeq(body, "&") {
		k, raw, ok := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(k)
		if !ok || err != nil || name == "" || strings.ContainsAny(k, " \t\r\n<{[\"") {
			return nil
		}
		if len(found) < limit {
			from := at + len(k) + 1
			found = append(found, Leaf{Part: Part{Kind: PartForm, Name: name}, Text: formValue(raw), from: from, to: from + len(raw)})
		}
		at += len(pair) + 1
	}
	return found
}

// SetValue returns a copy of m with value at p, a header, query, json or form
// part, and every other byte as it was, but for the length of the body. In JSON
// a number, true, false or null takes the place of such a token as itself, all
// else becomes a string. A value of the body must be there already: a slip in
// its name is an error.
func SetValue(m Message, p Part, value string) (Message, error) {
	if p.Name == "" || len(p.Filters) > 0 {
		return m, fmt.Errorf("set %q: expected header:NAME, query:NAME, json:PATH or form:NAME", p)
	}
	switch p.Kind {
	case PartJSON:
		body, err := replaceJSON(m.Body, p.Name, value)
		if err != nil {
			return m, err
		}
		m.Body, m.Head = body, nil
		return sized(m), nil
	case PartForm:
		if ReadFields(m).Get(p).Times == 0 {
			return m, fmt.Errorf("set %q: the body has no such field, expected %s", p, leafNames(m))
		}
	}
	out, err := write(m, p, value)
	if err != nil {
		return m, fmt.Errorf("set %q: expected header:NAME, query:NAME, json:PATH or form:NAME", p)
	}
	return out, nil
}

// sized gives m the length of its body where it says one.
func sized(m Message) Message {
	if m.Header.Has("Content-Length") {
		m.Header = m.Header.With("Content-Length", itoa(int64(len(m.Body))))
	}
	return m
}

// replaceJSON puts value at a path of a JSON body.
func replaceJSON(body []byte, path, value string) ([]byte, error) {
	if !ValidJSON(body) {
		return nil, fmt.Errorf("set %q: the body is not JSON", "json:"+path)
	}
	at := gjson.ParseBytes(body)
	for key := range strings.SplitSeq(path, ".") {
		next, times := memberOf(at, key)
		if times == 0 {
			return nil, fmt.Errorf("set %q: the body has no such value, expected %s", "json:"+path, leafNames(Message{Body: body}))
		}
		at = next
	}
	text := token(value)
	if at.Type != gjson.String && plainToken(value) {
		text = value
	}
	return splice(body, at.Index, at.Index+len(at.Raw), text), nil
}

// plainToken tells whether text is a JSON number, true, false or null.
func plainToken(text string) bool {
	return text != "" && !strings.ContainsAny(text[:1], "\"{[ \t\r\n") && json.Valid([]byte(text))
}

// leafNames are some of the names that a body has, for an error.
func leafNames(m Message) string {
	const some = 8
	var names []string
	for _, l := range Leaves(m, some+1) {
		if len(names) == some {
			names = append(names, "…")
			break
		}
		names = append(names, l.Part.String())
	}
	if len(names) == 0 {
		return "a body of JSON or form fields"
	}
	return "one of " + strings.Join(names, ", ")
}

// ParseSetting reads "PATH=VALUE" for a message: a PATH without a kind is one
// into the body, JSON or form.
func ParseSetting(text string, m Message) (Part, string, error) {
	path, value, ok := strings.Cut(text, "=")
	if !ok || path == "" {
		return Part{}, "", fmt.Errorf("read %q: expected PATH=VALUE", text)
	}
	kind, name, named := strings.Cut(path, ":")
	settable := []PartKind{PartHeader, PartQuery, PartJSON, PartForm}
	if named && slices.Contains(settable, PartKind(kind)) {
		return Part{Kind: PartKind(kind), Name: name}, value, nil
	}
	if ValidJSON(m.Body) {
		return Part{Kind: PartJSON, Name: path}, value, nil
	}
	return Part{Kind: PartForm, Name: path}, value, nil
}
