package outline

import (
	"sort"
	"strconv"
	"strings"
)

// Place is a value in a text and how it is reached.
type Place struct {
	Way
	// Whole is the value with its key, as it stands there.
	Whole Span
	// Text is the value as a person would copy it.
	Text string
}

// step is one open object or list on the way to a place.
type step struct {
	from   int // where it begins
	object bool
	number int  // of the element
	key    Span // of the member, the key as it stands there
	isKey  bool // the next string is a key
}

// Locate finds what stands at an offset of a JSON text, or of lines of JSON. On
// a bracket or between values it is the object or list there. Text that is not
// valid gives what can be told up to the offset. It walks the text up to there.
func Locate(text []byte, offset int) (Place, bool) {
	var way []step
	for at := skipBlank(text, 0); at < len(text); {
		top := len(way) - 1
		from := at
		switch c := text[at]; c {
		case '{', '[':
			way = append(way, step{from: from, object: c == '{', isKey: c == '{'})
			at++
			if offset < at {
				return placeAt(text, way[:len(way)-1], from), true
			}
		case '}', ']':
			if top < 0 {
				return Place{}, false
			}
			begun := way[top].from
			way = way[:top]
			at++
			if offset < at {
				return placeAt(text, way, begun), true
			}
		case ',':
			if top >= 0 {
				way[top].number++
				way[top].isKey = way[top].object
			}
			at++
		case ':', ' ', '\n', '\t', '\r':
			at++
		default:
			at = max(skipJSON(text, at), at+1)
			if top >= 0 && way[top].isKey {
				way[top].key, way[top].isKey = span(from, at), false
				if offset < at {
					return placeAt(text, way, skipColon(text, at)), true
				}
				continue
			}
			if offset < at {
				return placeAt(text, way, from), true
			}
		}
	}
	return Place{}, false
}

// placeAt describes the value that begins at from, below way.
func placeAt(text []byte, way []step, from int) Place {
	p := Place{Way: Way{Kind: InJSON}}
	var path strings.Builder
	path.WriteByte('$')
	for _, s := range way {
		if s.object {
			key := unquoted(text[s.key.From:s.key.To])
			p.Keys = append(p.Keys, key)
			path.WriteString(memberPath(key))
		} else {
			p.Keys = append(p.Keys, strconv.Itoa(s.number))
			path.WriteString("[" + strconv.Itoa(s.number) + "]")
		}
	}
	p.Path = path.String()
	value := text[from:skipJSON(text, from)]
	p.Text = string(value)
	if classOf(value) == Text {
		p.Text = unquoted(value)
	}
	p.Whole = span(from, from+len(value))
	if n := len(way) - 1; n >= 0 && way[n].object {
		p.Whole.From = way[n].key.From
	}
	return p
}

// memberPath is a key in JSONPath: ".key", or quoted where it is no plain word.
func memberPath(key string) string {
	plain := key != ""
	for i, r := range key {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x80
		plain = plain && (letter || i > 0 && r >= '0' && r <= '9')
	}
	if plain {
		return "." + key
	}
	return "['" + strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\t", `\t`, "\r", `\r`).Replace(key) + "']"
}

// deepest bounds the levels that LocateXML goes down, each of which is walked.
const deepest = 200

// LocateXML finds the attribute, text or element at an offset of XML that
// CheckXML found no fault in.
func LocateXML(text []byte, offset int) (Place, bool) {
	var b Branch = XML(text)
	place, found := Place{}, false
	for range deepest {
		level, is := b.(*xmlBranch)
		if !is || level.Len() == 0 {
			return place, found
		}
		i := sort.Search(level.Len(), func(i int) bool { return int(level.starts[i]) > offset }) - 1
		if i < 0 {
			return place, found
		}
		end := level.end(i)
		if offset >= end {
			return place, found
		}
		place = Place{Way: level.Way(i), Whole: span(int(level.starts[i]), end), Text: level.Value(i)}
		found = true
		if b = level.Open(i); b == nil {
			return place, found
		}
	}
	return place, found
}
