package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// Captures that were discarded lie in the bin: one commit moves the row of a
// capture there and takes it out of figures, queues and indexes, and leaves its
// message and its deliveries where they are. So nothing is lost however the
// program ends, discarding costs the same whatever the bodies' size, and one
// commit brings all of it back. What was in the bin for inspector.DiscardTime is
// removed for good.

// The tags of a record in the bin. Never reuse one.
const (
	binSince = iota + 1
	binRow
)

// binned is a capture in the bin.
type binned struct {
	since time.Time
	row   row
}

// due is when n is to be removed, in nanoseconds of 1970.
func (n *binned) due() int64 { return n.since.Add(inspector.DiscardTime).UnixNano() }

func (n *binned) encode() []byte {
	e := newEncoder(512)
	e.moment(binSince, n.since)
	e.bytes(binRow, n.row.encode())
	return e.b
}

func decodeBinned(id ulid.ULID, b []byte) (n binned, err error) {
	err = decodeRecord(b, func(tag uint64, f field) (err error) {
		switch tag {
		case binSince:
			return f.moment(&n.since)
		case binRow:
			n.row, err = decodeRow(id, f)
		}
		return err
	})
	if err != nil {
		return n, fmt.Errorf("read discarded capture %q: %w", id, err)
	}
	return n, nil
}

// Discard removes captures as Delete does, but Recover gives them back while
// they are in the bin. Ids that are not there are passed over; a capture whose
// row cannot be read goes for good.
func (s *Store) Discard(ctx context.Context, ids ...ulid.ULID) error {
	now := s.now()
	for part := range slices.Chunk(ids, deletesAtOnce) {
		var damaged []ulid.ULID
		err := s.do(ctx, &op{bytes: overhead, apply: func(b *batch) error {
			for _, id := range part {
				if !b.discard(id, now) {
					damaged = append(damaged, id)
				}
			}
			return nil
		}})
		if err == nil && len(damaged) > 0 {
			err = s.deleteSome(ctx, damaged, false)
		}
		if err != nil {
			return fmt.Errorf("discard captures: %w", err)
		}
	}
	return nil
}

// discard puts a capture into the bin; false when its row cannot be read.
func (b *batch) discard(id ulid.ULID, now time.Time) bool {
	r, err := b.row(id)
	if err != nil {
		return errors.Is(err, inspector.ErrNotFound)
	}
	n := binned{since: now, row: r}
	b.s.binDue.CompareAndSwap(0, n.due())
	b.set(idKey(kindBinned, id), n.encode())
	if r.Endpoint != "" {
		b.removeAgain(&r)
	}
	b.removeRow(id)
	b.untouch(id)
	return true
}

// Recover gives back captures that were discarded, as they were, with what was
// delivered of them meanwhile, and tells how many. Those that are not in the
// bin any more are passed over.
func (s *Store) Recover(ctx context.Context, ids ...ulid.ULID) (back int, err error) {
	for part := range slices.Chunk(ids, deletesAtOnce) {
		var list []binned
		err := s.do(ctx, &op{bytes: overhead, apply: func(b *batch) error {
			for _, id := range part {
				n, err := b.recover(id)
				if err != nil {
					return err
				}
				list = append(list, n...)
			}
			return nil
		}})
		if err == nil {
			err = s.endAttemptsBefore(ctx, list)
		}
		if err != nil {
			return back, fmt.Errorf("recover captures: %w", err)
		}
		back += len(list)
	}
	return back, nil
}

// endAttemptsBefore ends the attempts of an earlier run of the program, which
// ended with it.
func (s *Store) endAttemptsBefore(ctx context.Context, list []binned) error {
	var cutOff []row
	for _, n := range list {
		if n.row.Sending > 0 && n.since.Before(s.began) {
			cutOff = append(cutOff, n.row)
		}
	}
	return s.endAttempts(ctx, cutOff)
}

// recover returns what came back: one, or none when it is not to be had.
func (b *batch) recover(id ulid.ULID) ([]binned, error) {
	n, err := b.binned(id)
	if errors.Is(err, inspector.ErrNotFound) || errors.Is(err, ErrCorrupt) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	b.remove(idKey(kindBinned, id))
	b.setRow(n.row)
	b.addAgain(&n.row)
	// A segment of its time may have been made without it, so each search reads it.
	b.set(idKey(kindTouched, id), nil)
	b.s.index.touched.Add(1)
	return []binned{n}, nil
}

// Discarded returns what is in the bin.
func (s *Store) Discarded(ctx context.Context) (list []inspector.Discarded, err error) {
	limit := s.now().Add(-inspector.DiscardTime)
	err = s.view(ctx, func(txn *badger.Txn) error {
		w := walk{s: s, txn: txn, kind: kindBinned}
		return w.each(ctx, func(id ulid.ULID, v []byte) (more bool, err error) {
			n, err := decodeBinned(id, v)
			if err != nil || !n.since.After(limit) {
				return true, s.passOver(err)
			}
			at := slices.IndexFunc(list, func(d inspector.Discarded) bool { return d.At.Equal(n.since) })
			if at < 0 {
				at, list = len(list), append(list, inspector.Discarded{At: n.since})
			}
			list[at].IDs = append(list[at].IDs, id)
			return true, nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list discarded captures: %w", err)
	}
	slices.SortFunc(list, func(a, b inspector.Discarded) int { return a.At.Compare(b.At) })
	return list, nil
}

// binned returns a capture in the bin as of this batch, or ErrNotFound.
func (b *batch) binned(id ulid.ULID) (binned, error) {
	v, err := readValue(b.txn, idKey(kindBinned, id))
	if noKey(err) {
		return binned{}, inspector.ErrNotFound
	}
	if err != nil {
		return binned{}, err
	}
	return decodeBinned(id, v)
}

// isBinned tells whether a capture is in the bin.
func isBinned(txn *badger.Txn, id ulid.ULID) bool {
	_, err := txn.Get(idKey(kindBinned, id))
	return !noKey(err) // in doubt nothing of it is removed or shown
}

// binnedOf returns the ids of a day's captures in the bin, in order.
func binnedOf(txn *badger.Txn, n uint32) (ids []ulid.ULID) {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: dayPrefix(kindBinned, n)})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		ids = append(ids, lastID(it.Item().Key()))
	}
	return ids
}

// emptyBin removes for good what was discarded long enough ago.
func (s *Store) emptyBin(ctx context.Context) error {
	now := s.now().UnixNano()
	if due := s.binDue.Load(); due == 0 || now < due {
		return nil
	}
	old, next, err := s.overdue(ctx, now)
	for part := range slices.Chunk(old, deletesAtOnce) {
		if err == nil {
			err = s.scrap(ctx, part, now)
		}
	}
	switch {
	case err != nil:
		return err
	case next > 0: // what came since is due later
		s.binDue.Store(next)
		return nil
	}
	return s.noteEmptyBin(ctx)
}

// overdue returns what is to leave the bin now, and when more is, 0 for never.
func (s *Store) overdue(ctx context.Context, now int64) (old []ulid.ULID, next int64, err error) {
	err = s.view(ctx, func(txn *badger.Txn) error {
		w := walk{s: s, txn: txn, kind: kindBinned}
		return w.each(ctx, func(id ulid.ULID, v []byte) (more bool, err error) {
			n, err := decodeBinned(id, v)
			switch due := n.due(); {
			case errors.Is(err, ErrNewer):
				return true, nil
			case err != nil || due <= now:
				old = append(old, id)
			case next == 0 || due < next:
				next = due
			}
			return true, s.passOver(err)
		})
	})
	return old, next, err
}

// noteEmptyBin notes that nothing is in the bin, unless something is. No commit
// puts anything there meanwhile.
func (s *Store) noteEmptyBin(ctx context.Context) error {
	s.commits.Lock()
	defer s.commits.Unlock()
	return s.view(ctx, func(txn *badger.Txn) error {
		if newest(txn, kindBinned) == (ulid.ULID{}) {
			s.binDue.Store(0)
		}
		return nil
	})
}

// scrap removes captures from the bin with all that belongs to them, in one
// commit, or several if they have many deliveries.
func (s *Store) scrap(ctx context.Context, ids []ulid.ULID, now int64) error {
	for len(ids) > 0 {
		var again []ulid.ULID
		err := s.do(ctx, &op{bytes: overhead, apply: func(b *batch) error {
			left := deliveriesAtOnce
			for _, id := range ids {
				if !b.scrap(id, now, &left) {
					again = append(again, id)
				}
			}
			return nil
		}})
		if err != nil {
			return err
		}
		ids = again
	}
	return nil
}

// scrap is delete for a capture in the bin.
func (b *batch) scrap(id ulid.ULID, now int64, left *int) bool {
	n, err := b.binned(id)
	if errors.Is(err, inspector.ErrNotFound) || err == nil && n.due() > now {
		return true // recovered meanwhile, and perhaps discarded again
	}
	if !b.deleteDeliveries(id, left) {
		return false
	}
	b.remove(idKey(kindCapture, id))
	b.remove(idKey(kindChanged, id))
	b.remove(idKey(kindBinned, id))
	return true
}
