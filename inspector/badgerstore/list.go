package badgerstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// Page returns at most limit summaries that match q, newest first, older than
// before (the zero id: from the newest). limit 0 means all. A capture is read
// as a whole only when its summary cannot decide, and not at all when the index
// rules it out.
func (s *Store) Page(ctx context.Context, q inspector.Query, before ulid.ULID, limit int) ([]inspector.Summary, error) {
	page, _, err := s.find(ctx, q, before, limit, time.Time{})
	return page, err
}

// Search is a Page that ends after so long with what it found, at the earliest
// after one capture. reached is the before to go on with, the zero id when
// nothing older is left.
func (s *Store) Search(ctx context.Context, q inspector.Query, before ulid.ULID, limit int, patience time.Duration) (page []inspector.Summary, reached ulid.ULID, err error) {
	return s.find(ctx, q, before, limit, time.Now().Add(patience))
}

// find looks until the time tells it to stop, the zero time never.
func (s *Store) find(ctx context.Context, q inspector.Query, before ulid.ULID, limit int, until time.Time) (out []inspector.Summary, reached ulid.ULID, err error) {
	err = s.view(ctx, func(txn *badger.Txn) error {
		f := newSearch(ctx, s, txn, q, before, limit)
		f.until = until
		defer f.close()
		err := f.run()
		if out = f.out; errors.Is(err, errEnough) || err == nil && !f.wantsMore() {
			reached, err = f.below, nil
		}
		return err
	})
	if err != nil {
		return nil, ulid.ULID{}, fmt.Errorf("list captures: %w", err)
	}
	return out, reached, nil
}

func matches(txn *badger.Txn, q inspector.Query, r *row) (match bool, err error) {
	match, whole := q.Matches(&r.Summary)
	if !match || !whole {
		return match, nil
	}
	err = withSearched(txn, r, func(c *inspector.Capture) error {
		match = q.MatchesWhole(c)
		return nil
	})
	return match && err == nil, err
}

// passOver lets a list go on after a damaged record, which must not hide all
// others. A record of a newer version is another matter: it is good.
func (s *Store) passOver(err error) error {
	if err == nil || !errors.Is(err, ErrCorrupt) {
		return err
	}
	s.log.Warn("a damaged record was passed over", "error", err)
	return nil
}

// After returns at most limit captures newer than id, oldest first. limit 0
// means all.
func (s *Store) After(ctx context.Context, id ulid.ULID, limit int) ([]inspector.Summary, error) {
	var out []inspector.Summary
	err := s.view(ctx, func(txn *badger.Txn) error {
		w := walk{s: s, txn: txn, kind: kindSummary, from: id}
		return w.each(ctx, func(id ulid.ULID, v []byte) (more bool, err error) {
			r, err := decodeRow(id, v)
			if err != nil {
				return true, s.passOver(err)
			}
			out = append(out, r.Summary)
			return limit <= 0 || len(out) < limit, nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list captures: %w", err)
	}
	return out, nil
}

// DeliveriesAfter returns at most limit deliveries newer than id, oldest first,
// without header and body. limit 0 means all.
func (s *Store) DeliveriesAfter(ctx context.Context, id ulid.ULID, limit int) ([]inspector.Delivery, error) {
	var out []inspector.Delivery
	err := s.view(ctx, func(txn *badger.Txn) error {
		bin := s.binDue.Load() != 0 // whoever discards sets it before the commit that txn may see
		w := walk{s: s, txn: txn, kind: kindLog, from: id}
		return w.each(ctx, func(id ulid.ULID, v []byte) (more bool, err error) {
			d, err := decodeDelivery(id, v)
			if err != nil {
				return true, s.passOver(err)
			}
			if bin && isBinned(txn, d.Capture) {
				return true, nil
			}
			out = append(out, d)
			return limit <= 0 || len(out) < limit, nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list deliveries: %w", err)
	}
	return out, nil
}

// walk goes over the records of a kind in the order of their ids, from beyond
// one id (the zero id: from the end).
type walk struct {
	s           *Store
	txn         *badger.Txn
	kind        byte
	newestFirst bool
	from        ulid.ULID
}

// each calls f until it wants no more, ctx ends or the store closes. The value
// is good until f returns.
func (w walk) each(ctx context.Context, f func(id ulid.ULID, v []byte) (more bool, err error)) error {
	it := w.txn.NewIterator(badger.IteratorOptions{
		Prefix: []byte{w.kind}, Reverse: w.newestFirst, PrefetchValues: false,
	})
	defer it.Close()
	var room []byte
	for it.Seek(w.start()); it.Valid(); it.Next() {
		if err := w.stopped(ctx); err != nil {
			return err
		}
		id, more := lastID(it.Item().Key()), true
		if id == w.from {
			continue
		}
		v, err := it.Item().ValueCopy(room)
		if err != nil {
			err = w.s.passOver(fmt.Errorf("%w: record of %q: %w", ErrCorrupt, id, err))
		} else {
			room = v
			more, err = f(id, v)
		}
		if err != nil || !more {
			return err
		}
	}
	return nil
}

func (w walk) start() []byte {
	if w.from == (ulid.ULID{}) && w.newestFirst {
		return append([]byte{w.kind}, bytes.Repeat([]byte{0xff}, idKeyLen)...)
	}
	return idKey(w.kind, w.from)
}

func (w walk) stopped(ctx context.Context) error {
	select {
	case <-w.s.closing:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	default:
		return nil
	}
}
