package signature

import (
	"net/url"
	"strings"

	"github.com/tidwall/gjson"
)

const (
	// maxMembers is how many members of one object, or pairs of a form, are looked
	// through. In a longer one nothing is found: no provider sends any such, and
	// each question would take a walk over all of it.
	maxMembers = 200_000
	// smallText is up to how many bytes a walk is quicker than an index.
	smallText = 4 << 10
)

// place is the last value under a name, and how often the name stands there.
type place[T any] struct {
	value T
	times int
}

// index is where the names of one object or form stand.
type index[T any] map[string]place[T]

// add takes one more in. Of too many, nothing is left.
func (x *index[T]) add(name string, value T, count int) bool {
	if count > maxMembers {
		*x = index[T]{}
		return false
	}
	(*x)[name] = place[T]{value, (*x)[name].times + 1}
	return true
}

// member is memberOf for the object at a path. A large one is walked once,
// however many questions come.
func (f *Fields) member(path string, at gjson.Result, key string) (found gjson.Result, times int) {
	if len(at.Raw) <= smallText || !at.IsObject() {
		return memberOf(at, key)
	}
	known, ok := f.objects[path]
	if !ok {
		known = index[gjson.Result]{}
		count := 0
		at.ForEach(func(k, v gjson.Result) bool {
			count++
			return known.add(k.Str, v, count)
		})
		if f.objects == nil {
			f.objects = map[string]index[gjson.Result]{}
		}
		f.objects[path] = known
	}
	return known[key].value, known[key].times
}

// form is lastPair for the body. A large one is walked once, a small one twice:
// most are asked for a single name, but a search for the provider asks for many.
func (f *Fields) form(name string) Value {
	if len(f.m.Body) <= smallText && !f.walked {
		f.walked = true
		return lastPair(string(f.m.Body), name)
	}
	if f.pairs == nil {
		f.pairs = index[string]{}
		count := 0
		for pair := range strings.SplitSeq(string(f.m.Body), "&") {
			k, raw, _ := strings.Cut(pair, "=")
			if escaped(k) {
				if plain, err := url.QueryUnescape(k); err == nil {
					k = plain
				}
			}
			if count++; !f.pairs.add(k, raw, count) {
				break
			}
		}
	}
	at := f.pairs[name]
	if at.times == 0 {
		return Value{}
	}
	return Value{Text: formValue(at.value), Times: at.times}
}

// escaped tells whether text differs from what it stands for.
func escaped(text string) bool {
	return strings.IndexByte(text, '%') >= 0 || strings.IndexByte(text, '+') >= 0
}

// formValue is the value of a pair; one that can't be decoded stays as it is.
func formValue(raw string) string {
	if text, err := url.QueryUnescape(raw); err == nil {
		return text
	}
	return raw
}
