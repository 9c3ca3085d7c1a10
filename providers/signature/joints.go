package signature

import "slices"

// joints are the places where the parts of a signed text meet. Whoever has one
// genuine delivery can move bytes from a part to its neighbour, or over a
// separator that a part may hold as well: the text and its signature stay the
// same. So of all the ways to cut a text again, one at most may pass without a
// caveat. From the left each part must show where it ends, from the right
// where it begins; one part of a stretch is left over and may hold anything.
// A secret parts two stretches: nobody else knows where it stands.
type joints struct {
	c      *check
	pieces []piece // of one stretch
	left   int     // the one that need not show its ends
	// loose are the parts of which one runs on into the next; held is a
	// separator that one of them holds.
	loose []string
	held  string
	// moved is a part that takes in bytes of a time, or leaves it some.
	moved *Part
	// other is another form that could have the same text.
	other Template
}

// jointsIn looks at a text, and at the other forms of this scheme.
func (c *check) jointsIn(t *text) joints {
	j := c.jointsOf(t.pieces)
	if len(j.loose) == 0 && j.moved == nil {
		j.other = c.otherForm(t)
	}
	return j
}

// jointsOf looks at all the pieces of a text.
func (c *check) jointsOf(pieces []piece) joints {
	j := joints{c: c}
	for from := 0; from < len(pieces); {
		to := from
		for to < len(pieces) && !pieces[to].secret {
			to++
		}
		j.pieces = pieces[from:to]
		j.stretch()
		from = to + 1
	}
	return j
}

// stretch looks at the pieces between two secrets.
func (j *joints) stretch() {
	if len(j.pieces) == 1 && j.pieces[0].part.Kind == PartBody && len(j.pieces[0].part.Filters) == 0 {
		return // what most sign
	}
	n := 0
	for i := range j.pieces {
		p := j.pieces[i].part
		if p.Kind == PartText {
			j.text()
		}
		if j.varies(i) {
			n++
			if p.glued() || j.c.joinsLoosely(p) {
				j.add(p)
			}
		}
	}
	if n < 2 {
		return
	}
	j.left, _ = j.leftOver()
	for i := range j.pieces {
		switch {
		case !j.varies(i):
		case i == j.left && j.wide(i):
		case (i < j.left || j.parted(i, i+1)) && !j.ends(i):
			j.add(j.pieces[i].part)
			j.add(j.pieces[j.after(i)].part)
		case (i > j.left || j.parted(i, i-1)) && !j.begins(i):
			j.add(j.pieces[j.before(i)].part)
			j.add(j.pieces[i].part)
		}
	}
}

// wide tells whether piece i is all of the body or of the address, which holds
// separators as a matter of course. A field that is left over may hold none: else
// the text could be cut at it, too.
func (j *joints) wide(i int) bool { return j.pieces[i].part.Name == "" }

// parted tells whether a separator stands between the left-over piece i and
// another part, on the side of the literal at k.
func (j *joints) parted(i, k int) bool {
	if i != j.left || k < 0 || k >= len(j.pieces) || j.pieces[k].part.Kind != PartLiteral {
		return false
	}
	step := k - i
	for k += step; k >= 0 && k < len(j.pieces); k += step {
		if j.varies(k) {
			return true
		}
	}
	return false
}

// text looks at the intermediate text, whatever is made of it.
func (j *joints) text() {
	if pieces, missing := j.c.fill(nil, j.c.Text, nil); missing == nil {
		inner := j.c.jointsOf(pieces)
		for _, name := range inner.loose {
			j.name(name)
		}
		if j.moved == nil {
			j.moved = inner.moved
		}
	}
}

// leftOver is the part that need not show its ends: the choice depends on the
// template alone, so that it is the same for every way to cut a text. least is
// what the others cost.
func (j *joints) leftOver() (best, least int) {
	best = -1
	for i := range j.pieces {
		if !j.varies(i) {
			continue
		}
		cost := 0
		for k := range j.pieces {
			switch {
			case !j.varies(k):
			case k < i:
				cost += j.endRule(k).cost(j.pieces[k].part)
			case k > i:
				cost += j.beginRule(k).cost(j.pieces[k].part)
			}
		}
		if best < 0 || cost <= least {
			best, least = i, cost
		}
	}
	return best, least
}

// varies tells whether piece i is a part of the message that can be one text
// or another.
func (j *joints) varies(i int) bool {
	p := j.pieces[i].part
	return p.Kind != PartLiteral && !p.hasFilter("empty")
}

func (j *joints) after(i int) int {
	for i++; !j.varies(i); i++ {
	}
	return i
}

func (j *joints) before(i int) int {
	for i--; !j.varies(i); i-- {
	}
	return i
}

func (j *joints) add(p *Part) {
	if p.Kind == PartTimestamp {
		p = &j.c.Timestamp.At
	}
	name := p.Name
	if name == "" {
		name = string(p.Kind)
	}
	j.name(name)
}

func (j *joints) name(name string) {
	if !slices.Contains(j.loose, name) {
		j.loose = append(j.loose, name)
	}
}

func (p *Part) hasFilter(name string) bool {
	return slices.ContainsFunc(p.Filters, func(f Filter) bool { return f.Name == name })
}
