package compare

import (
	"bytes"
	"context"
)

// rowPart tells what of a node stands in a row.
type rowPart uint8

const (
	whole   rowPart = iota // a value on one row
	opening                // the row that opens a container
	closing                // the row that closes it
)

// treeRow is a row of a view by meaning.
type treeRow struct {
	a, b  int32 // nodes, none where a side has nothing
	other int32 // the node on the other side that a moved one became
	depth uint16
	forms Forms
	sign  Sign
	part  rowPart
	// replaced tells that the row begins a value that another kind of value, other,
	// took the place of.
	replaced bool
}

// differ walks two trees side by side and writes rows.
type differ struct {
	ctx   context.Context
	a, b  *tree
	rows  []treeRow
	marks []int32
	forms Forms
	steps int
	ended error
}

func (d *differ) run() error {
	d.pair(0, 0, 0, Same)
	if d.a.blanks != d.b.blanks {
		d.forms |= White
	}
	if d.a.syntax == XML && d.forms == 0 && !bytes.Equal(d.a.text, d.b.text) {
		d.forms |= xmlForms(d.a.text, d.b.text)
	}
	return d.ended
}

// over tells that ctx has ended.
func (d *differ) over() bool {
	if d.steps++; d.steps%checkEvery == 0 && d.ended == nil {
		d.ended = d.ctx.Err()
	}
	return d.ended != nil
}

func (d *differ) add(r treeRow) {
	d.forms |= r.forms
	d.rows = append(d.rows, r)
}

// mark makes the next row begin a difference.
func (d *differ) mark() { d.marks = append(d.marks, int32(len(d.rows))) }

// pair writes the rows of two nodes that belong together. sign is Moved for
// members that stand at another place among those of their key.
func (d *differ) pair(a, b int32, depth int, sign Sign) {
	if d.over() {
		return
	}
	na, nb := &d.a.nodes[a], &d.b.nodes[b]
	switch {
	case na.id == nb.id && sign == Moved:
		d.mark()
		d.alike(a, b, depth, Moved)
	case na.id == nb.id:
		d.alike(a, b, depth, Same)
	case d.akin(a, b) && na.kind != scalar && na.kind != leaf:
		d.inside(a, b, depth, Same)
	case d.a.single(a) && d.b.single(b):
		d.mark()
		d.add(treeRow{a: a, b: b, other: none, depth: deep(depth), sign: Changed})
	default: // another kind of value
		d.mark()
		at := len(d.rows)
		d.alone(a, none, depth, Removed)
		d.alone(none, b, depth, Added)
		if d.ended == nil {
			d.rows[at].replaced, d.rows[at].other = true, b
		}
	}
}

// akin tells whether two nodes are containers of one kind, or elements of one
// name.
func (d *differ) akin(a, b int32) bool {
	na, nb := d.a.nodes[a], d.b.nodes[b]
	if na.kind != nb.kind {
		return false
	}
	return na.kind != element && na.kind != leaf || d.a.keys[na.key] == d.b.keys[nb.key]
}

// single tells whether node i stands on one row.
func (t *tree) single(i int32) bool {
	n := t.nodes[i]
	return n.kind == scalar || n.kind == leaf || n.end == i+1
}

// deep bounds the depth of a row.
func deep(depth int) uint16 { return uint16(min(depth, maxNesting)) }

// alike writes the rows of two nodes that mean the same, with the ways in which
// they are written differently.
func (d *differ) alike(a, b int32, depth int, sign Sign) {
	if d.over() {
		return
	}
	if !d.a.single(a) {
		d.inside(a, b, depth, sign)
		return
	}
	forms := d.formsOf(a, b)
	if forms != 0 && sign == Same {
		sign = Formatted
		d.mark()
	}
	d.add(treeRow{a: a, b: b, other: none, depth: deep(depth), forms: forms, sign: sign})
}

// inside writes the rows of two containers of one kind.
func (d *differ) inside(a, b int32, depth int, sign Sign) {
	ma, ia := d.a.children(a)
	mb, ib := d.b.children(b)
	pairs := d.memberCouples(ma, mb)
	open := treeRow{a: a, b: b, other: none, depth: deep(depth), part: opening, sign: sign}
	if reordered(pairs) {
		open.forms = KeyOrder
	}
	if na, nb := d.a.nodes[a], d.b.nodes[b]; na.member && d.a.syntax != XML {
		if !bytes.Equal(d.a.text[na.keyFrom:na.keyTo], d.b.text[nb.keyFrom:nb.keyTo]) {
			open.forms |= Escapes
		}
	}
	if open.forms != 0 && sign == Same {
		open.sign = Formatted
		d.mark()
	}
	if d.a.syntax != Form || open.forms != 0 { // a form has no brackets
		d.add(open)
	}
	for _, c := range pairs {
		d.couple(c, ma, mb, depth+1, sign)
	}
	for _, c := range d.itemCouples(ia, ib) {
		d.couple(c, ia, ib, depth+1, sign)
	}
	if d.a.syntax != Form {
		d.add(treeRow{a: a, b: b, other: none, depth: deep(depth), part: closing, sign: closeSign(sign)})
	}
}

// closeSign is the sign of the row that closes a container.
func closeSign(s Sign) Sign {
	if s == Formatted {
		return Same
	}
	return s
}

// couple writes the rows of one couple out of two lists of nodes.
func (d *differ) couple(c couple, left, right []int32, depth int, outer Sign) {
	switch {
	case d.over():
	case c.a != none && c.b != none && outer == Moved: // inside of what moved as a whole
		d.alike(left[c.a], right[c.b], depth, Moved)
	case c.a != none && c.b != none:
		sign := Same
		if c.to != none {
			sign = Moved
		}
		d.pair(left[c.a], right[c.b], depth, sign)
	default:
		a, b, sign, other := int32(none), int32(none), Removed, int32(none)
		if c.a != none {
			a = left[c.a]
		} else {
			b, sign = right[c.b], Added
		}
		switch {
		case c.to != none && c.a != none:
			sign, other = Moved, right[c.to]
		case c.to != none:
			sign, other = Moved, left[c.to]
		}
		if c.a != none || c.to == none { // what moved counts once
			d.mark()
		}
		at := len(d.rows)
		d.alone(a, b, depth, sign)
		if d.ended == nil {
			d.rows[at].other = other
		}
	}
}

// alone writes the rows of a node that one side has.
func (d *differ) alone(a, b int32, depth int, sign Sign) {
	t, i := d.a, a
	if a == none {
		t, i = d.b, b
	}
	if d.over() {
		return
	}
	row := treeRow{a: a, b: b, other: none, depth: deep(depth), sign: sign}
	if t.single(i) {
		d.add(row)
		return
	}
	row.part = opening
	d.add(row)
	for c := range t.inside(i) {
		if a == none {
			d.alone(none, c, depth+1, sign)
		} else {
			d.alone(c, none, depth+1, sign)
		}
	}
	row.part = closing
	d.add(row)
}

func (d *differ) memberCouples(left, right []int32) []couple {
	if len(left) == 0 && len(right) == 0 {
		return nil
	}
	return members(d.a.named(left), d.b.named(right), func(k int, other bool) hash {
		if other {
			return d.b.nodes[right[k]].id
		}
		return d.a.nodes[left[k]].id
	})
}

func (d *differ) itemCouples(left, right []int32) []couple {
	if len(left) == 0 && len(right) == 0 {
		return nil
	}
	return lists(d.a.ids(left), d.b.ids(right), func(i, j int) int { return d.likeness(left[i], right[j]) })
}

// likenessLooks is how many children are looked at to tell how alike two
// containers are.
const likenessLooks = 64

// likeness is how alike two values are that do not mean the same; 0 for values
// that have nothing to do with each other.
func (d *differ) likeness(a, b int32) int {
	if !d.akin(a, b) {
		return 0
	}
	if d.a.single(a) && d.b.single(b) {
		return 1
	}
	have := map[hash]int{}
	for c := range d.a.inside(a) {
		if have[d.a.nodes[c].id]++; len(have) == likenessLooks {
			break
		}
	}
	score, looked := 1, 0
	for c := range d.b.inside(b) {
		if id := d.b.nodes[c].id; have[id] > 0 {
			have[id]--
			score++
		}
		if looked++; looked == likenessLooks {
			break
		}
	}
	return score
}
