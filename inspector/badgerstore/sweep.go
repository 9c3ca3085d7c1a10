package badgerstore

import (
	"context"
	"errors"
	"slices"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"
)

// Captures that left a day together may still be named in the index of
// repetitions, whose keys know no day. Such a name counts for nothing: gone
// looks. A sweep takes them out in small steps, and goes on after a restart.

func sweepKey() []byte { return []byte{kindMark, 'a'} }

const (
	// sweptAtOnce bounds what one step reads, sweptChanges what it writes.
	sweptAtOnce  = 4096
	sweptChanges = 256
)

// gone tells whether a capture that an index names is no longer there. It asks
// the store only about days of which captures left together.
func (s *Store) gone(txn *badger.Txn, id ulid.ULID) bool {
	if d := s.tally.day(dayOf(id)); d != nil && d.count > 0 && !d.cut {
		return false
	}
	_, err := txn.Get(idKey(kindSummary, id))
	return noKey(err) || s.tally.leaves(id)
}

// sweep is how far a sweep has come.
type sweep struct {
	due  bool
	from []byte // the next key to look at
	run  int    // rises with each new sweep
}

// startSweep makes a sweep begin, or begin anew; t is locked.
func (t *tally) startSweep(b *batch) {
	t.sweep = sweep{due: true, from: []byte{kindAgain}, run: t.sweep.run + 1}
	b.set(sweepKey(), t.sweep.from)
}

func (t *tally) sweepNow() sweep {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.sweep
}

// loadSweep goes on with a sweep that was not finished.
func (s *Store) loadSweep() error {
	return s.db.View(func(txn *badger.Txn) error {
		v, err := readValue(txn, sweepKey())
		if noKey(err) {
			return nil
		}
		if len(v) == 0 || v[0] != kindAgain {
			v = []byte{kindAgain}
		}
		s.tally.sweep = sweep{due: true, from: v}
		return err
	})
}

// sweepStep takes what is gone out of some keys of the index; false when there
// is no more to do, or not now.
func (s *Store) sweepStep(ctx context.Context) (more bool) {
	at := s.tally.sweepNow()
	if !at.due {
		return false
	}
	var stale [][]byte
	var next []byte
	err := s.view(ctx, func(txn *badger.Txn) (err error) {
		stale, next, err = s.staleAgain(txn, at.from)
		return err
	})
	if err == nil {
		err = s.do(ctx, &op{bytes: overhead, apply: func(b *batch) error {
			for _, key := range stale {
				b.setHolders(key, b.holders(key)) // which leaves out what is gone
			}
			s.tally.swept(b, at, next)
			return nil
		}})
	}
	if err != nil && ctx.Err() == nil {
		s.log.Warn("the index of repetitions was not swept", "error", err)
	}
	return err == nil
}

// staleAgain returns keys from one on that name what is gone, and the key to go
// on from: nil at the end.
func (s *Store) staleAgain(txn *badger.Txn, from []byte) (stale [][]byte, next []byte, err error) {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kindAgain}, PrefetchValues: true, PrefetchSize: 256})
	defer it.Close()
	seen := 0
	for it.Seek(from); it.Valid(); it.Next() {
		if seen++; seen > sweptAtOnce || len(stale) == sweptChanges {
			return stale, it.Item().KeyCopy(nil), nil
		}
		var list []holder
		err := it.Item().Value(func(v []byte) (err error) {
			list, err = decodeHolders(v)
			return err
		})
		stands := !slices.ContainsFunc(list, func(h holder) bool { return s.gone(txn, h.id) })
		if errors.Is(err, ErrCorrupt) || err == nil && !stands {
			stale = append(stale, it.Item().KeyCopy(nil))
		}
	}
	return stale, nil, nil
}

// swept notes that a step from at to next was made. At the end no day is cut any
// more, unless another sweep was begun meanwhile.
func (t *tally) swept(b *batch, at sweep, next []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.sweep.run != at.run {
		return
	}
	if next != nil {
		t.sweep.from = next
		b.set(sweepKey(), next)
		return
	}
	t.sweep = sweep{run: at.run}
	b.remove(sweepKey())
	if b.days == nil {
		b.days = map[uint32]*day{}
	}
	for n, d := range t.days {
		if d.cut && !d.going {
			t.staged(b, n).cut = false
		}
	}
}
