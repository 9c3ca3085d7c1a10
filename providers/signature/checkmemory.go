package signature

import (
	"strings"
	"sync"
)

// memory is what a check puts together. It can be used again by the next one:
// for the short bodies of most deliveries making it anew takes as long as the
// hash.
type memory struct {
	words   []byte   // evidence that is written piece by piece
	spans   []extent // where in words the evidence of a step stands, for each step
	variant extent   // of Verdict.Variant
	copies  []byte   // keys, signatures and short pieces of the signed text
	hasher  hasher
	room    room
	store   store
	fixed   fixed
}

// extent is a part of the words; its zero value is none.
type extent struct{ from, to int }

// room is what the lists of most checks fit into.
type room struct {
	fields Fields
	keys   [2]key
	found  [2]found
	texts  [2]text
	pieces [8]piece
	pairs  [6]pair
	hidden [2]hidden
}

// fixed is room that nothing of a message and of a secret comes into: where
// something stands is no secret.
type fixed struct {
	lines   [8]extent
	spans   [6]extent
	members [8]member
}

// maxReused bounds the bytes that stay at hand for the next check.
const maxReused = 64 << 10

// sharedCheck is a check with the scheme that it runs.
type sharedCheck struct {
	check
	scheme Shared
}

// checks are those that are over. Nothing of a message and of a secret stays in
// one, so that it makes no difference who gets it.
var checks = sync.Pool{New: func() any {
	c := new(sharedCheck)
	c.store.many = true
	return c
}}

// release wipes c and gives it back. A verdict holds nothing of it.
func (c *sharedCheck) release() {
	c.findings = findings{}
	c.forget()
	checks.Put(c)
}

// forget leaves nothing of a message and of a secret.
func (m *memory) forget() {
	clear(m.copies)
	m.words, m.copies = m.words[:0], m.copies[:0]
	if cap(m.words) > maxReused || cap(m.copies) > maxReused {
		m.words, m.copies = nil, nil
	}
	m.variant = extent{}
	m.room = room{} // alone: together with others it would be copied
	m.hasher.wipe()
}

// copied is text as bytes that last as long as the check.
func (c *check) copied(text string) []byte {
	from := len(c.copies)
	c.copies = append(c.copies, text...)
	return c.copies[from:len(c.copies):len(c.copies)]
}

// store is where verdicts lie. What one check asks of it lasts as long as its
// verdict does; of a check that is used again several verdicts lie in one piece
// of memory, for asking for a piece each takes a tenth of a short check.
type store struct {
	many  bool
	kept  []kept
	texts strings.Builder
}

// Of these sizes the allocator has seven and six in one piece of its own; of
// 4 KB it has two, and taking a piece costs as much as several checks.
const (
	keptAtOnce  = 16
	textsAtOnce = 9472
)

func (s *store) steps() *kept {
	if len(s.kept) == 0 {
		s.kept = make([]kept, 1)
		if s.many {
			s.kept = make([]kept, keptAtOnce)
		}
	}
	k := &s.kept[0]
	s.kept = s.kept[1:]
	return k
}

func (s *store) text(words []byte) string {
	if !s.many || len(words) > textsAtOnce/4 {
		return string(words)
	}
	if s.texts.Cap()-s.texts.Len() < len(words) {
		s.texts = strings.Builder{}
		s.texts.Grow(textsAtOnce)
	}
	from := s.texts.Len()
	s.texts.Write(words)
	return s.texts.String()[from:]
}
