package signature

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// member is where one member of an object stands in the body: the key and the
// value, each from its first byte to the one behind its last.
type member struct{ key, keyEnd, from, to int }

// outline is the members of the outermost object, so that one walk over a large
// body serves every question. An object with too many is walked for each.
type outline struct {
	members []member
	more    bool
}

// maxIndex is how many members are kept at hand.
const maxIndex = 64

func (o *outline) add(m member) {
	if o.more = o.more || len(o.members) == maxIndex; !o.more {
		o.members = append(o.members, m)
	}
}

// Object tells whether the body is one valid JSON object.
func (f *Fields) Object() bool {
	f.look()
	return f.object
}

// Quick tells whether a question for a key of the body is answered without a
// walk over all of it.
func (f *Fields) Quick() bool {
	f.look()
	return !f.valid || f.object && !f.outline.more
}

// Inner returns the fields of the JSON that the body holds as a JSON string,
// and whether there is any: some senders encode twice.
func (f *Fields) Inner() (*Fields, bool) {
	f.look()
	if !f.valid || f.object {
		return f, false
	}
	doc := f.document()
	if doc.Type != gjson.String {
		return f, false
	}
	m := *f.m
	m.Body = []byte(doc.Str)
	inner := ReadFields(m)
	inner.look()
	if !inner.object && !inner.document().IsArray() {
		return f, false
	}
	return inner, true
}

// look finds out once whether the body is JSON, and where its members stand.
func (f *Fields) look() {
	if !f.looked {
		f.looked, f.valid = true, readJSON(f.m.Body, &f.outline)
		start := skipSpace(f.m.Body, 0)
		f.object = f.valid && f.m.Body[start] == '{'
	}
}

// document is a valid body ready to be walked, which costs a copy of it.
func (f *Fields) document() gjson.Result {
	if f.valid && !f.doc.Exists() {
		f.doc = gjson.ParseBytes(f.m.Body)
	}
	return f.doc
}

// outermost is memberOf for the whole document.
func (f *Fields) outermost(key string) (found gjson.Result, times int) {
	if !f.object || f.outline.more {
		return f.member("", f.document(), key)
	}
	last := member{}
	for _, m := range f.outline.members {
		if f.called(m, key) {
			last = m
			times++
		}
	}
	if times == 0 {
		return found, 0
	}
	switch f.m.Body[last.from] {
	case '{', '[':
		doc := f.document() // there may be more questions about it
		return gjson.Parse(doc.Raw[last.from-doc.Index : last.to-doc.Index]), times
	}
	return gjson.Parse(string(f.m.Body[last.from:last.to])), times
}

// called tells whether the key of m means name.
func (f *Fields) called(m member, name string) bool {
	quoted := f.m.Body[m.key:m.keyEnd]
	if bytes.IndexByte(quoted, '\\') >= 0 {
		return gjson.ParseBytes(quoted).Str == name
	}
	return string(quoted[1:len(quoted)-1]) == name
}

// json reads the value at a path.
func (f *Fields) json(path string) Value {
	at, times := f.find(path)
	switch {
	case times == 0:
		return Value{}
	case at.Type == gjson.String:
		return Value{Text: at.Str, Times: times}
	}
	return Value{Text: at.Raw, Raw: true, Null: at.Type == gjson.Null, Times: times}
}

// find follows a path of keys with dots between them. A key that stands twice
// in an object counts with its last value, as JSON.parse has it. Of each entry
// of a list, "value.*.key", it is the first.
func (f *Fields) find(path string) (at gjson.Result, times int) {
	path = strings.ReplaceAll(path, everyEntry, ".0.")
	f.look()
	if !f.valid {
		return at, 0
	}
	key, rest, nested := strings.Cut(path, ".")
	at, times = f.outermost(key)
	for nested && times > 0 {
		way := path[:len(path)-len(rest)]
		key, rest, nested = strings.Cut(rest, ".")
		next, n := f.member(way, at, key)
		if n == 0 {
			return gjson.Result{}, 0
		}
		at, times = next, max(times, n)
	}
	return at, times
}

// memberOf returns the last value under key of an object, and how often the key
// stands there; of an array, the element with that number.
func memberOf(at gjson.Result, key string) (found gjson.Result, times int) {
	if !at.IsObject() && !at.IsArray() {
		return found, 0
	}
	if at.IsArray() {
		return elementOf(at, key)
	}
	at.ForEach(func(k, v gjson.Result) bool {
		if k.Str == key {
			found = v
			times++
		}
		return true
	})
	return found, times
}

// elementOf returns the element of an array that key is the number of.
func elementOf(at gjson.Result, key string) (found gjson.Result, times int) {
	wanted, err := strconv.Atoi(key)
	if err != nil || wanted < 0 || strconv.Itoa(wanted) != key {
		return found, 0
	}
	n := 0
	at.ForEach(func(_, v gjson.Result) bool {
		if n == wanted {
			found, times = v, 1
		}
		n++
		return times == 0
	})
	return found, times
}

// elements counts the elements of an array, 0 for anything else. It stops
// where no caller wants to know more.
func elements(at gjson.Result) (n int) {
	if !at.IsArray() {
		return 0
	}
	at.ForEach(func(_, _ gjson.Result) bool {
		n++
		return n < maxIndex
	})
	return n
}
