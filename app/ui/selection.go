package ui

import (
	"maps"

	"github.com/oklog/ulid/v2"
)

// selection is which captures are chosen together, by id, so that it stays with
// them while rows arrive and leave. It takes the same room for two captures and
// for a million: a stretch of the list is kept as its ends. Its zero value is
// none; a single capture that is only looked at is not in it.
type selection struct {
	// from and to are the newest and the oldest capture of the stretch; rows is how
	// many rows it had when it was chosen, 0 when there is no stretch.
	from, to ulid.ULID
	rows     int
	more     bool // the list went on beyond its known end, so there are more
	// added are chosen beside the stretch, taken are in it and not chosen.
	added, taken map[ulid.ULID]bool
	anchor       anchor
}

// anchor is where the next stretch begins.
type anchor struct {
	id  ulid.ULID
	seq int
	in  *listing // that seq is of
}

// some tells whether anything is chosen together.
func (s *selection) some() bool { return s.rows > 0 || len(s.added) > 0 }

// count is how many captures are chosen, as far as the list knows.
func (s *selection) count() int { return s.rows + len(s.added) - len(s.taken) }

// holds tells whether a capture of the list is chosen.
func (s *selection) holds(id ulid.ULID) bool {
	if s.added[id] {
		return true
	}
	return s.inStretch(id) && !s.taken[id]
}

func (s *selection) inStretch(id ulid.ULID) bool {
	return s.rows > 0 && id.Compare(s.from) <= 0 && id.Compare(s.to) >= 0
}

// toggle chooses a capture too, or no longer.
func (s *selection) toggle(id ulid.ULID) {
	in, where, other := s.inStretch(id), &s.added, s.taken
	if in {
		where, other = &s.taken, s.added
	}
	delete(other, id)
	if (*where)[id] {
		delete(*where, id)
		return
	}
	if *where == nil {
		*where = map[ulid.ULID]bool{}
	}
	(*where)[id] = true
}

// stretch chooses the captures from one to another, and no others.
func (s *selection) stretch(from, to ulid.ULID, rows int) {
	*s = selection{from: from, to: to, rows: rows, anchor: s.anchor}
}

// clone returns a copy that does not change with s.
func (s *selection) clone() selection {
	c := *s
	c.added, c.taken = maps.Clone(s.added), maps.Clone(s.taken)
	return c
}

// clear chooses none.
func (s *selection) clear() { *s = selection{anchor: s.anchor} }
