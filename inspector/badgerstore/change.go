package badgerstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// Change applies change to the verdict, provider, labels, state, pin, note,
// answer and notes of a capture; what it does to other fields is not kept. It is
// durable on return.
// change runs once, on the goroutine that writes: it must be quick and must not
// call the store.
func (s *Store) Change(ctx context.Context, id ulid.ULID, change func(*inspector.Capture)) error {
	// The part that never changes may be large: it is read here, so that the
	// writer does not wait for it.
	c, err := s.Get(ctx, id)
	if err != nil {
		return err
	}
	size := int64(len(c.Note)) + overhead
	err = s.do(ctx, &op{bytes: size, apply: func(b *batch) error { return b.change(&c, change) }})
	if err != nil {
		return fmt.Errorf("change capture %q: %w", id, err)
	}
	return nil
}

func (b *batch) change(c *inspector.Capture, change func(*inspector.Capture)) error {
	r, err := b.row(c.ID)
	if err != nil {
		return err
	}
	if err := readChanged(b.txn, c); err != nil {
		return err
	}
	c.Summary = r.Summary
	if c.Again != nil { // not shared with what the tally remembers
		again := *c.Again
		c.Again = &again
	}
	before := c.Verdict
	if err := safely(func() { change(c) }); err != nil {
		return err
	}
	if v := c.Verdict; v.Outcome != before.Outcome || v.Cover != before.Cover {
		c.Outcome, c.Cover = v.Outcome, v.Cover
	}
	record, err := encodeChanged(c)
	if err != nil {
		return err
	}
	was := r
	r.Outcome, r.Cover, r.State, r.Pinned = c.Outcome, c.Cover, c.State, c.Pinned
	r.Provider, r.Detected, r.Event, r.EventDerived, r.Hint = c.Provider, c.Detected, c.Event, c.EventDerived, c.Hint
	r.DeliveryID, r.DeliveryIDDerived = c.DeliveryID, c.DeliveryIDDerived
	if failed(&was) != failed(&r) || was.DeliveryID != r.DeliveryID { // judged again, with another secret or provider
		b.removeAgain(&was)
		b.addAgain(&r)
	}
	b.set(idKey(kindChanged, r.ID), record)
	b.setRow(r)
	return nil
}

// safely keeps a panic of the caller's function from ending the writer.
func safely(f func()) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the change itself failed: %v", p)
		}
	}()
	f()
	return nil
}

// deletesAtOnce and deliveriesAtOnce bound what one op deletes, see batchOps:
// between two ops captures that arrive have their turn.
const (
	deletesAtOnce    = 64
	deliveriesAtOnce = 256
)

// Delete removes captures with all that belongs to them. Ids that are not
// there are passed over.
func (s *Store) Delete(ctx context.Context, ids ...ulid.ULID) error {
	for len(ids) > 0 {
		n := min(len(ids), deletesAtOnce)
		if err := s.deleteSome(ctx, ids[:n], false); err != nil {
			return fmt.Errorf("delete captures: %w", err)
		}
		ids = ids[n:]
	}
	return nil
}

// deleteSome deletes ids in one commit, or several if they have many
// deliveries; those that are pinned by then stay if sparePinned is set.
func (s *Store) deleteSome(ctx context.Context, ids []ulid.ULID, sparePinned bool) error {
	for {
		var again []ulid.ULID
		err := s.do(ctx, &op{bytes: overhead, apply: func(b *batch) error {
			left := deliveriesAtOnce
			for _, id := range ids {
				if !b.delete(id, &left, sparePinned) {
					again = append(again, id)
				}
			}
			return nil
		}})
		if err != nil || len(again) == 0 {
			return err
		}
		ids = again
	}
}

// delete removes a capture, or as many of its deliveries as left allows; then
// it returns false and wants to be called again.
func (b *batch) delete(id ulid.ULID, left *int, sparePinned bool) bool {
	r, err := b.row(id)
	if errors.Is(err, inspector.ErrNotFound) || (sparePinned && r.Pinned) {
		return true
	}
	if !b.deleteDeliveries(id, left) {
		return false
	}
	// A row that cannot be read must not keep the rest from going.
	if err == nil && r.Endpoint != "" {
		b.removeAgain(&r)
	}
	b.remove(idKey(kindCapture, id))
	b.remove(idKey(kindChanged, id))
	b.removeRow(id)
	b.untouch(id)
	return true
}

// deleteDeliveries removes the deliveries of a capture; false when there may be
// more of them than left allows.
func (b *batch) deleteDeliveries(id ulid.ULID, left *int) bool {
	keys := b.deliveryKeys(id, *left)
	for _, k := range keys {
		b.remove(k)
		b.remove(idKey(kindLog, lastID(k)))
	}
	*left -= len(keys)
	return *left > 0
}

// deliveryKeys returns the keys of at most limit deliveries of a capture.
func (b *batch) deliveryKeys(id ulid.ULID, limit int) [][]byte {
	it := b.txn.NewIterator(badger.IteratorOptions{Prefix: idKey(kindDelivery, id)})
	defer it.Close()
	var keys [][]byte
	for it.Rewind(); it.Valid() && len(keys) < limit; it.Next() {
		keys = append(keys, it.Item().KeyCopy(nil))
	}
	return keys
}
