package settings

import (
	"errors"
	"fmt"
	"sort"

	"github.com/pelletier/go-toml/v2/unstable"
)

// document is a TOML text as a tree that knows where everything stands. The
// library's decoder gives values without places; errors and edits need both.
type document struct {
	data     []byte // without byte order mark
	root     *table
	newlines []int // offsets
}

// span is a range of bytes in a document.
type span struct{ start, end int }

// form is how a table is written.
type form int

const (
	headed form = iota // under [name] or [[name]]
	inline             // { ... }
	dotted             // only by dotted keys; the root too
)

// table is a set of keys.
type table struct {
	form    form
	at      span // the header line without its newline, or the braces
	entries []*entry
	index   map[string]*entry
}

// entry is one key with its value.
type entry struct {
	name string
	// prefix is the text before name in a dotted key, its dot included.
	prefix string
	key    span
	value  value
}

// value is what stands behind a key.
type value struct {
	kind  unstable.Kind
	at    span
	text  string // decoded for strings, as written for other scalars
	items []value
	table *table
}

// get returns the entry called name, nil when there is none.
func (t *table) get(name string) *entry { return t.index[name] }

func (t *table) add(e *entry) {
	if t.index == nil {
		t.index = map[string]*entry{}
	}
	t.index[e.name] = e
	t.entries = append(t.entries, e)
}

// line returns the line of an offset, from 1.
func (d *document) line(offset int) int {
	return sort.SearchInts(d.newlines, offset) + 1
}

// errShape is a document that go-toml takes and the tree can't hold. It guards
// against a panic; the decoder that ran before refuses every known case.
var errShape = errors.New("a key stands for two different things")

// parseDocument builds the tree of a text that the library's decoder accepts.
func parseDocument(data []byte) (*document, error) {
	d := &document{data: data, root: &table{form: dotted}}
	for i, c := range data {
		if c == '\n' {
			d.newlines = append(d.newlines, i)
		}
	}
	var p unstable.Parser
	p.Reset(data)
	current := d.root
	for p.NextExpression() {
		node := p.Expression()
		var err error
		switch node.Kind {
		case unstable.Table, unstable.ArrayTable:
			current, err = d.header(node)
		case unstable.KeyValue:
			err = d.keyValue(current, node)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := p.Error(); err != nil {
		return nil, fmt.Errorf("parsing TOML: %w", err)
	}
	return d, nil
}

// header adds the table that a [name] or [[name]] line opens, and returns it.
func (d *document) header(node *unstable.Node) (*table, error) {
	keys := keysOf(node)
	at := d.lineSpan(keys[0].at.start, keys[len(keys)-1].at.end)
	parent, err := d.root.descend(keys[:len(keys)-1])
	if err != nil {
		return nil, err
	}
	last := keys[len(keys)-1]
	added := &table{form: headed, at: at}
	old := parent.get(last.name)
	switch {
	case node.Kind == unstable.Table && old != nil && old.value.kind == unstable.Table:
		return old.value.table, nil // [a.b] came before [a]
	case node.Kind == unstable.ArrayTable && old != nil && old.value.kind == unstable.ArrayTable:
		old.value.items = append(old.value.items, value{kind: unstable.Table, at: at, table: added})
		return added, nil
	case old != nil:
		return nil, errShape
	}
	e := &entry{name: last.name, key: last.at, value: value{kind: unstable.Table, at: at, table: added}}
	if node.Kind == unstable.ArrayTable {
		e.value = value{kind: unstable.ArrayTable, at: at, items: []value{e.value}}
	}
	parent.add(e)
	return added, nil
}

// descend walks along keys, making the tables that are missing.
func (t *table) descend(keys []keyPart) (*table, error) {
	for _, k := range keys {
		e := t.get(k.name)
		if e == nil {
			e = &entry{name: k.name, key: k.at, value: value{kind: unstable.Table, at: k.at, table: &table{form: dotted, at: k.at}}}
			t.add(e)
		}
		switch {
		case e.value.kind == unstable.ArrayTable:
			t = e.value.items[len(e.value.items)-1].table
		case e.value.table != nil:
			t = e.value.table
		default:
			return nil, errShape
		}
	}
	return t, nil
}

// keyPart is one part of a dotted key.
type keyPart struct {
	name string
	at   span
}

func keysOf(node *unstable.Node) []keyPart {
	var parts []keyPart
	for it := node.Key(); it.Next(); {
		k := it.Node()
		start := int(k.Raw.Offset)
		parts = append(parts, keyPart{string(k.Data), span{start, start + int(k.Raw.Length)}})
	}
	return parts
}

// keyValue adds "key = value" to t and returns nothing but an error.
func (d *document) keyValue(t *table, node *unstable.Node) error {
	keys := keysOf(node)
	first, last := keys[0], keys[len(keys)-1]
	t, err := t.descend(keys[:len(keys)-1])
	if err != nil {
		return err
	}
	if t.get(last.name) != nil {
		return errShape
	}
	e := &entry{
		name:   last.name,
		prefix: string(d.data[first.at.start:last.at.start]),
		key:    span{first.at.start, last.at.end},
	}
	e.value, err = d.value(node.Value(), d.afterEquals(last.at.end))
	t.add(e)
	return err
}
