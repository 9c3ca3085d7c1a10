package badgerstore

import (
	"context"
	"slices"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"
)

// checkWaiting compares the index of what waits with the rows, both ways.
func (s *Store) checkWaiting(ctx context.Context, txn *badger.Txn, r *Report) error {
	indexed := map[ulid.ULID]bool{}
	it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kindWaiting}})
	defer it.Close()
	for it.Rewind(); it.Valid() && ctx.Err() == nil; it.Next() {
		key := it.Item().Key()
		id := lastID(key)
		_, waiting, endpoint := rowState(txn, id)
		if !waiting || string(key) != string(waitingKey(endpoint, id)) {
			r.add(id, true, "the queue for the shop names it although it does not wait")
		}
		indexed[id] = true
	}
	w := walk{s: s, txn: txn, kind: kindSummary}
	return w.each(ctx, func(id ulid.ULID, v []byte) (bool, error) {
		one, err := decodeRow(id, v)
		if err == nil && waits(&one) && !indexed[id] {
			r.add(id, true, "it waits for the shop, but stands in no queue")
		}
		return true, nil // a row that cannot be read is told of elsewhere
	})
}

// checkLog follows the log of deliveries to the deliveries.
func (s *Store) checkLog(ctx context.Context, txn *badger.Txn, r *Report) error {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kindLog}, PrefetchValues: true, PrefetchSize: 256})
	defer it.Close()
	for it.Rewind(); it.Valid() && ctx.Err() == nil; it.Next() {
		delivery := lastID(it.Item().Key())
		v, err := it.Item().ValueCopy(nil)
		capture := ulid.ULID{}
		if err == nil {
			capture, err = capturedOf(v)
		}
		if err != nil {
			r.add(capture, false, "the log entry of delivery %s cannot be read: %v", delivery, err)
			continue
		}
		if known := s.tally.day(dayOf(capture)); known != nil && known.going {
			continue // it goes with its capture
		}
		if _, err := txn.Get(deliveryKey(capture, delivery)); err != nil {
			r.add(capture, false, "the log tells of delivery %s, which is gone", delivery)
		}
	}
	return ctx.Err()
}

// checkAgain follows the index of repetitions to the captures, and looks for
// those that it lacks. A sweep that is under way explains what is gone.
func (s *Store) checkAgain(ctx context.Context, txn *badger.Txn, r *Report) error {
	sweeping := s.tally.sweepNow().due
	it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kindAgain}, PrefetchValues: true, PrefetchSize: 256})
	defer it.Close()
	for it.Rewind(); it.Valid() && ctx.Err() == nil; it.Next() {
		var list []holder
		v, err := it.Item().ValueCopy(nil)
		if err == nil {
			list, err = decodeHolders(v)
		}
		if err != nil {
			r.add(ulid.ULID{}, true, "an entry of the index of repetitions cannot be read: %v", err)
		}
		for _, h := range list {
			if _, err := txn.Get(idKey(kindSummary, h.id)); err != nil && !sweeping {
				r.add(h.id, true, "the index of repetitions names it, but it is gone")
			}
		}
	}
	w := walk{s: s, txn: txn, kind: kindSummary}
	return w.each(ctx, func(id ulid.ULID, v []byte) (bool, error) {
		one, err := decodeRow(id, v)
		if err == nil && len(lackingAgain(txn, &one)) > 0 {
			r.add(id, true, "the index of repetitions does not name it")
		}
		return true, nil
	})
}

// lackingAgain returns the keys of the index that should name a capture and do
// not, although they have room for it.
func lackingAgain(txn *badger.Txn, r *row) (keys [][]byte) {
	for _, key := range againKeys(r) {
		var list []holder
		v, err := readValue(txn, key)
		if err == nil {
			list, err = decodeHolders(v)
		}
		named := slices.ContainsFunc(list, func(h holder) bool { return h.id == r.ID })
		if (err == nil || noKey(err)) && !named && len(list) < holdersKept {
			keys = append(keys, key)
		}
	}
	return keys
}
