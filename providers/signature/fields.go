package signature

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"

	"github.com/tidwall/gjson"
)

// Value is what a Part came to in a message.
type Value struct {
	// Text is the value: a decoded JSON string, or the JSON token itself when
	// Raw is true.
	Text string
	// Raw is true for a JSON value that is not a string.
	Raw bool
	// Null is true for a JSON null.
	Null bool
	// Times is how often the part stands in the message; 0 is not at all. The
	// last one counts in a body or a query, the first one in the header.
	Times int
}

// Fields reads parts out of one message and looks into its body at most once.
// It is not safe for use by several goroutines.
type Fields struct {
	m       Message
	checked bool
	valid   bool
	doc     gjson.Result
	// index is the members of the outermost object, so that one walk over a
	// large body serves every question; nil when there are too many.
	index []member
}

// member is one key and value of an object.
type member struct {
	key   string
	value gjson.Result
}

// maxIndex is how many members are kept at hand.
const maxIndex = 64

// ReadFields returns the fields of m.
func ReadFields(m Message) *Fields { return &Fields{m: m} }

// Get returns the value of p. Timestamp, secret and key belong to a scheme,
// not to a message, and are never found.
func (f *Fields) Get(p Part) Value {
	switch p.Kind {
	case PartText:
		return Value{Text: p.Name, Times: 1}
	case PartBody:
		return Value{Text: string(f.m.Body), Times: 1}
	case PartHash:
		sum := sha256.Sum256(f.m.Body)
		return Value{Text: hex.EncodeToString(sum[:]), Times: 1}
	case PartURL:
		return present(f.m.URL)
	case PartMethod:
		return present(f.m.Method)
	case PartPath:
		path, _, _ := strings.Cut(f.m.Target, "?")
		return present(path)
	case PartHeader:
		return f.header(p.Name)
	case PartJSON:
		return f.json(p.Name)
	case PartForm:
		return lastPair(string(f.m.Body), p.Name)
	case PartQuery:
		_, query, _ := strings.Cut(f.m.Target, "?")
		return lastPair(query, p.Name)
	}
	return Value{}
}

// Object tells whether the body is one valid JSON object.
func (f *Fields) Object() bool {
	f.check()
	return f.valid && bytes.HasPrefix(bytes.TrimLeft(f.m.Body, " \t\r\n"), []byte("{"))
}

// Inner returns the fields of the JSON that the body holds as a JSON string,
// and whether there is any: some senders encode twice.
func (f *Fields) Inner() (*Fields, bool) {
	f.look()
	if !f.valid || f.doc.Type != gjson.String {
		return f, false
	}
	m := f.m
	m.Body = []byte(f.doc.Str)
	inner := ReadFields(m)
	inner.look()
	if !inner.valid || !inner.doc.IsObject() && !inner.doc.IsArray() {
		return f, false
	}
	return inner, true
}

// check finds out once whether the body is JSON.
func (f *Fields) check() {
	if !f.checked {
		f.checked, f.valid = true, ValidJSON(f.m.Body)
	}
}

// look makes the body's JSON ready to be walked, which costs a copy of it.
func (f *Fields) look() {
	f.check()
	if f.valid && !f.doc.Exists() {
		f.doc = gjson.ParseBytes(f.m.Body)
		f.index = indexOf(f.doc)
	}
}

// indexOf lists the members of an object, nil for anything else.
func indexOf(doc gjson.Result) []member {
	if !doc.IsObject() {
		return nil
	}
	index := make([]member, 0, 8)
	doc.ForEach(func(k, v gjson.Result) bool {
		index = append(index, member{k.Str, v})
		return len(index) <= maxIndex
	})
	if len(index) > maxIndex {
		return nil
	}
	return index
}

// outermost is memberOf for the whole document.
func (f *Fields) outermost(key string) (found gjson.Result, times int) {
	if f.index == nil {
		return memberOf(f.doc, key)
	}
	for _, m := range f.index {
		if m.key == key {
			found = m.value
			times++
		}
	}
	return found, times
}

func (f *Fields) header(name string) Value {
	v := Value{}
	for _, field := range f.m.Header {
		if !strings.EqualFold(field.Name, name) {
			continue
		}
		if v.Times == 0 {
			v.Text = field.Value
		}
		v.Times++
	}
	return v
}

// json follows a path of keys with dots between them. A key that stands twice
// in an object counts with its last value, as JSON.parse has it.
func (f *Fields) json(path string) Value {
	f.look()
	if !f.valid {
		return Value{}
	}
	key, rest, nested := strings.Cut(path, ".")
	at, times := f.outermost(key)
	for nested && times > 0 {
		key, rest, nested = strings.Cut(rest, ".")
		next, n := memberOf(at, key)
		if n == 0 {
			return Value{}
		}
		at, times = next, max(times, n)
	}
	if times == 0 {
		return Value{}
	}
	if at.Type == gjson.String {
		return Value{Text: at.Str, Times: times}
	}
	return Value{Text: at.Raw, Raw: true, Null: at.Type == gjson.Null, Times: times}
}

// memberOf returns the last value under key of an object, and how often the key
// stands there; of an array, the element with that number.
func memberOf(at gjson.Result, key string) (found gjson.Result, times int) {
	if !at.IsObject() && !at.IsArray() {
		return found, 0
	}
	object, index := at.IsObject(), int64(0)
	at.ForEach(func(k, v gjson.Result) bool {
		if object && k.Str == key || !object && key == itoa(index) {
			found = v
			times++
		}
		index++
		return true
	})
	return found, times
}

// lastPair reads one value of a form or query. The last one counts, as in PHP.
func lastPair(text, name string) Value {
	v := Value{}
	for pair := range strings.SplitSeq(text, "&") {
		k, raw, _ := strings.Cut(pair, "=")
		if k != name {
			if !strings.ContainsAny(k, "%+") {
				continue
			}
			if k, err := url.QueryUnescape(k); err != nil || k != name {
				continue
			}
		}
		text, err := url.QueryUnescape(raw)
		if err != nil {
			text = raw
		}
		v.Text = text
		v.Times++
	}
	return v
}

func present(text string) Value {
	if text == "" {
		return Value{}
	}
	return Value{Text: text, Times: 1}
}
