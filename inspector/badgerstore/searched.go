package badgerstore

import (
	"fmt"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// withSearched calls f with what a search looks at of the capture of r, which is
// good until f returns.
func withSearched(txn *badger.Txn, r *row, f func(*inspector.Capture) error) error {
	item, err := txn.Get(idKey(kindCapture, r.ID))
	if noKey(err) {
		item, err = nil, nil // what can be read counts
	}
	if err == nil {
		note := func(first string) (string, error) { return readNote(txn, r.ID, first) }
		err = decodeSearched(item, r, note, f)
	}
	if err != nil {
		return fmt.Errorf("read capture %q: %w", r.ID, err)
	}
	return nil
}

// decodeSearched reads a capture without its verdict, which takes longer to
// read than all the rest, and without a copy of its body. note gives the note
// as it is now for the one that the capture had first.
func decodeSearched(item *badger.Item, r *row, note func(first string) (string, error), f func(*inspector.Capture) error) error {
	c := inspector.Capture{Summary: r.Summary}
	c.Message.Header = make(signature.Header, 0, 16)
	take := func(tag uint64, f field) error {
		if tag == capVerdict || tag == capJudged {
			return nil
		}
		return takeCapture(&c, tag, f)
	}
	var failed error
	then := func(v []byte) error {
		if failed = decodeRecord(v, take); failed == nil {
			c.Note, failed = note(c.Note)
		}
		if failed == nil {
			failed = f(&c)
		}
		return nil
	}
	if item == nil {
		_ = then([]byte{recordVersion}) // an empty record
	} else if err := item.Value(then); err != nil {
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return failed
}

// readNote returns the note of a capture as it was last changed.
func readNote(txn *badger.Txn, id ulid.ULID, first string) (string, error) {
	item, err := txn.Get(idKey(kindChanged, id))
	if noKey(err) {
		return first, nil
	}
	if err != nil {
		return "", err
	}
	return decodeNote(item)
}

func decodeNote(item *badger.Item) (note string, err error) {
	var failed error
	err = item.Value(func(v []byte) error {
		failed = decodeRecord(v, func(tag uint64, f field) error {
			if tag == capNote {
				note = string(f)
			}
			return nil
		})
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return note, failed
}

// abreast reads the records of captures in the order of their ids, which is
// much quicker than looking up each.
type abreast struct{ rows, captures, notes *badger.Iterator }

func newAbreast(txn *badger.Txn, first ulid.ULID) *abreast {
	open := func(kind byte) *badger.Iterator {
		it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kind}})
		it.Seek(idKey(kind, first))
		return it
	}
	return &abreast{rows: open(kindSummary), captures: open(kindCapture), notes: open(kindChanged)}
}

func (a *abreast) close() {
	a.rows.Close()
	a.captures.Close()
	a.notes.Close()
}

// reach moves on to the record of id and returns it, nil if there is none.
func reach(it *badger.Iterator, id ulid.ULID) *badger.Item {
	for ; it.Valid(); it.Next() {
		switch lastID(it.Item().Key()).Compare(id) {
		case 0:
			return it.Item()
		case 1:
			return nil
		}
	}
	return nil
}

// read calls f with the next capture. Its row is of use even if the rest cannot
// be read; there is none when the capture is gone.
func (a *abreast) read(id ulid.ULID, f func(*inspector.Capture) error) (r row, err error) {
	item := reach(a.rows, id)
	if item == nil {
		return row{}, inspector.ErrNotFound
	}
	var failed error
	err = item.Value(func(v []byte) error {
		r, failed = decodeRow(id, v)
		return nil
	})
	if err != nil || failed != nil {
		return row{}, fmt.Errorf("read summary of capture %q: %w", id, ErrCorrupt)
	}
	note := func(first string) (string, error) {
		if changed := reach(a.notes, id); changed != nil {
			return decodeNote(changed)
		}
		return first, nil
	}
	return r, decodeSearched(reach(a.captures, id), &r, note, f)
}
