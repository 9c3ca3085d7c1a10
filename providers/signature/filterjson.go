package signature

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

var (
	errNotJSON = errors.New("expected JSON")
	errNotUTF8 = errors.New("expected text in UTF-8")
)

// json is the family of filters that read JSON.
func (f Filter) json(in filterInput) (out []byte, mine bool, err error) {
	switch f.Name {
	case "compact":
		out, err = compactJSON(in.Bytes)
	case "raw":
		out = []byte(in.Raw)
	case "json-string":
		out, err = jsonString(in.Bytes)
	case "php-json":
		out, err = phpJSON(in.token(), f.Arg == "array")
	case "jwt":
		out, err = tokenPayload(in.Bytes)
	case "json":
		out, err = memberText(in.Bytes, f.Arg)
	case "leaves":
		out, err = joinLeaves(in.token(), f.Arg)
	case "members":
		out, err = joinMembers(in.token(), f.Arg)
	case "before", "after":
		out, err = besideMember(in.Bytes, f.Arg, f.Name == "after")
	case "without":
		if !looksJSON(in.Bytes) {
			return nil, false, nil
		}
		out, err = withoutMember(in.Bytes, f.Arg)
	default:
		return nil, false, nil
	}
	return out, true, err
}

// token is the JSON itself: a string that was decoded still has its quotes in Raw.
func (in filterInput) token() []byte {
	if in.Raw != "" {
		return []byte(in.Raw)
	}
	return in.Bytes
}

func looksJSON(b []byte) bool {
	b = bytes.TrimLeft(b, " \t\r\n")
	return len(b) > 0 && (b[0] == '{' || b[0] == '[')
}

// compactJSON drops the white space outside strings; the tokens stay as they are.
func compactJSON(b []byte) ([]byte, error) {
	if !ValidJSON(b) {
		return nil, errNotJSON
	}
	var out bytes.Buffer
	out.Grow(len(b))
	if json.Compact(&out, b) != nil {
		return nil, errNotJSON
	}
	return out.Bytes(), nil
}

// jsonString writes a text as JSON.stringify does: control characters, quotes
// and backslashes escaped, everything else as it is.
func jsonString(b []byte) ([]byte, error) {
	if !utf8.Valid(b) {
		return nil, errNotUTF8
	}
	out := make([]byte, 0, len(b)+len(b)/8+2)
	out = append(out, '"')
	for _, c := range b {
		if at := strings.IndexByte("\"\\\n\r\t\b\f", c); at >= 0 {
			out = append(out, '\\', `"\nrtbf`[at])
		} else if c < ' ' {
			out = append(out, `\u00`...)
			out = append(out, hexDigits[c>>4], hexDigits[c&15])
		} else {
			out = append(out, c)
		}
	}
	return append(out, '"'), nil
}

const hexDigits = "0123456789abcdef"

// memberText reads one value out of a JSON text, as the json part does.
func memberText(b []byte, path string) ([]byte, error) {
	v := ReadFields(Message{Body: b}).Get(Part{Kind: PartJSON, Name: path})
	if v.Times != 1 {
		return nil, errors.New("expected JSON with that member once")
	}
	return []byte(v.Text), nil
}

// maxValues is how many values a JSON text may have that is taken apart: each
// costs a hundred bytes and more of memory. Deliveries have a few hundred.
const maxValues = 200_000

// filterTree reads a JSON text value by value.
func filterTree(b []byte) (*node, error) {
	if bytes.Count(b, []byte(","))+bytes.Count(b, []byte("["))+bytes.Count(b, []byte("{")) > maxValues {
		return nil, errors.New("expected at most " + itoa(maxValues) + " values")
	}
	root, ok := parseTree(b)
	if !ok {
		return nil, errNotJSON
	}
	return root, nil
}

// joinLeaves sorts the values that hold no others, as text in byte order, and
// joins them. With ":2" behind the separator numbers have two decimals.
func joinLeaves(b []byte, arg string) ([]byte, error) {
	root, err := filterTree(b)
	if err != nil {
		return nil, err
	}
	separator, decimals := strings.CutSuffix(arg, ":2")
	var leaves []string
	err = root.leaves(decimals, func(text string) { leaves = append(leaves, text) })
	slices.Sort(leaves)
	return []byte(strings.Join(leaves, separator)), err
}

func (n *node) leaves(decimals bool, yield func(string)) error {
	for _, kid := range n.kids {
		if err := kid.leaves(decimals, yield); err != nil {
			return err
		}
	}
	switch {
	case n.kind == '{' || n.kind == '[':
	case n.number && decimals:
		f, err := strconv.ParseFloat(n.text, 64)
		if err != nil || math.Abs(f) > 1e15 {
			return errors.New("expected numbers that can have two decimals")
		}
		yield(strconv.FormatFloat(f, 'f', 2, 64))
	default:
		yield(n.text)
	}
	return nil
}

// span is where a member stands in a JSON text, with its neighbours.
type span struct {
	key, value, end int // offsets of the key, of its value, and behind it
	before          int // behind the member before; -1 when it is the first
	next            int // of the key of the member behind; -1 when it is the last
}

var errNoMember = errors.New("expected JSON objects with that member once")

// spanOf finds the member under path.
func spanOf(b []byte, path string) (span, error) {
	if !ValidJSON(b) {
		return span{}, errNotJSON
	}
	doc := gjson.ParseBytes(b)
	for {
		name, rest, deeper := strings.Cut(path, ".")
		at, found, times := memberSpan(doc, name)
		if times != 1 {
			return span{}, errNoMember
		}
		if !deeper {
			return at, nil
		}
		doc, path = found, rest
	}
}

// memberSpan finds the member of an object called name, and how often there is one.
func memberSpan(doc gjson.Result, name string) (at span, found gjson.Result, times int) {
	if !doc.IsObject() {
		return at, found, 0
	}
	before := -1
	doc.ForEach(func(k, v gjson.Result) bool {
		if times == 1 && at.next < 0 {
			at.next = k.Index
		}
		if k.Str == name {
			times++
			at, found = span{k.Index, v.Index, v.Index + len(v.Raw), before, -1}, v
		}
		before = v.Index + len(v.Raw)
		return times < 2
	})
	return at, found, times
}

// withoutMember cuts a member out, with the comma that parted it from the
// next one, or from the one before when it is the last.
func withoutMember(b []byte, path string) ([]byte, error) {
	at, err := spanOf(b, path)
	if err != nil {
		return nil, err
	}
	from, to := at.key, at.end
	switch {
	case at.next >= 0:
		to = at.next
	case at.before >= 0:
		from = at.before
	}
	return slices.Concat(b[:from], b[to:]), nil
}

// besideMember returns what stands before or after a value; the quotes of a
// text belong to what is outside.
func besideMember(b []byte, path string, after bool) ([]byte, error) {
	at, err := spanOf(b, path)
	if err != nil {
		return nil, err
	}
	from, to := at.value, at.end
	if b[from] == '"' {
		from, to = from+1, to-1
	}
	if after {
		return b[to:], nil
	}
	return b[:from], nil
}
