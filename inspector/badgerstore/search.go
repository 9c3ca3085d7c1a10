package badgerstore

import (
	"context"
	"errors"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// search finds the captures that match a query, newest first. In a segment it
// reads those that the index lets through and those that changed; outside of
// segments it reads all.
type search struct {
	ctx   context.Context
	s     *Store
	txn   *badger.Txn
	q     inspector.Query
	plan  plan
	limit int       // 0 is none
	until time.Time // when to stop with errEnough, zero is never
	out   []inspector.Summary
	// below is above all ids that are still to be looked at.
	below   ulid.ULID
	start   ulid.ULID        // what below began as
	touched *badger.Iterator // over the marks of changes, newest first; nil until needed
}

// errEnough ends a search whose time is over; below tells how far it came.
var errEnough = errors.New("the time of the search is over")

func newSearch(ctx context.Context, s *Store, txn *badger.Txn, q inspector.Query, before ulid.ULID, limit int) *search {
	if before == (ulid.ULID{}) {
		before = lastOfAll()
	}
	return &search{ctx: ctx, s: s, txn: txn, q: q, plan: newPlan(q.Needs()), limit: limit, below: before, start: before}
}

func (f *search) close() {
	if f.touched != nil {
		f.touched.Close()
	}
}

// run looks through segments and what is between them.
func (f *search) run() error {
	segments, err := f.segments()
	for i := len(segments) - 1; i >= 0 && err == nil && f.wantsMore(); i-- {
		g := segments[i]
		if f.below.Compare(g.from) <= 0 {
			continue // before was further down
		}
		if f.below.Compare(after(g.last)) > 0 {
			err = f.readAll(g.last)
		}
		if err == nil && f.wantsMore() {
			err = f.readSegment(g)
		}
	}
	if err == nil && f.wantsMore() {
		err = f.readAll(ulid.ULID{})
	}
	return err
}

func (f *search) wantsMore() bool { return f.limit <= 0 || len(f.out) < f.limit }

// segments are those that can be passed over in part, or as a whole; none when
// the query can be met by any capture.
func (f *search) segments() ([]segment, error) {
	if len(f.plan) == 0 && f.q.Anytime() {
		return nil, nil
	}
	segments, bad, err := readSegments(f.txn)
	for _, last := range bad {
		f.s.index.report(last)
	}
	return segments, err
}

// readSegment looks at the captures of a segment that may match.
func (f *search) readSegment(g segment) error {
	if err := f.stopped(); err != nil {
		return err
	}
	if err := f.patient(); err != nil {
		return err
	}
	if !f.q.Within(g.oldest, g.newest) {
		f.below = after(g.from)
		return nil
	}
	r := newReader(f.txn, g)
	set, err := f.plan.candidates(r)
	// Where the index rules little out, it is quicker to read one after another.
	if err == nil && set.count() <= g.n/2 {
		err = f.readSome(r, set)
	}
	if errors.Is(err, errIndex) {
		f.s.index.report(g.last)
		f.s.log.Warn("a part of the search index cannot be read and is made again", "error", err)
		err = nil
	}
	if err == nil && f.wantsMore() {
		err = f.readAll(g.from) // what is left of the segment, if anything
	}
	return err
}

// readSome looks at the captures at some positions, and at those that changed.
func (f *search) readSome(r *reader, set bitset) error {
	changed := f.changed(&r.segment)
	for position := r.n - 1; position >= 0; position-- {
		if !set.has(position) {
			continue
		}
		id, err := r.id(position)
		if err != nil {
			return err
		}
		for len(changed) > 0 && changed[0].Compare(id) > 0 && err == nil {
			err = f.look(changed[0])
			changed = changed[1:]
		}
		if err == nil {
			err = f.look(id)
		}
		if err != nil || !f.wantsMore() {
			return err
		}
	}
	for _, id := range changed {
		if err := f.look(id); err != nil {
			return err
		}
	}
	f.below = after(r.from)
	return nil
}

// changed returns the captures that changed after their segment was sealed, the
// newest first. Call it for one segment after the other, the newest first.
func (f *search) changed(g *segment) (ids []ulid.ULID) {
	if f.touched == nil {
		f.touched = f.txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kindTouched}, Reverse: true})
		f.touched.Seek(idKey(kindTouched, g.last))
	}
	for ; f.touched.Valid(); f.touched.Next() {
		id := lastID(f.touched.Item().Key())
		if id.Compare(g.from) <= 0 {
			break
		}
		if g.holds(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// look looks at one capture, unless it was looked at before, is gone, or there
// are enough.
func (f *search) look(id ulid.ULID) error {
	if id.Compare(f.below) >= 0 || !f.wantsMore() {
		return nil
	}
	if err := f.stopped(); err != nil {
		return err
	}
	if err := f.patient(); err != nil {
		return err
	}
	f.below = id
	r, err := readRow(f.txn, id)
	if errors.Is(err, inspector.ErrNotFound) {
		return nil
	}
	if err == nil {
		err = f.ask(&r)
	}
	return f.s.passOver(err)
}

// readAll looks at all captures above low that were not looked at.
func (f *search) readAll(low ulid.ULID) error {
	if f.below == after(low) {
		return nil
	}
	w := walk{s: f.s, txn: f.txn, kind: kindSummary, newestFirst: true, from: f.below}
	err := w.each(f.ctx, func(id ulid.ULID, v []byte) (more bool, err error) {
		if id.Compare(low) <= 0 {
			return false, nil
		}
		if err := f.patient(); err != nil {
			return false, err
		}
		f.below = id
		r, err := decodeRow(id, v)
		if err == nil {
			err = f.ask(&r)
		}
		return f.wantsMore(), f.s.passOver(err)
	})
	if err == nil && f.wantsMore() {
		f.below = after(low)
	}
	return err
}

// ask decides on one capture.
func (f *search) ask(r *row) error {
	match, err := matches(f.txn, f.q, r)
	if match && err == nil {
		f.out = append(f.out, r.Summary)
	}
	return err
}

// patient ends a search whose time is over, unless it has not got on yet.
func (f *search) patient() error {
	if !f.until.IsZero() && f.below != f.start && time.Now().After(f.until) {
		return errEnough
	}
	return nil
}

func (f *search) stopped() error { return walk{s: f.s}.stopped(f.ctx) }
