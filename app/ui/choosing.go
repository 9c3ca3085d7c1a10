package ui

import (
	"github.com/oklog/ulid/v2"

	"shopbell/app/ui/rows"
)

// reach is the user's choice of a row, and how far it goes.
func (p *listPane) reach(index int, how rows.Reach) {
	p.pending = nil
	seq := p.extent.top + index
	c, known, _ := p.listing.look(seq)
	switch how {
	case rows.Alone:
		p.several.clear()
		p.several.anchor = anchor{c.ID, seq, p.listing}
	case rows.Toggle:
		if !known {
			break
		}
		if !p.several.some() && p.selected != (ulid.ULID{}) && p.selected != c.ID {
			p.several.toggle(p.selected)
		}
		p.several.toggle(c.ID)
		p.several.anchor = anchor{c.ID, seq, p.listing}
	case rows.Extend:
		p.extend(seq)
	}
	p.showSelection()
}

// extend chooses the rows from the anchor to a row. Where that one has not been
// read yet, it waits until it has.
func (p *listPane) extend(seq int) {
	end, known, _ := p.listing.look(seq)
	last := seq == p.extent.end-1 && p.extent.whole
	if !known && !last {
		p.pending = &seq
		return
	}
	from, fromSeq, ok := p.anchorNow()
	if !ok {
		from, fromSeq = end.ID, seq
		p.several.anchor = anchor{end.ID, seq, p.listing}
	}
	to := end.ID // the zero id is before all others
	if fromSeq > seq {
		from, to = to, from
	}
	p.several.stretch(from, to, max(seq-fromSeq, fromSeq-seq)+1)
}

// anchorNow is where a stretch begins; false when that is not in the list.
func (p *listPane) anchorNow() (id ulid.ULID, seq int, ok bool) {
	a := p.several.anchor
	if a.in == p.listing && a.id != (ulid.ULID{}) {
		return a.id, a.seq, true
	}
	if a.id == (ulid.ULID{}) {
		a.id = p.selected
	}
	seq, ok = p.listing.find(a.id)
	return a.id, seq, ok && a.id != (ulid.ULID{})
}

// all chooses everything that the list holds now, read or not.
func (p *listPane) all() {
	if p.listing == nil || p.extent.end == p.extent.top {
		return
	}
	newest, known, _ := p.listing.look(p.extent.top)
	if !known {
		newest.ID = p.listing.newestID()
	}
	p.several.stretch(newest.ID, ulid.ULID{}, p.extent.end-p.extent.top)
	p.several.more = !p.extent.whole
	p.showSelection()
}

// chosen answers the rows: whether one of them is chosen, and whether several are.
func (p *listPane) chosen(index int) (yes, several bool) {
	if !p.several.some() {
		return false, false
	}
	r, known := p.listing.peek(p.extent.top + index)
	return known && p.several.holds(r.ID), true
}

// clearSelection lets go of what is chosen together; false when nothing is.
func (p *listPane) clearSelection() bool {
	if !p.several.some() {
		return false
	}
	p.several.clear()
	p.pending = nil
	p.showSelection()
	return true
}

// catchPending goes on with a stretch whose end has been read by now.
func (p *listPane) catchPending() {
	if p.pending == nil {
		return
	}
	seq := *p.pending
	if _, known := p.listing.peek(seq); known {
		p.pending = nil
		p.extend(seq)
		p.showSelection()
	}
}

// showSelection brings rows and bar in line with what is chosen.
func (p *listPane) showSelection() {
	p.rows.Repaint()
	p.group.show(&p.several)
}
