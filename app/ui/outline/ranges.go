package outline

import (
	"slices"
	"strconv"
	"strings"
)

// Every stands in a path for each key, and alone for all values of a body.
const Every = "*"

// Ranges finds the values at dotted paths, such as "data.items.0.sku", in a
// valid JSON text, each with its key, in order. The path "*" is every plain
// value without its key. Of members of one name all are found.
func Ranges(text []byte, paths []string) []Span {
	at := skipBlank(text, 0)
	if slices.Contains(paths, Every) {
		return values(text, at)
	}
	var found []Span
	for _, path := range paths {
		found = find(text, at, strings.Split(path, "."), found)
	}
	return Merge(found)
}

// Merge puts spans in order and joins those that overlap.
func Merge(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return int(a.From) - int(b.From) })
	merged := spans[:0]
	for _, s := range spans {
		if n := len(merged); n > 0 && s.From <= merged[n-1].To {
			merged[n-1].To = max(merged[n-1].To, s.To)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// find follows keys down from the object or list at at.
func find(text []byte, at int, keys []string, found []Span) []Span {
	if at >= len(text) || classOf(text[at:]) != Group {
		return found
	}
	b := jsonAt(text, at, nil, Eyes{})
	for i := range b.Len() {
		name := strconv.Itoa(i)
		if b.object {
			name = b.name(i)
		}
		if keys[0] != name && keys[0] != Every {
			continue
		}
		key, value := b.place(i)
		if len(keys) > 1 {
			found = find(text, int(value.From), keys[1:], found)
			continue
		}
		from := int(value.From)
		if b.object {
			from = int(key.From)
		}
		found = append(found, span(from, skipJSON(text, int(value.From))))
	}
	return found
}

// values is every plain value from at on that is no key.
func values(text []byte, at int) []Span {
	var found []Span
	for at < len(text) {
		from := at
		switch text[at] {
		case '{', '[', '}', ']', ',', ':', ' ', '\n', '\t', '\r':
			at++
			continue
		}
		at = max(skipJSON(text, at), at+1)
		if next := skipBlank(text, at); next < len(text) && text[next] == ':' && text[from] == '"' {
			continue
		}
		found = append(found, span(from, at))
	}
	return found
}

// Covers tells whether a dotted path, or what it is in, is among paths. With
// "*" among them every value is.
func Covers(paths []string, keys []string) bool {
	for _, path := range paths {
		if path == Every {
			return true
		}
		want := strings.Split(path, ".")
		if len(want) > len(keys) {
			continue
		}
		same := true
		for i, key := range want {
			same = same && (key == Every || key == keys[i])
		}
		if same {
			return true
		}
	}
	return false
}
