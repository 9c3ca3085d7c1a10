package badgerstore

import (
	"bytes"
	"context"
	"fmt"
	"strconv"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"
)

// formatVersion stands in the store. It rises when an older Shopbell would
// misread what a newer one wrote.
const formatVersion = 1

// checkStamp stamps a new store and refuses one of a newer version.
func (s *Store) checkStamp() error {
	return s.db.Update(func(txn *badger.Txn) error {
		v, err := readValue(txn, []byte{kindStamp})
		if noKey(err) {
			return txn.Set([]byte{kindStamp}, strconv.AppendInt(nil, formatVersion, 10))
		}
		if err != nil {
			return err
		}
		version, err := strconv.Atoi(string(v))
		switch {
		case err != nil || version < 1:
			return fmt.Errorf("%w: version stamp %q, expected a number from 1", ErrCorrupt, v)
		case version > formatVersion:
			return fmt.Errorf("%w: store version %d, expected at most %d; use the newer Shopbell, or another data folder",
				ErrNewer, version, formatVersion)
		}
		return nil
	})
}

// loadTally counts what is kept.
func (s *Store) loadTally() error {
	return s.db.View(func(txn *badger.Txn) error {
		w := walk{s: s, txn: txn, kind: kindSummary}
		return w.each(context.Background(), func(id ulid.ULID, v []byte) (bool, error) {
			r, err := decodeRow(id, v)
			if err != nil {
				return true, s.passOver(err)
			}
			s.tally.count(&r, +1)
			if r.Sending > 0 {
				s.sending[id] = r
			}
			return true, nil
		})
	})
}

// loadIDs makes new ids rise from the newest kept ones.
func (s *Store) loadIDs() error {
	return s.db.View(func(txn *badger.Txn) error {
		s.captureIDs.last = newest(txn, kindSummary)
		s.queue.startDeliveries(newest(txn, kindLog))
		return nil
	})
}

// newest returns the largest id of a kind, zero when there is none.
func newest(txn *badger.Txn, kind byte) ulid.ULID {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kind}, Reverse: true})
	defer it.Close()
	it.Seek(append([]byte{kind}, bytes.Repeat([]byte{0xff}, idKeyLen)...))
	if !it.Valid() {
		return ulid.ULID{}
	}
	return lastID(it.Item().Key())
}
