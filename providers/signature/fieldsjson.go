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

// outline is the members of the outermost object and of objects that are values
// in it, so that one walk over a large body serves every question. Where there
// are too many, objects are walked for each.
type outline struct {
	members []member
	more    bool
	inner   []innerMember
	deeper  bool // more in inner ones
}

// innerMember is a member of an object at a depth of 2 to outlined.
type innerMember struct {
	member
	depth int
}

const (
	// maxIndex is how many members are kept at hand, of the outermost object and
	// of all others together.
	maxIndex = 64
	// outlined is how deep objects are listed: as deep as most providers have what
	// they are asked for.
	outlined = 4
)

func (o *outline) add(m member, depth int) {
	if depth == 1 {
		if o.more = o.more || len(o.members) == maxIndex; !o.more {
			o.members = append(o.members, m)
		}
		return
	}
	if o.deeper = o.deeper || len(o.inner) == maxIndex; o.deeper {
		return
	}
	if o.inner == nil {
		o.inner = make([]innerMember, 0, maxIndex/4)
	}
	o.inner = append(o.inner, innerMember{m, depth})
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
func (f *Fields) outermost(key string) (last member, times int) {
	for _, m := range f.outline.members {
		if f.called(m, key) {
			last = m
			times++
		}
	}
	return last, times
}

// within is memberOf for an object at a depth of which all members are known.
func (f *Fields) within(object member, depth int, key string) (last member, times int) {
	for _, m := range f.outline.inner {
		if m.depth == depth && m.key > object.from && m.to < object.to && f.called(m.member, key) {
			last = m.member
			times++
		}
	}
	return last, times
}

// parsed is the value of a member.
func (f *Fields) parsed(m member) gjson.Result {
	switch f.m.Body[m.from] {
	case '{', '[':
		doc := f.document() // there may be more questions about it
		return gjson.Parse(doc.Raw[m.from-doc.Index : m.to-doc.Index])
	}
	return gjson.Parse(string(f.m.Body[m.from:m.to]))
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
	at, times, rest, nested := f.begin(path)
	for nested && times > 0 {
		way, key := path[:len(path)-len(rest)], ""
		key, rest, nested = strings.Cut(rest, ".")
		next, n := f.member(way, at, key)
		if n == 0 {
			return gjson.Result{}, 0
		}
		at, times = next, max(times, n)
	}
	return at, times
}

// begin follows a path as far as the outline goes. The rest counts where nested
// is true.
func (f *Fields) begin(path string) (at gjson.Result, times int, rest string, nested bool) {
	key, rest, nested := strings.Cut(path, ".")
	if !f.object || f.outline.more {
		at, times = f.member("", f.document(), key)
		return at, times, rest, nested
	}
	last, times := f.outermost(key)
	for depth := 2; nested && times > 0 && depth <= outlined && !f.outline.deeper && f.m.Body[last.from] == '{'; depth++ {
		key, rest, nested = strings.Cut(rest, ".")
		next, n := f.within(last, depth, key)
		if n == 0 {
			return at, 0, "", false
		}
		last, times = next, max(times, n)
	}
	if times == 0 {
		return at, 0, "", false
	}
	return f.parsed(last), times, rest, nested
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
