package badgerstore

import (
	"fmt"
	"slices"

	"shopbell/inspector"
)

// rowsAtMost is how many postings one clue is looked up in: more hardly rule
// out more.
const rowsAtMost = 16

// plan is what a query asks of the index: all of its needs.
type plan []need

// need holds for a capture when one of its clues does.
type need []*clue

// clue holds for a capture when it has all tokens; it may hold for others too,
// whose tokens fall on the same rows.
type clue struct{ tokens []token }

type token struct {
	hash uint32
	term bool
	seen int // captures that had it in the segment looked at last
}

// newPlan turns the needs of a query into tokens. What gives none, such as a
// word of two letters, is left out.
func newPlan(needs []inspector.Need) (p plan) {
	for _, alternatives := range needs {
		var n need
		for _, c := range alternatives {
			n = append(n, newClue(c))
		}
		if !slices.ContainsFunc(n, func(c *clue) bool { return len(c.tokens) == 0 }) {
			p = append(p, n)
		}
	}
	return p
}

func newClue(c inspector.Clue) *clue {
	out := &clue{}
	if c.Kind != "" {
		out.tokens = []token{{hash: termHash(c.Kind, c.Value), term: true}}
		return out
	}
	hashes := newCutter().cut(nil, []byte(c.Text))
	slices.Sort(hashes)
	for _, hash := range slices.Compact(hashes) {
		out.tokens = append(out.tokens, token{hash: hash})
	}
	return out
}

// candidates returns the positions in a segment of all captures that meet the
// plan, and some others. An error means that the segment cannot be read.
func (p plan) candidates(r *reader) (bitset, error) {
	all := newBitset(r.n)
	all.fill(r.n)
	for _, n := range p {
		if err := n.narrow(r, all); err != nil {
			return nil, err
		}
	}
	always := newBitset(r.n)
	if err := decodePosting(r.always, always, r.n); err != nil {
		return nil, fmt.Errorf("%w: %w", errIndex, err)
	}
	all.or(always)
	return all, nil
}

// narrow leaves in set those that meet the need.
func (n need) narrow(r *reader, set bitset) error {
	if len(n) == 1 {
		return n[0].narrow(r, set)
	}
	before := slices.Clone(set)
	clear(set)
	for _, c := range n {
		some := slices.Clone(before)
		if err := c.narrow(r, some); err != nil {
			return err
		}
		set.or(some)
	}
	return nil
}

// narrow leaves in set those that have the tokens of the clue. It looks up
// first what was rarest in the last segment, or not looked up there.
func (c *clue) narrow(r *reader, set bitset) error {
	slices.SortStableFunc(c.tokens, func(a, b token) int { return a.seen - b.seen })
	for i := range c.tokens[:min(len(c.tokens), rowsAtMost)] {
		if set.count() == 0 {
			return nil
		}
		t := &c.tokens[i]
		if !t.term && t.seen*8 > r.n*7 { // nearly all have it; that may be otherwise in other segments
			t.seen -= r.n / 16
			continue
		}
		for _, row := range t.rows(r.gramBits) {
			had, err := r.row(row)
			if err != nil {
				return err
			}
			t.seen = had.count()
			set.and(had)
		}
	}
	return nil
}

func (t *token) rows(gramBits int) []int {
	if t.term {
		rows := termRowsOf(t.hash)
		return rows[:]
	}
	return []int{gramRow(t.hash, gramBits)}
}
