package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"
)

// errTouched: a capture of the day changed while retention looked at it.
var errTouched = errors.New("captures of the day changed meanwhile")

// Many captures leave a day together: Badger drops all keys with a beginning,
// which costs a few small compactions where deleting would cost a key for each,
// and which gives the space back. It is no transaction, so it goes like this:
// one commit takes the captures out of the day's figures and marks the day; from
// then on they count as gone. Then their keys go, those of the list first. Then
// the mark goes. A start that finds the mark counts the day anew and removes
// what has lost its row.

// startLeaving begins to watch a day.
func (t *tally) startLeaving(n uint32) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.leaving == nil {
		t.leaving = map[uint32]*leaving{}
	}
	t.leaving[n] = &leaving{touched: map[ulid.ULID]bool{}}
}

func (t *tally) endLeaving() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.leaving = nil
}

// dropMany removes those of each census that leave. A day of which one
// of those changed meanwhile is passed over; the next retention tries again.
func (s *Store) dropMany(ctx context.Context, all []*census) (dropped int, err error) {
	var marked []*census
	for _, c := range all {
		ok, err := s.mark(ctx, c)
		if err != nil {
			return 0, err
		}
		if ok {
			marked = append(marked, c)
			dropped += c.leaving
		}
	}
	if len(marked) == 0 {
		return 0, nil
	}
	s.feed.Changed()
	var logs []*census
	for _, c := range marked {
		log, err := s.logCensus(ctx, c)
		if err != nil {
			return 0, err
		}
		logs = append(logs, log)
	}
	if err := errors.Join(s.settle(ctx), s.checkpoint()); err != nil {
		return 0, err
	}
	if err := s.dropPieces(ctx, s.piecesOf(marked, logs)); err != nil {
		return 0, err
	}
	return dropped, s.do(ctx, &op{bytes: overhead, apply: func(b *batch) error {
		s.tally.unmark(b, marked)
		return nil
	}})
}

// mark takes those that leave out of the figures of their day; false when the
// day changed since the census.
func (s *Store) mark(ctx context.Context, c *census) (ok bool, err error) {
	leavers := c.leavers()
	if !c.open {
		s.queue.raiseDeliveries(lastOfDay(c.day)) // the log of that day is over, too
	}
	err = s.do(ctx, &op{bytes: overhead, apply: func(b *batch) error { return s.tally.mark(b, c, leavers) }})
	if errors.Is(err, errTouched) {
		return false, nil
	}
	return err == nil, err
}

func (t *tally) mark(b *batch, c *census, leavers []ulid.ULID) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.leaving[c.day]
	for id := range b.after {
		l.touch(id)
	}
	for id := range l.touched {
		if contains(leavers, id) {
			return errTouched
		}
	}
	if b.days == nil {
		b.days = map[uint32]*day{}
	}
	d := t.staged(b, c.day)
	d.less(&c.gone)
	d.going, d.cut = true, true
	l.ids = leavers
	b.marked = append(b.marked, c)
	t.startSweep(b)
	return nil
}

// unmark tells that all who were to leave have left.
func (t *tally) unmark(b *batch, left []*census) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if b.days == nil {
		b.days = map[uint32]*day{}
	}
	for _, c := range left {
		t.staged(b, c.day).going = false
	}
}

// logCensus finds the log entries of the deliveries of leavers. Those of other
// days are deleted one by one; those of the same day are returned.
func (s *Store) logCensus(ctx context.Context, c *census) (*census, error) {
	n, leavers, log := c.day, c.leavers(), &census{day: c.day}
	var strays [][]byte
	err := s.db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.IteratorOptions{Prefix: dayPrefix(kindDelivery, n)})
		defer it.Close()
		for it.Rewind(); it.Valid() && ctx.Err() == nil; it.Next() {
			delivery := lastID(it.Item().Key())
			if id, ok := captureAt(it); ok && dayOf(delivery) != n && contains(leavers, id) {
				strays = append(strays, idKey(kindLog, delivery))
			}
		}
		return errors.Join(ctx.Err(), s.eachLogged(ctx, txn, n, func(delivery, capture ulid.ULID) {
			log.add(delivery, contains(leavers, capture))
		}))
	})
	if err != nil {
		return nil, err
	}
	for keys := range slices.Chunk(strays, deliveriesAtOnce) {
		err := s.do(ctx, &op{bytes: overhead, apply: func(b *batch) error {
			for _, k := range keys {
				b.remove(k)
			}
			return nil
		}})
		if err != nil {
			return nil, err
		}
	}
	log.open = c.open
	log.bound()
	return log, nil
}

// eachLogged calls f with each delivery of a day's log and its capture; one
// that cannot be read has no capture.
func (s *Store) eachLogged(ctx context.Context, txn *badger.Txn, n uint32, f func(delivery, capture ulid.ULID)) error {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: dayPrefix(kindLog, n), PrefetchValues: true, PrefetchSize: 256})
	defer it.Close()
	var room []byte
	for it.Rewind(); it.Valid() && ctx.Err() == nil; it.Next() {
		id, capture := lastID(it.Item().Key()), ulid.ULID{}
		v, err := it.Item().ValueCopy(room)
		if err == nil {
			room = v
			capture, err = capturedOf(v)
		}
		if err != nil {
			err = s.passOver(fmt.Errorf("%w: delivery %q: %w", ErrCorrupt, id, err))
		}
		if err != nil {
			return err
		}
		f(id, capture)
	}
	return ctx.Err()
}

// capturedOf reads of a delivery's record whose delivery it is.
func capturedOf(v []byte) (capture ulid.ULID, err error) {
	err = decodeRecord(v, func(tag uint64, f field) error {
		if tag == delCapture {
			return f.id(&capture)
		}
		return nil
	})
	return capture, err
}

func contains(sorted []ulid.ULID, id ulid.ULID) bool {
	_, found := slices.BinarySearchFunc(sorted, id, ulid.ULID.Compare)
	return found
}
