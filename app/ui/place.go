package ui

import "github.com/oklog/ulid/v2"

// notePlace remembers which captures are on screen.
func (p *listPane) notePlace() {
	from, to := p.rows.Seen()
	p.onScreen = p.onScreen[:0]
	for i := from; i < to; i++ {
		r, _ := p.listing.peek(p.extent.top + i)
		p.onScreen = append(p.onScreen, r.ID)
	}
}

// keepPlace puts the captures that were on screen back where they were, after
// rows above them left the list or the list was read anew. At the top the list
// stays there.
func (p *listPane) keepPlace() {
	defer p.notePlace()
	if p.rows.AtTop() {
		return
	}
	from, _ := p.rows.Seen()
	for i, id := range p.onScreen {
		if id == (ulid.ULID{}) {
			continue
		}
		if r, ok := p.listing.peek(p.extent.top + from + i); ok && r.ID == id {
			return // as a rule
		}
		if seq, ok := p.listing.find(id); ok {
			p.rows.Hold(seq - p.extent.top - i)
			return
		}
	}
}
