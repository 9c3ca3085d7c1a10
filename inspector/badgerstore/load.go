package badgerstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"
)

// formatVersion stands in the store. It rises when an older Shopbell would
// misread what a newer one wrote, or would write what a newer one misreads.
// Version 2 has the figures of each day and the index of what waits.
const formatVersion = 2

// checkStamp stamps a new store, brings one of version 1 forward and refuses
// one of a newer version.
func (s *Store) checkStamp() error {
	version, err := s.readStamp()
	if err != nil || version == formatVersion {
		return err
	}
	s.changed = true
	return s.db.Update(func(txn *badger.Txn) error {
		if version != 0 {
			s.log.Info("the store is brought to a newer version; an older Shopbell cannot open it any more",
				"from", version, "to", formatVersion)
			if err := txn.Set(recountKey(), nil); err != nil {
				return err
			}
		}
		return txn.Set([]byte{kindStamp}, strconv.AppendInt(nil, formatVersion, 10))
	})
}

// readStamp returns the version of the store, 0 when it is new.
func (s *Store) readStamp() (version int, err error) {
	err = s.db.View(func(txn *badger.Txn) error {
		v, err := readValue(txn, []byte{kindStamp})
		if noKey(err) {
			return nil
		}
		if err != nil {
			return err
		}
		version, err = strconv.Atoi(string(v))
		switch {
		case err != nil || version < 1:
			return fmt.Errorf("%w: version stamp %q, expected a number from 1", ErrCorrupt, v)
		case version > formatVersion:
			return fmt.Errorf("%w: store version %d, expected at most %d; use the newer Shopbell, or another data folder",
				ErrNewer, version, formatVersion)
		}
		return nil
	})
	return version, err
}

// loadTally reads the figures of all days and who waits. Figures that cannot
// be trusted are counted anew.
func (s *Store) loadTally() error {
	if err := s.recount(); err != nil {
		return err
	}
	suspect, err := s.loadDays()
	if err != nil {
		return err
	}
	for _, n := range suspect {
		d, err := s.recountDay(n)
		if err != nil {
			return err
		}
		d.going, d.cut = true, true // the rest of what was going goes with the next retention
		s.tally.put(n, d)
	}
	return errors.Join(s.loadWaiting(), s.loadSending())
}

// loadSending finds what was being sent when the store was last used: the newest
// of their days as a rule, so few rows are read.
func (s *Store) loadSending() error {
	return s.db.View(func(txn *badger.Txn) error {
		for n, d := range s.tally.days {
			left := d.sending
			it := txn.NewIterator(badger.IteratorOptions{Prefix: dayPrefix(kindSummary, n), Reverse: true})
			for it.Seek(append(dayPrefix(kindSummary, n), bytes.Repeat([]byte{0xff}, idKeyLen)...)); left > 0 && it.Valid(); it.Next() {
				id := lastID(it.Item().Key())
				r, err := readRow(txn, id)
				if err = s.passOver(err); err != nil {
					it.Close()
					return err
				}
				if r.Sending > 0 {
					s.sending[id] = r
					s.tally.send(&r, +1)
					left--
				}
			}
			it.Close()
		}
		return nil
	})
}

// loadDays returns the days whose figures are in doubt: captures of theirs were
// being removed when the store was last closed, or the record is damaged.
func (s *Store) loadDays() (suspect []uint32, err error) {
	err = s.db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kindDay}, PrefetchValues: true, PrefetchSize: 100})
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			n, err := dayFromKey(it.Item().Key())
			if err != nil {
				return err
			}
			d, err := readDay(it.Item())
			if err != nil {
				if err = s.passOver(err); err != nil {
					return err
				}
				d = &day{going: true}
			}
			s.tally.put(n, d)
			if d.going {
				suspect = append(suspect, n)
			}
		}
		return nil
	})
	return suspect, err
}

func readDay(item *badger.Item) (*day, error) {
	v, err := item.ValueCopy(nil)
	if err != nil {
		return nil, fmt.Errorf("%w: figures of a day: %w", ErrCorrupt, err)
	}
	return decodeDay(v)
}

// loadWaiting reads who waits for the shop: that is all of it, however much is
// kept.
func (s *Store) loadWaiting() error {
	return s.db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kindWaiting}, PrefetchValues: true, PrefetchSize: 100})
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			name, err := it.Item().ValueCopy(nil)
			if err != nil {
				if err = s.passOver(fmt.Errorf("%w: index of what waits: %w", ErrCorrupt, err)); err != nil {
					return err
				}
				continue
			}
			s.tally.wait(string(name), lastID(it.Item().Key()), true)
		}
		return nil
	})
}

// loadIDs makes new ids rise from the newest ever given, also when its capture
// is gone.
func (s *Store) loadIDs() error {
	return s.db.View(func(txn *badger.Txn) error {
		last := newest(txn, kindSummary)
		if d := s.tally.day(s.tally.newest); d != nil && d.last.Compare(last) > 0 {
			last = d.last
		}
		s.captureIDs.last = last
		if r, err := readRow(txn, last); err == nil && r.Received.Unix() > 0 {
			s.captureIDs.day = uint32(r.Received.UnixMilli() / dayMillis)
		}
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

// eachRow calls f with each row of a day, in order. What cannot be read comes
// with its error and nothing but the id.
func eachRow(ctx context.Context, txn *badger.Txn, n uint32, f func(r *row, err error) error) error {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: dayPrefix(kindSummary, n), PrefetchValues: true, PrefetchSize: 256})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		id := lastID(it.Item().Key())
		v, err := it.Item().ValueCopy(nil)
		if err != nil {
			err = fmt.Errorf("%w: summary of capture %q: %w", ErrCorrupt, id, err)
		}
		r := row{}
		if err == nil {
			r, err = decodeRow(id, v)
		}
		r.ID = id
		if err := f(&r, err); err != nil {
			return err
		}
	}
	return nil
}
