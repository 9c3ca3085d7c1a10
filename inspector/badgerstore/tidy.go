package badgerstore

import (
	"context"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"
)

// again makes a segment again from its captures as they are now. The old one
// counts until the new one is sealed.
func (m *sealer) again(ctx context.Context, g segment) error {
	var r run
	err := m.s.view(ctx, func(txn *badger.Txn) error {
		r = m.collect(txn, g.from, g.last)
		return nil
	})
	if err != nil {
		return err
	}
	if len(r.ids) == 0 || len(r.ids) == m.s.index.size && r.last != g.last {
		return m.remove(ctx, g.last)
	}
	r.last = g.last
	if err := m.seal(ctx, r); err != nil {
		return err
	}
	return m.tidy(ctx)
}

// remove takes a segment apart.
func (m *sealer) remove(ctx context.Context, last ulid.ULID) error {
	err := m.s.do(ctx, &op{bytes: overhead, apply: func(b *batch) error {
		b.remove(segmentKey(last))
		return nil
	}})
	if err != nil {
		return err
	}
	return m.tidy(ctx)
}

// tidy removes postings that belong to no segment: of one that was taken apart
// or made again, or that a crash left unsealed.
func (m *sealer) tidy(ctx context.Context) error {
	var stray [][]byte
	err := m.s.view(ctx, func(txn *badger.Txn) error {
		segments, _, err := readSegments(txn)
		if err != nil {
			return err
		}
		known := map[string]bool{}
		for _, g := range segments {
			known[string(postingPrefix(dayOf(g.last), g.number))] = true
		}
		it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kindPosting}})
		defer it.Close()
		for it.Rewind(); it.Valid(); {
			prefix := it.Item().KeyCopy(nil)[:min(dayLen+4, len(it.Item().Key()))]
			if !known[string(prefix)] {
				stray = append(stray, prefix)
			}
			it.Seek(append(append([]byte(nil), prefix...), 0xff)) // parts are below
		}
		return nil
	})
	for _, prefix := range stray {
		if err == nil {
			err = m.removeAll(ctx, prefix)
		}
	}
	return err
}

// removeAll removes all keys with a prefix.
func (m *sealer) removeAll(ctx context.Context, prefix []byte) error {
	for {
		keys := m.s.keysOf(prefix, removeAtOnce)
		if len(keys) == 0 {
			return nil
		}
		err := m.s.do(ctx, &op{bytes: overhead, apply: func(b *batch) error {
			for _, key := range keys {
				b.remove(key)
			}
			return nil
		}})
		if err != nil {
			return err
		}
	}
}

// keysOf returns at most limit keys with a prefix.
func (s *Store) keysOf(prefix []byte, limit int) (keys [][]byte) {
	_ = s.db.View(func(txn *badger.Txn) error { // only what f returns can fail
		it := txn.NewIterator(badger.IteratorOptions{Prefix: prefix})
		defer it.Close()
		for it.Rewind(); it.Valid() && len(keys) < limit; it.Next() {
			keys = append(keys, it.Item().KeyCopy(nil))
		}
		return nil
	})
	return keys
}
