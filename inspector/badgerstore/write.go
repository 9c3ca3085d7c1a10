package badgerstore

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// maxRecord is what Badger can hold in one value with our value log files.
const maxRecord = smallestLog - 1<<20

// overhead is what an op holds in memory beside its records.
const overhead = 1 << 10

// Keep makes c durable and sets c.ID and c.Again before it returns. Deliveries
// that c brings along, from an import, are kept with it.
func (s *Store) Keep(ctx context.Context, c *inspector.Capture) error {
	kept := *c
	if kept.ContentHash == [32]byte{} {
		kept.ContentHash = sha256.Sum256(kept.Message.Body)
	}
	record, err := encodeCapture(&kept, s.records.get(recordSize(&kept.Message)))
	if err != nil {
		return fmt.Errorf("keep capture: %w", err)
	}
	if len(record) > maxRecord {
		return fmt.Errorf("keep capture: it has %d bytes, expected at most %d", len(record), maxRecord)
	}
	r := row{Summary: kept.Summary, content: kept.ContentHash, bytes: int64(len(record)) + overhead}
	err = s.do(ctx, &op{bytes: r.bytes, capture: true, apply: func(b *batch) error {
		return b.keep(&r, record)
	}})
	s.noteTurnedAway(err)
	if err != nil {
		return fmt.Errorf("keep capture: %w", err)
	}
	s.records.put(record)
	if err := s.keepDeliveries(ctx, r.ID, kept.Deliveries); err != nil {
		return errors.Join(fmt.Errorf("keep capture: %w", err), s.Delete(context.WithoutCancel(ctx), r.ID))
	}
	c.ID, c.Again, c.ContentHash = r.ID, r.Again, kept.ContentHash
	return nil
}

func (b *batch) keep(r *row, record []byte) error {
	r.ID = b.s.captureIDs.next(b.s.now())
	r.Again = nil
	if r.Endpoint != "" {
		r.Again = b.noteAgain(r)
	}
	b.set(idKey(kindCapture, r.ID), record)
	b.setRow(*r)
	return nil
}

// keepDeliveries keeps the deliveries of an imported capture, whose summary
// tells of them already.
func (s *Store) keepDeliveries(ctx context.Context, id ulid.ULID, deliveries []inspector.Delivery) error {
	for i := range deliveries {
		d := &deliveries[i]
		d.Capture = id
		if err := s.queueDelivery(ctx, d, nil); err != nil {
			return err
		}
	}
	if len(deliveries) == 0 {
		return nil
	}
	return s.Sync(ctx)
}

// Record adds d to its capture and sets d.ID, and with it the capture's state
// and last status. It returns once d is queued; while the queue is full it
// waits. A delivery of a capture that was deleted is dropped.
func (s *Store) Record(ctx context.Context, d *inspector.Delivery, state inspector.State) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("record delivery: %w", err)
	}
	status, millis, fault, unknown := d.Status, d.Millis, d.Error, d.Unknown
	err := s.queueDelivery(ctx, d, func(r *row) {
		r.Attempts++
		r.Sending = max(r.Sending-1, 0)
		r.Status, r.Millis, r.Error, r.Unknown, r.State = status, millis, fault, unknown, state
	})
	if err != nil {
		return fmt.Errorf("record delivery: %w", err)
	}
	return nil
}

// queueDelivery queues d and sets d.ID; change is applied to its capture's row.
func (s *Store) queueDelivery(ctx context.Context, d *inspector.Delivery, change func(*row)) error {
	whole, short := encodeDelivery(d, true), encodeDelivery(d, false)
	if len(whole) > maxRecord {
		return fmt.Errorf("it has %d bytes, expected at most %d", len(whole), maxRecord)
	}
	kept := &inspector.Delivery{Capture: d.Capture}
	o := &op{patient: true, bytes: int64(len(whole)+len(short)) + overhead}
	o.apply = func(b *batch) error {
		r, put, err := b.rowAnywhere(kept.Capture)
		if errors.Is(err, inspector.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if change != nil {
			change(&r)
		}
		r.bytes += o.bytes
		b.set(deliveryKey(kept.Capture, kept.ID), whole)
		b.set(idKey(kindLog, kept.ID), short)
		put(r)
		return nil
	}
	now := s.now()
	if err := s.queue.push(ctx, o, func() { kept.ID = s.queue.nextDelivery(now) }); err != nil {
		return err
	}
	d.ID = kept.ID
	return nil
}

// rowAnywhere is row, also for a capture in the bin; put writes it back there.
func (b *batch) rowAnywhere(id ulid.ULID) (r row, put func(row), err error) {
	r, err = b.row(id)
	if !errors.Is(err, inspector.ErrNotFound) {
		return r, b.setRow, err
	}
	n, err := b.binned(id)
	return n.row, func(r row) {
		n.row = r
		b.set(idKey(kindBinned, id), n.encode())
	}, err
}

// Remember keeps a small fact across restarts, durable on return.
func (s *Store) Remember(ctx context.Context, key, value string) error {
	if key == "" || len(key) > 1024 {
		return fmt.Errorf("remember %q: expected a key of 1 to 1024 bytes", key)
	}
	if len(value) > maxRecord {
		return fmt.Errorf("remember %q: the value has %d bytes, expected at most %d", key, len(value), maxRecord)
	}
	err := s.do(ctx, &op{bytes: int64(len(value)) + overhead, apply: func(b *batch) error {
		b.set(factKey(key), []byte(value))
		return nil
	}})
	if err != nil {
		return fmt.Errorf("remember %q: %w", key, err)
	}
	return nil
}
