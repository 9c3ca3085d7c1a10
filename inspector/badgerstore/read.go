package badgerstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// view runs f on a view of the store that does not change meanwhile.
func (s *Store) view(ctx context.Context, f func(*badger.Txn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	return s.db.View(f)
}

// Get returns the whole capture with its deliveries, or ErrNotFound.
func (s *Store) Get(ctx context.Context, id ulid.ULID) (inspector.Capture, error) {
	var c inspector.Capture
	err := s.view(ctx, func(txn *badger.Txn) error {
		r, err := readRow(txn, id)
		if err != nil {
			return err
		}
		if c, err = readCapture(txn, &r); err != nil {
			return err
		}
		c.Deliveries, err = readDeliveries(txn, id)
		return err
	})
	if err != nil {
		return inspector.Capture{}, fmt.Errorf("get capture %q: %w", id, err)
	}
	return c, nil
}

// Summary returns the small record of one capture, or ErrNotFound.
func (s *Store) Summary(ctx context.Context, id ulid.ULID) (inspector.Summary, error) {
	var r row
	err := s.view(ctx, func(txn *badger.Txn) (err error) {
		r, err = readRow(txn, id)
		return err
	})
	if err != nil {
		return inspector.Summary{}, fmt.Errorf("get summary of capture %q: %w", id, err)
	}
	return r.Summary, nil
}

// Pending returns at most limit captures of an endpoint that are Waiting,
// oldest first, but those for which skip is true. limit 0 means all.
func (s *Store) Pending(ctx context.Context, endpoint string, limit int, skip func(ulid.ULID) bool) ([]inspector.Summary, error) {
	var out []inspector.Summary
	err := s.view(ctx, func(txn *badger.Txn) error {
		for _, id := range s.tally.pending(endpoint, limit, skip) {
			r, err := readRow(txn, id)
			if errors.Is(err, inspector.ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			// The list in memory may be a commit ahead of or behind this view.
			if r.State == inspector.Waiting {
				out = append(out, r.Summary)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list captures that wait: %w", err)
	}
	return out, nil
}

// Recall returns what Remember kept under key, "" when nothing.
func (s *Store) Recall(ctx context.Context, key string) (string, error) {
	var value []byte
	err := s.view(ctx, func(txn *badger.Txn) (err error) {
		value, err = readValue(txn, factKey(key))
		return err
	})
	if noKey(err) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("recall %q: %w", key, err)
	}
	return string(value), nil
}

// readValue returns a copy of a value; badger.ErrKeyNotFound when there is none.
func readValue(txn *badger.Txn, key []byte) ([]byte, error) {
	item, err := txn.Get(key)
	if err != nil {
		return nil, err
	}
	v, err := item.ValueCopy(nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return v, nil
}

func readRow(txn *badger.Txn, id ulid.ULID) (row, error) {
	v, err := readValue(txn, idKey(kindSummary, id))
	if noKey(err) {
		return row{}, inspector.ErrNotFound
	}
	if err != nil {
		return row{}, err
	}
	return decodeRow(id, v)
}

// readCapture returns the capture of r without its deliveries.
func readCapture(txn *badger.Txn, r *row) (inspector.Capture, error) {
	c := inspector.Capture{Summary: r.Summary}
	v, err := readValue(txn, idKey(kindCapture, r.ID))
	if noKey(err) {
		err = fmt.Errorf("%w: the message is gone", ErrCorrupt)
	}
	if err != nil {
		return c, err
	}
	if err := decodeCapture(&c, v); err != nil {
		return c, err
	}
	return c, readChanged(txn, &c)
}

// readChanged replaces in c what was changed since it was kept.
func readChanged(txn *badger.Txn, c *inspector.Capture) error {
	v, err := readValue(txn, idKey(kindChanged, c.ID))
	if noKey(err) {
		return nil
	}
	if err != nil {
		return err
	}
	c.Notes, c.Answer, c.Note = nil, inspector.Reply{}, ""
	return decodeCapture(c, v)
}

func readDeliveries(txn *badger.Txn, id ulid.ULID) ([]inspector.Delivery, error) {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: idKey(kindDelivery, id)})
	defer it.Close()
	var out []inspector.Delivery
	for it.Rewind(); it.Valid(); it.Next() {
		v, err := it.Item().ValueCopy(nil)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
		}
		d, err := decodeDelivery(lastID(it.Item().Key()), v)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}
