package signature

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// member is one key and value of an object.
type member struct {
	key   string
	value gjson.Result
}

// maxIndex is how many members are kept at hand.
const maxIndex = 64

// Object tells whether the body is one valid JSON object.
func (f *Fields) Object() bool {
	f.check()
	return f.valid && bytes.HasPrefix(bytes.TrimLeft(f.m.Body, " \t\r\n"), []byte("{"))
}

// Quick tells whether a question for a key of the body is answered without a
// walk over all of it.
func (f *Fields) Quick() bool {
	f.look()
	return !f.valid || f.index != nil
}

// Inner returns the fields of the JSON that the body holds as a JSON string,
// and whether there is any: some senders encode twice.
func (f *Fields) Inner() (*Fields, bool) {
	f.look()
	if !f.valid || f.doc.Type != gjson.String {
		return f, false
	}
	m := *f.m
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
		return f.member("", f.doc, key)
	}
	for _, m := range f.index {
		if m.key == key {
			found = m.value
			times++
		}
	}
	return found, times
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
// in an object counts with its last value, as JSON.parse has it.
func (f *Fields) find(path string) (at gjson.Result, times int) {
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
