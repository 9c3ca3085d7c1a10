package settings

import (
	"bytes"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// patch collects changes to the text of a document and applies them together,
// so that the offsets of the tree hold while the changes are made.
type patch struct {
	doc     *document
	newline string
	changes []change
}

// change replaces a span by text.
type change struct {
	at   span
	text string
}

func newPatch(doc *document) *patch {
	p := &patch{doc: doc, newline: "\n"}
	if i := bytes.IndexByte(doc.data, '\n'); i > 0 && doc.data[i-1] == '\r' {
		p.newline = "\r\n"
	}
	return p
}

func (p *patch) replace(at span, text string) {
	p.changes = append(p.changes, change{at, text})
}

// apply returns the changed text. Changes at the same place keep their order.
func (p *patch) apply() []byte {
	slices.SortStableFunc(p.changes, func(a, b change) int { return a.at.start - b.at.start })
	var out bytes.Buffer
	last := 0
	for _, c := range p.changes {
		out.Write(p.doc.data[last:c.at.start])
		out.WriteString(c.text)
		last = c.at.end
	}
	out.Write(p.doc.data[last:])
	return out.Bytes()
}

// put sets key of t to a value in TOML, or adds it behind the last key.
func (p *patch) put(t *table, key, text string) {
	if e := t.get(key); e != nil {
		p.replace(e.value.at, text)
		return
	}
	line := key + " = " + text
	switch {
	case t.form == inline && len(t.entries) == 0:
		p.replace(span{t.at.start + 1, t.at.start + 1}, " "+line+" ")
	case t.form == inline:
		end := lastValue(t).at.end
		p.replace(span{end, end}, ", "+line)
	case len(t.entries) == 0:
		p.below(t.at.end, "", line)
	default:
		last := t.entries[len(t.entries)-1]
		start := p.doc.lineStart(last.key.start)
		indent := string(p.doc.data[start:last.key.start])
		p.below(p.doc.lineEnd(last.value.at.end), indent, last.prefix+line)
	}
}

// lastValue returns the value that stands last in the text of t.
func lastValue(t *table) value {
	v := t.entries[len(t.entries)-1].value
	if v.table != nil && v.table.form == dotted && len(v.table.entries) > 0 {
		return lastValue(v.table)
	}
	return v
}

// below inserts a line after the one that ends at lineEnd.
func (p *patch) below(lineEnd int, indent, line string) {
	if lineEnd == len(p.doc.data) {
		p.replace(span{lineEnd, lineEnd}, p.newline+indent+line)
		return
	}
	p.replace(span{lineEnd + 1, lineEnd + 1}, indent+line+p.newline)
}

// drop removes key of t with its line.
func (p *patch) drop(t *table, key string) {
	if e := t.get(key); e != nil {
		p.replace(p.lines(e.key.start, e.value.at.end), "")
	}
}

// dropItem removes one item of a list in brackets with the comma that belongs
// to it: the one before, or for the first item the one behind.
func (p *patch) dropItem(at span, follows bool) {
	if follows {
		at.start = p.commaBefore(at.start)
	} else if next := p.doc.skip(at.end, ""); next < len(p.doc.data) && p.doc.data[next] == ',' {
		at.end = next + 1
	}
	p.replace(at, "")
}

// commaBefore returns the offset of the comma before at.
func (p *patch) commaBefore(at int) int {
	return max(0, bytes.LastIndexByte(p.doc.data[:at], ','))
}

// lines returns the whole lines from start to end with the last newline.
func (p *patch) lines(start, end int) span {
	at := p.doc.lineSpan(start, end)
	at.end = min(at.end+1, len(p.doc.data))
	return at
}

// append adds lines at the end of the text, after an empty line.
func (p *patch) append(lines []string) {
	end := len(p.doc.data)
	text := strings.Join(lines, p.newline) + p.newline
	switch {
	case end == 0:
	case p.doc.data[end-1] != '\n':
		text = p.newline + p.newline + text
	default:
		text = p.newline + text
	}
	p.replace(span{end, end}, text)
}

// addItem adds a table to a list in the form that its others have.
func (p *patch) addItem(name string, pairs []pair) {
	var lines []string
	for _, kv := range pairs {
		if kv.value != "" {
			lines = append(lines, kv.key+" = "+kv.value)
		}
	}
	list := p.doc.root.get(name)
	if list == nil || list.value.kind == unstable.ArrayTable {
		p.append(append([]string{"[[" + name + "]]"}, lines...))
		return
	}
	text := "{ " + strings.Join(lines, ", ") + " }"
	if n := len(list.value.items); n > 0 {
		end := list.value.items[n-1].at.end
		p.replace(span{end, end}, ", "+text)
		return
	}
	start := list.value.at.start + 1
	p.replace(span{start, start}, text)
}

// changeItem makes the table t, which says before, say after: the same keys in
// the same order. What both agree on is left as it is written.
func (p *patch) changeItem(t *table, before, after []pair) {
	if t.form == inline {
		p.replace(t.at, p.inlineText(t, before, after))
		return
	}
	for i, kv := range after {
		switch {
		case kv.value == before[i].value:
		case kv.value != "":
			p.put(t, kv.key, kv.value)
		default:
			p.drop(t, kv.key)
		}
	}
}

// inlineText writes t anew with the pairs of after: a table on one line, where
// keys can't be dropped one by one without counting commas.
func (p *patch) inlineText(t *table, before, after []pair) string {
	var parts []string
	for i, kv := range after {
		e := t.get(kv.key)
		switch {
		case e != nil && kv.value == before[i].value:
			parts = append(parts, string(p.doc.data[e.key.start:e.value.at.end]))
		case kv.value != "":
			parts = append(parts, kv.key+" = "+kv.value)
		}
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}

// dropTable removes table i of a list: its header and its keys, or its place in
// the list.
func (p *patch) dropTable(name string, i int) {
	list := p.doc.root.get(name).value
	t := list.items[i].table
	if list.kind != unstable.ArrayTable {
		p.dropItem(t.at, i > 0)
		return
	}
	at := p.lines(t.at.start, t.at.start)
	if n := len(t.entries); n > 0 {
		at.end = p.lines(t.at.start, t.entries[n-1].value.at.end).end
	}
	// One of the two empty lines around it goes with it.
	if next := p.lines(at.end, at.end); at.end < len(p.doc.data) && len(bytes.TrimSpace(p.doc.data[next.start:next.end])) == 0 {
		at.end = next.end
	}
	p.replace(at, "")
}
