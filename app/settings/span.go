package settings

import (
	"bytes"

	"github.com/pelletier/go-toml/v2/unstable"
)

// The parser tells where keys and scalars stand, but not where an array or an
// inline table ends. Between what it does tell lies nothing but white space,
// comments and punctuation, so walking over those finds the ends.

// value converts node, whose first byte is at or after from.
func (d *document) value(node *unstable.Node, from int) (value, error) {
	start := d.skip(from, "")
	switch node.Kind {
	case unstable.Array:
		return d.array(node, start)
	case unstable.InlineTable:
		return d.inlineTable(node, start)
	case unstable.String:
		return value{kind: node.Kind, at: span{start, start + int(node.Raw.Length)}, text: string(node.Data)}, nil
	default:
		return value{kind: node.Kind, at: span{start, start + len(node.Data)}, text: string(node.Data)}, nil
	}
}

func (d *document) array(node *unstable.Node, start int) (value, error) {
	v := value{kind: unstable.Array}
	at := start + 1
	for it := node.Children(); it.Next(); {
		item, err := d.value(it.Node(), d.skip(at, ","))
		if err != nil {
			return v, err
		}
		v.items = append(v.items, item)
		at = item.at.end
	}
	v.at = span{start, d.skip(at, ",") + 1}
	return v, nil
}

func (d *document) inlineTable(node *unstable.Node, start int) (value, error) {
	t := &table{form: inline}
	at := start + 1
	for it := node.Children(); it.Next(); {
		kv := it.Node()
		if err := d.keyValue(t, kv); err != nil {
			return value{}, err
		}
		keys := keysOf(kv)
		// The value was measured a moment ago: it is the last one added below t.
		at = max(at, lastEnd(t, keys))
	}
	t.at = span{start, d.skip(at, ",") + 1}
	return value{kind: unstable.InlineTable, at: t.at, table: t}, nil
}

// lastEnd returns where the value at keys below t ends.
func lastEnd(t *table, keys []keyPart) int {
	var end int
	for _, k := range keys {
		e := t.get(k.name)
		if e == nil {
			return end
		}
		end, t = e.value.at.end, e.value.table
	}
	return end
}

// afterEquals returns the offset behind the "=" that follows a key.
func (d *document) afterEquals(at int) int {
	return d.skip(at, "") + 1
}

// skip returns the first offset from at on that is neither white space, nor a
// newline, nor in a comment, nor one of also.
func (d *document) skip(at int, also string) int {
	for at < len(d.data) {
		switch c := d.data[at]; {
		case c == ' ', c == '\t', c == '\r', c == '\n', bytes.IndexByte([]byte(also), c) >= 0:
			at++
		case c == '#':
			at = d.lineEnd(at)
		default:
			return at
		}
	}
	return len(d.data)
}

// lineStart returns the offset of the first byte of the line that holds at.
func (d *document) lineStart(at int) int {
	return bytes.LastIndexByte(d.data[:at], '\n') + 1
}

// lineEnd returns the offset of the newline that ends the line that holds at,
// or the length of the document. A CR before it is part of the line.
func (d *document) lineEnd(at int) int {
	if i := bytes.IndexByte(d.data[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(d.data)
}

// lineSpan returns the whole lines from start to end, without the last newline.
func (d *document) lineSpan(start, end int) span {
	return span{d.lineStart(start), d.lineEnd(end)}
}
