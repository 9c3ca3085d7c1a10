package badgerstore

import (
	"cmp"
	"context"
	"fmt"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"
)

// Repair makes anew what follows from the rows: the figures, the queues for the
// shop and the index of repetitions. Captures are neither changed nor removed.
// The store in o.Dir must not be open.
func Repair(ctx context.Context, o Options) error {
	s, err := Open(o)
	if err != nil {
		return err
	}
	if err := s.repairAgain(ctx); err != nil {
		_ = s.Close() // the first error is the one to tell
		return fmt.Errorf("repair store %q: %w", o.Dir, err)
	}
	if err := s.Close(); err != nil {
		return err
	}
	// The figures are counted at the next start, before anybody asks for them.
	if s, err = Open(o); err != nil {
		return err
	}
	return s.Close()
}

// repairAgain completes the index of repetitions, takes out what is gone, and
// has all else counted at the next start.
func (s *Store) repairAgain(ctx context.Context) error {
	err := s.do(ctx, &op{bytes: overhead, apply: func(b *batch) error {
		b.set(recountKey(), nil)
		s.tally.suspectAll(b)
		return nil
	}})
	for err == nil && ctx.Err() == nil && s.sweepStep(ctx) {
	}
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return err
	}
	var some []row
	add := func() error {
		rows := some
		some = nil
		return s.do(ctx, &op{bytes: overhead, apply: func(b *batch) error {
			for i := range rows {
				for _, key := range lackingAgain(b.txn, &rows[i]) {
					b.addHolder(key, rows[i].holder())
				}
			}
			return nil
		}})
	}
	err = s.view(ctx, func(txn *badger.Txn) error {
		w := walk{s: s, txn: txn, kind: kindSummary}
		return w.each(ctx, func(id ulid.ULID, v []byte) (bool, error) {
			r, err := decodeRow(id, v)
			if err == nil && len(lackingAgain(txn, &r)) > 0 {
				some = append(some, r)
			}
			if len(some) == deletesAtOnce {
				return true, add()
			}
			return true, nil
		})
	})
	if err == nil && len(some) > 0 {
		err = add()
	}
	return err
}

// suspectAll makes the index of repetitions be swept for all days.
func (t *tally) suspectAll(b *batch) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if b.days == nil {
		b.days = map[uint32]*day{}
	}
	for n := range t.days {
		t.staged(b, n).cut = true
	}
	t.startSweep(b)
}
