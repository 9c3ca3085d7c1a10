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
func (c *check) jointsIn(t *text, plan *textPlan) joints {
	j := c.jointsOf(t.pieces, plan.stretches)
	if len(j.loose) == 0 && j.moved == nil {
		j.other = c.otherForm(t)
	}
	return j
}

// jointsOf looks at all the pieces of a text.
func (c *check) jointsOf(pieces []piece, stretches []stretch) joints {
	j := joints{c: c}
	for i := range stretches {
		s := &stretches[i]
		j.pieces, j.left = pieces[s.from:s.to], s.left
		j.stretch(s)
	}
	return j
}

// stretch looks at the pieces between two secrets.
func (j *joints) stretch(s *stretch) {
	for _, i := range s.mixed {
		p := j.pieces[i].part
		if p.Kind == PartText {
			j.text()
		}
		if j.varies(i) && (p.glued() || j.c.joinsLoosely(p)) {
			j.add(p)
		}
	}
	for _, a := range s.asks {
		switch {
		case !j.ends(a.at, a.end):
			j.add(j.pieces[a.at].part)
			j.add(j.pieces[j.after(a.at)].part)
		case !j.begins(a.at, a.begin):
			j.add(j.pieces[j.before(a.at)].part)
			j.add(j.pieces[a.at].part)
		}
	}
}

// text looks at the intermediate text, whatever is made of it.
func (j *joints) text() {
	if pieces, missing := j.c.fill(nil, j.c.Text, nil); missing == nil {
		inner := j.c.jointsOf(pieces, j.c.stretches(j.c.Text))
		for _, name := range inner.loose {
			j.name(name)
		}
		if j.moved == nil {
			j.moved = inner.moved
		}
	}
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
