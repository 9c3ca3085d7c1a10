package badgerstore

import (
	"context"
	"encoding/binary"
	"errors"
	"time"

	"github.com/dgraph-io/badger/v4"
)

// A recount makes the figures of the days and the index of what waits from the
// rows: once when a store of version 1 is brought forward, and when the figures
// were found to be wrong. It goes day by day and, after a restart, on from the
// last day that is finished; until then its mark stands in the store.

func recountKey() []byte { return []byte{kindMark, 'r'} }

// progressEvery is how often a recount tells how far it is.
const progressEvery = 2 * time.Second

// recount does nothing when no recount is due.
func (s *Store) recount() error {
	first, due, err := s.recountMark()
	if err != nil || !due {
		return err
	}
	s.changed = true
	if first == 0 {
		if err := s.db.DropPrefix([]byte{kindDay}, []byte{kindWaiting}); err != nil {
			return err
		}
	}
	days, err := s.rowDays(first)
	if err != nil {
		return err
	}
	said, captures := time.Now(), 0
	for i, n := range days {
		d, err := s.recountDay(n)
		if err != nil {
			return err
		}
		mark := badger.NewEntry(recountKey(), binary.BigEndian.AppendUint32(nil, n+1))
		err = s.db.Update(func(txn *badger.Txn) error {
			return errors.Join(txn.Set(dayPrefix(kindDay, n), d.encode()), txn.SetEntry(mark))
		})
		if err != nil {
			return err
		}
		captures += d.count
		if time.Since(said) > progressEvery {
			said = time.Now()
			s.log.Info("counting captures", "days", i+1, "of", len(days), "captures", captures)
		}
	}
	return s.db.Update(func(txn *badger.Txn) error { return txn.Delete(recountKey()) })
}

// recountMark returns the first day that is still to be counted, and whether
// any is.
func (s *Store) recountMark() (first uint32, due bool, err error) {
	err = s.db.View(func(txn *badger.Txn) error {
		v, err := readValue(txn, recountKey())
		if noKey(err) {
			return nil
		}
		if due = err == nil; len(v) == 4 {
			first = binary.BigEndian.Uint32(v)
		}
		return err
	})
	return first, due, err
}

// rowDays returns the days from first on that have rows, one seek a day.
func (s *Store) rowDays(first uint32) (days []uint32, err error) {
	err = s.db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kindSummary}})
		defer it.Close()
		for it.Seek(dayPrefix(kindSummary, first)); it.Valid(); it.Seek(dayPrefix(kindSummary, first)) {
			n := dayOf(lastID(it.Item().Key()))
			days = append(days, n)
			first = n + 1
		}
		return nil
	})
	return days, err
}

// recountDay counts the rows of a day and writes who of them waits. A row that
// cannot be read does not count.
func (s *Store) recountDay(n uint32) (*day, error) {
	d := &day{endpoint: map[string]int{}}
	batch := s.db.NewWriteBatch()
	defer batch.Cancel()
	err := s.db.View(func(txn *badger.Txn) error {
		return eachRow(context.Background(), txn, n, func(r *row, err error) error {
			if r.ID.Compare(d.last) > 0 {
				d.last = r.ID
			}
			if err != nil {
				return s.passOver(err)
			}
			d.add(r, +1)
			if waits(r) {
				return batch.Set(waitingKey(r.Endpoint, r.ID), []byte(r.Endpoint))
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	return d, batch.Flush()
}
