package badgerstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// commitLoop is the only writer: it takes what is queued, commits it as one
// transaction with one sync, and wakes all who wait. There is no timer: while
// the disk syncs, the next commit gathers.
func (s *Store) commitLoop() {
	defer s.work.Done()
	for {
		ops := s.queue.take()
		if len(ops) == 0 {
			return
		}
		s.commit(ops)
	}
}

// do queues o and waits until it is durable.
func (s *Store) do(ctx context.Context, o *op) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	o.done = make(chan error, 1)
	if err := s.queue.push(ctx, o, nil); err != nil {
		return err
	}
	select {
	case err := <-o.done:
		return err
	case <-ctx.Done():
	}
	if s.queue.withdraw(o) {
		return ctx.Err()
	}
	return <-o.done // too late to stop: the caller must know what became of it
}

// batch is one commit in the making.
type batch struct {
	s   *Store
	txn *badger.Txn
	// entries are what was set and removed, for the journal.
	entries []entry
	// before holds the rows as they were before this batch, for the tally; a
	// nil row was not there.
	before map[ulid.ULID]*row
	after  map[ulid.ULID]*row
	days   map[uint32]*day // the figures that the batch writes, see tally.stage
	marked []*census       // whose captures leave their day together
	err    error
}

// commit makes ops durable together and tells each what became of it.
func (s *Store) commit(ops []*op) {
	s.commits.Lock()
	defer s.commits.Unlock()
	size := int64(0)
	for _, o := range ops {
		size += o.bytes
	}
	results := make([]error, len(ops))
	if err := s.commitBatch(ops, results, size); err != nil {
		for i := range results {
			if results[i] == nil {
				results[i] = err
			}
		}
		s.log.Error("commit failed", "captures and changes", len(ops), "error", err)
	}
	s.queue.free(size)
	for i, o := range ops {
		if o.done != nil {
			o.done <- results[i]
		} else if results[i] != nil {
			s.log.Warn("a delivery was not recorded", "error", results[i])
		}
	}
	s.feed.Changed()
	s.wakeRetention()
}

// commitBatch puts the outcome of each op that failed alone into results; its
// error is that of all others.
func (s *Store) commitBatch(ops []*op, results []error, size int64) error {
	if failed := s.failure.Load(); failed != nil {
		return *failed
	}
	room := s.disk.free(size)
	s.noteRoom(room)
	b := s.newBatch()
	defer b.txn.Discard()
	for i, o := range ops {
		if results[i] = s.refuse(o, room, size); results[i] == nil {
			results[i] = o.apply(b)
		}
	}
	s.tally.stage(b)
	if b.err != nil {
		return fmt.Errorf("write: %w", b.err)
	}
	if err := s.flush(b); err != nil {
		return err
	}
	s.tally.apply(b, size)
	s.activity.apply(b)
	s.committed.Add(1)
	return nil
}

// flush makes the batch durable in the journal and then has Badger take it in,
// in that order: were Badger ahead when the program ends, what is played again
// would take some of its keys back and leave others. After an error the disk is
// in doubt, and the store takes no more.
func (s *Store) flush(b *batch) error {
	var err error
	if len(b.entries) > 0 {
		err = s.journal.append(b.entries)
	}
	if err == nil {
		err = b.txn.Commit()
	}
	if err != nil {
		err = writeError(err)
		s.failure.Store(&err)
	}
	return err
}

func (s *Store) newBatch() *batch {
	return &batch{
		s: s, txn: s.db.NewTransaction(true),
		before: map[ulid.ULID]*row{}, after: map[ulid.ULID]*row{},
	}
}

// set and remove remember the first error; the whole batch then fails.
func (b *batch) set(key, value []byte) {
	if err := b.txn.Set(key, value); err != nil && b.err == nil {
		b.err = err
	}
	b.entries = append(b.entries, entry{key: key, value: value})
}

func (b *batch) remove(key []byte) {
	if err := b.txn.Delete(key); err != nil && b.err == nil {
		b.err = err
	}
	b.entries = append(b.entries, entry{key: key, deleted: true})
}

// row returns the row of a capture as of this batch, or ErrNotFound.
func (b *batch) row(id ulid.ULID) (row, error) {
	if b.s.tally.leaves(id) {
		return row{}, inspector.ErrNotFound
	}
	r, known := b.s.sending[id]
	if !known {
		var err error
		if r, err = readRow(b.txn, id); err != nil {
			return row{}, err
		}
	}
	if _, seen := b.before[id]; !seen {
		was := r
		b.before[id] = &was
	}
	return r, nil
}

// setRow writes a row and notes the change for the tally.
func (b *batch) setRow(r row) {
	b.set(idKey(kindSummary, r.ID), r.encode())
	b.touch(r.ID)
	if _, seen := b.before[r.ID]; !seen {
		b.before[r.ID] = nil
	}
	b.after[r.ID] = &r
	if r.Sending > 0 {
		b.s.sending[r.ID] = r
	} else {
		delete(b.s.sending, r.ID)
	}
}

func (b *batch) removeRow(id ulid.ULID) {
	delete(b.s.sending, id)
	b.remove(idKey(kindSummary, id))
	b.after[id] = nil
}

// refuse keeps a margin on the disk: captures stop first, so that deliveries
// and deletions still find room.
func (s *Store) refuse(o *op, room, size int64) error {
	floor := s.reserve.Load()
	if !o.capture {
		floor /= 4
	}
	// Twice the size, since the value log and the tables both grow.
	if room < 0 || o.bytes == 0 || room >= floor+2*size {
		return nil
	}
	return fullError(s.dir, room, floor+2*size)
}

// noKey tells whether Badger found no such key.
func noKey(err error) bool { return errors.Is(err, badger.ErrKeyNotFound) }
