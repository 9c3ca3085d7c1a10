package badgerstore

import (
	"bytes"
	"crypto/sha256"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// againFinder answers who had a delivery id or a content last. Badger's
// iterator shows what was committed before the batch; fresh is what the batch
// added since, gone what it deleted.
type againFinder struct {
	txn   *badger.Txn
	it    *badger.Iterator
	fresh map[string]earlier
	gone  map[ulid.ULID]bool
}

// earlier is an earlier capture with the content that it had.
type earlier struct {
	id      ulid.ULID
	content [32]byte
}

func (b *batch) finder() *againFinder {
	if b.again == nil {
		txn := b.s.db.NewTransaction(false)
		b.again = &againFinder{
			txn:   txn,
			it:    txn.NewIterator(badger.IteratorOptions{Reverse: true, Prefix: []byte{kindAgain}}),
			fresh: map[string]earlier{}, gone: map[ulid.ULID]bool{},
		}
	}
	return b.again
}

func (f *againFinder) close() {
	f.it.Close()
	f.txn.Discard()
}

// latest returns the newest earlier capture under prefix, nil when there is none.
func (f *againFinder) latest(prefix []byte) (*earlier, error) {
	if e, ok := f.fresh[string(prefix)]; ok {
		return &e, nil
	}
	newest := append(bytes.Clone(prefix), bytes.Repeat([]byte{0xff}, len(ulid.ULID{}))...)
	for f.it.Seek(newest); f.it.ValidForPrefix(prefix); f.it.Next() {
		e := earlier{id: lastID(f.it.Item().Key())}
		if f.gone[e.id] {
			continue
		}
		return &e, f.it.Item().Value(func(v []byte) error {
			copy(e.content[:], v)
			return nil
		})
	}
	return nil, nil
}

// findAgain tells how r repeats an earlier capture of its endpoint: the latest
// one with its delivery id counts first, then the latest with its content.
func (b *batch) findAgain(r *row) (*inspector.Again, error) {
	f := b.finder()
	if r.DeliveryID != "" {
		e, err := f.latest(againByID(r))
		if err != nil {
			return nil, err
		}
		if e != nil {
			return &inspector.Again{Kind: sameID(e, r), Of: e.id}, nil
		}
	}
	if !r.hasBody() {
		return nil, nil // two empty bodies say nothing about each other
	}
	e, err := f.latest(againByContent(r))
	if err != nil || e == nil {
		return nil, err
	}
	return &inspector.Again{Kind: inspector.SameContent, Of: e.id}, nil
}

func sameID(e *earlier, r *row) inspector.AgainKind {
	if e.content == r.content {
		return inspector.Duplicate
	}
	return inspector.SameIDOtherContent
}

// addAgain lets later captures find r.
func (b *batch) addAgain(r *row) {
	for _, prefix := range againPrefixes(r) {
		b.finder().fresh[string(prefix)] = earlier{id: r.ID, content: r.content}
		b.set(append(prefix, r.ID[:]...), r.content[:])
	}
}

func (b *batch) removeAgain(r *row) {
	f := b.finder()
	f.gone[r.ID] = true
	for _, prefix := range againPrefixes(r) {
		if f.fresh[string(prefix)].id == r.ID {
			delete(f.fresh, string(prefix))
		}
		b.remove(append(prefix, r.ID[:]...))
	}
}

// againPrefixes are the prefixes under which r is found.
func againPrefixes(r *row) [][]byte {
	var prefixes [][]byte
	if r.DeliveryID != "" {
		prefixes = append(prefixes, againByID(r))
	}
	if r.hasBody() {
		prefixes = append(prefixes, againByContent(r))
	}
	return prefixes
}

func (r *row) hasBody() bool { return r.content != sha256.Sum256(nil) }

func againByID(r *row) []byte { return againPrefix(againIDs, r.Endpoint, []byte(r.DeliveryID)) }

func againByContent(r *row) []byte { return againPrefix(againBody, r.Endpoint, r.content[:]) }
