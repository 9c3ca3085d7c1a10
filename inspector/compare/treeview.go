package compare

import (
	"html"
	"strings"
)

// rowText bounds the bytes of a text in a row.
const rowText = 4 << 10

// tagText bounds the bytes of a start tag in which an attribute is looked for.
const tagText = 1 << 20

// view is what the rows of d show.
func (d *differ) view(sideA, sideB *Side) *View {
	t := &treeView{rows: d.rows, a: d.a, b: d.b, sideA: sideA, sideB: sideB, signed: sideA.CoversBody() || sideB.CoversBody()}
	return &View{Count: len(d.rows), Marks: d.marks, line: t.line, value: t.value, sign: t.sign}
}

type treeView struct {
	rows         []treeRow
	a, b         *tree
	sideA, sideB *Side
	signed       bool // all of it
}

func (v *treeView) sign(i int) Sign {
	if v.rows[i].replaced {
		return Changed
	}
	return v.rows[i].sign
}

func (v *treeView) line(i int) Line {
	r := v.rows[i]
	l := Line{Sign: r.sign, Depth: int(r.depth), Forms: r.forms, Signed: v.signed, HasA: r.a != none, HasB: r.b != none}
	if l.HasA {
		l.A, l.Place = v.a.rowText(r.a, r.part), v.a.place(r.a)
		l.Signed = l.Signed || v.sideA.covers(l.Place)
	}
	if l.HasB {
		place := v.b.place(r.b)
		l.B = v.b.rowText(r.b, r.part)
		l.Signed = l.Signed || v.sideB.covers(place)
		if l.Place == "" {
			l.Place = place
		}
	}
	l.A, l.B = excerpt(l.A, 0), excerpt(l.B, 0)
	if r.sign == Moved && r.other != none {
		l.To = v.b.place(r.other)
		if !l.HasA {
			l.To = v.a.place(r.other)
		}
	}
	return l
}

// value is the whole of the values whose difference begins at row i.
func (v *treeView) value(i int) (a, b string) {
	r := v.rows[i]
	if r.a != none {
		a = v.a.whole(r.a)
	}
	switch {
	case r.b != none:
		b = v.b.whole(r.b)
	case r.replaced:
		b = v.b.whole(r.other)
	}
	return a, b
}

// raw is node i's value as it stands in the text, or dots where that is hidden.
func (t *tree) raw(i int32) string {
	if t.shown == nil {
		return dots
	}
	n := t.shown.nodes[i]
	return string(t.shown.text[n.from:min(n.to, n.from+rowText)])
}

// whole is node i's value on one line.
func (t *tree) whole(i int32) string {
	n := t.nodes[i]
	switch {
	case t.syntax == Form && n.member, t.syntax == XML && n.kind == scalar:
		return t.plain(i)
	case n.kind != scalar && n.kind != leaf && t.shown == nil:
		return dots
	}
	return t.raw(i)
}

// plain is the value of a form's field, an attribute or a text, decoded.
func (t *tree) plain(i int32) string {
	n := t.nodes[i]
	switch {
	case t.shown == nil:
		return dots
	case t.syntax == Form:
		raw := t.raw(i)
		if text := unquery([]byte(raw)); strings.IndexByte(text, odd) < 0 {
			return text
		}
		return raw
	case n.member:
		tag := t.shown.nodes[i]
		return attribute(string(t.shown.text[tag.from:min(tag.to, tag.from+tagText)]), localName(t.keys[n.key]), int(n.at))
	}
	return html.UnescapeString(strings.TrimSpace(t.raw(i)))
}

// rowText is what stands of node i in a row.
func (t *tree) rowText(i int32, part rowPart) string {
	n := t.nodes[i]
	switch t.syntax {
	case Form:
		if n.up < 0 {
			return ""
		}
		name := string(t.text[n.keyFrom:min(n.keyTo, n.keyFrom+rowText)])
		if text := unquery([]byte(name)); strings.IndexByte(text, odd) < 0 {
			name = text
		}
		return name + " = " + t.plain(i)
	case XML:
		return t.xmlText(i, part)
	}
	key := ""
	if n.member && part != closing {
		key = string(t.text[n.keyFrom:min(n.keyTo, n.keyFrom+rowText)]) + ": "
	}
	brackets := "{}"
	if n.kind == array {
		brackets = "[]"
	}
	switch {
	case part == opening:
		return key + brackets[:1]
	case part == closing:
		return brackets[1:]
	case n.kind != scalar:
		return key + brackets
	}
	return key + t.raw(i)
}

func (t *tree) xmlText(i int32, part rowPart) string {
	n := t.nodes[i]
	if n.kind == scalar {
		if n.member {
			return localName(t.keys[n.key]) + "=" + `"` + t.plain(i) + `"`
		}
		return t.plain(i)
	}
	name := string(t.text[n.keyFrom:n.keyTo])
	switch {
	case part == opening:
		return "<" + name + ">"
	case part == closing:
		return "</" + name + ">"
	}
	return t.raw(i)
}

// attribute is the value of an attribute in a start tag, decoded. Names are
// compared without their prefix; at is how many of that name come before it.
func attribute(tag, name string, at int) string {
	for rest := tag; ; {
		equals := strings.IndexByte(rest, '=')
		if equals < 0 {
			return ""
		}
		called := strings.TrimSpace(rest[:equals])
		called = called[strings.LastIndexAny(called, " \t\r\n:")+1:]
		value := strings.TrimLeft(rest[equals+1:], blank)
		if value == "" {
			return ""
		}
		end := strings.IndexByte(value[1:], value[0])
		if end < 0 {
			return ""
		}
		if called == name {
			if at == 0 {
				return html.UnescapeString(value[1 : 1+end])
			}
			at--
		}
		rest = value[end+2:]
	}
}
