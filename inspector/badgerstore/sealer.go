package badgerstore

import (
	"context"
	"errors"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"
)

const (
	// sealEvery is the least time between two looks for captures to index.
	sealEvery = 250 * time.Millisecond
	// busyCaptures is how many captures between two looks make the store busy:
	// then indexing waits, until so many segments' worth wait with it that a
	// search in what is not indexed would be felt.
	busyCaptures = 200
	busySegments = 2
	// sealRetry is how long the sealer waits after a failure, such as a full disk.
	sealRetry = time.Minute
	// sweepEvery is how often segments without captures are looked for anyway.
	sweepEvery = time.Hour
	// quietAfter is how long no indexed capture changes before it is quiet.
	quietAfter = 10 * time.Second
	// A segment is made again when of its captures one in touchedBusy changed,
	// or one in touchedQuiet and no other capture changes.
	touchedBusy  = 2
	touchedQuiet = 64
)

// sealLoop indexes in the background what is kept. It asks the store each time
// what is left to do, so that nothing it did not finish is lost.
func (s *Store) sealLoop() {
	defer s.work.Done()
	ctx, cancel := s.untilClosing()
	defer cancel()
	changed, end := s.feed.Subscribe()
	defer end()
	m := sealer{s: s, restless: true}
	for {
		pause, busy := sealEvery, m.busy()
		if busy {
			// Replies come first.
		} else if err := m.pass(ctx); err != nil && ctx.Err() == nil && !errors.Is(err, ErrClosed) {
			s.log.Warn("captures could not be indexed for the search", "error", err)
			pause = sealRetry
		}
		m.matrix = nil // it is large, and may not be needed for long
		select {
		case <-s.closing:
			return
		case <-time.After(pause):
		}
		if busy {
			continue
		}
		select {
		case <-s.closing:
			return
		case <-changed:
		case <-s.index.wake:
		case <-time.After(m.rest()):
		}
	}
}

// busy tells whether so much arrives that indexing can wait.
func (m *sealer) busy() bool {
	kept := m.s.tally.counts().All
	busy := kept-m.seen > busyCaptures && kept-m.kept < busySegments*m.s.index.size
	if m.seen = kept; !busy {
		m.kept = kept
	}
	return busy
}

// rest is how long the sealer waits when nobody wakes it.
func (m *sealer) rest() time.Duration {
	if m.restless {
		return quietAfter
	}
	return sweepEvery
}

// sealer makes segments and takes them apart.
type sealer struct {
	s      *Store
	matrix *matrix
	seen   int  // captures at the last look
	kept   int  // captures when there was last time for indexing
	tidied bool // what a crash left was looked for
	swept  time.Time
	parcel parcel
	// changed counts changes of indexed captures since segments were last made
	// again for many; restless tells that there was any since all were looked at.
	changed   int64
	changedAt time.Time
	restless  bool
}

// pass does all there is to do.
func (m *sealer) pass(ctx context.Context) error {
	if !m.tidied {
		if err := m.tidy(ctx); err != nil {
			return err
		}
		m.tidied = true
	}
	for _, last := range m.s.index.reported() {
		if err := m.remove(ctx, last); err != nil {
			return err
		}
	}
	for ctx.Err() == nil {
		r, bad, err := m.next(ctx)
		for _, last := range bad {
			if err := m.remove(ctx, last); err != nil {
				return err
			}
		}
		switch {
		case err != nil:
			return err
		case len(bad) > 0:
			continue
		case len(r.ids) == 0:
			if err := m.mend(ctx); err != nil {
				return err
			}
			m.s.index.passes.Add(1)
			return nil
		}
		if err := m.seal(ctx, r); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// run is captures for one segment.
type run struct {
	from, last ulid.ULID // see segment
	ids        []ulid.ULID
}

// next returns the oldest captures that are in no segment, if there are enough
// of them: as many as a segment has, or all of a day that is over.
func (m *sealer) next(ctx context.Context) (r run, bad []ulid.ULID, err error) {
	err = m.s.view(ctx, func(txn *badger.Txn) error {
		segments, unusable, err := readSegments(txn)
		if bad = unusable; err != nil || len(bad) > 0 {
			return err
		}
		from := ulid.ULID{}
		for _, g := range segments {
			if r = m.collect(txn, from, g.from); len(r.ids) > 0 {
				return nil
			}
			from = g.last
		}
		r = m.collect(txn, from, lastOfAll())
		if len(r.ids) == 0 || len(r.ids) == m.s.index.size || dayOf(newest(txn, kindSummary)) > dayOf(r.last) {
			return nil
		}
		if today := m.s.now().UnixMilli() / dayMillis; today <= int64(dayOf(r.last)) {
			r = run{} // the day is not over
		}
		return nil
	})
	return r, bad, err
}

func lastOfAll() (id ulid.ULID) {
	for i := range id {
		id[i] = 0xff
	}
	return id
}

// collect returns captures of one day, above from and up to the given one.
func (m *sealer) collect(txn *badger.Txn, from, upTo ulid.ULID) run {
	r := run{from: from}
	if from.Compare(upTo) >= 0 {
		return r
	}
	it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kindSummary}})
	defer it.Close()
	for it.Seek(idKey(kindSummary, after(from))); it.Valid() && len(r.ids) < m.s.index.size; it.Next() {
		id := lastID(it.Item().Key())
		if id.Compare(upTo) > 0 || len(r.ids) > 0 && dayOf(id) != dayOf(r.last) {
			break
		}
		r.ids, r.last = append(r.ids, id), id
	}
	return r
}

// mend makes segments again of which too many captures changed, and removes
// those of which no capture is left.
func (m *sealer) mend(ctx context.Context) error {
	least := m.changes()
	gone := m.s.index.removed.Swap(false) || time.Since(m.swept) > sweepEvery
	if least == 0 && !gone {
		return nil
	}
	var worn, empty []segment
	err := m.s.view(ctx, func(txn *badger.Txn) error {
		segments, _, err := readSegments(txn)
		for _, g := range segments {
			if gone && !g.isHeld(txn) {
				empty = append(empty, g)
			} else if least > 0 && len(g.touched(txn)) > g.n/least {
				worn = append(worn, g)
			}
		}
		return err
	})
	if gone {
		m.swept = time.Now()
	}
	for _, g := range empty {
		if err == nil {
			err = m.remove(ctx, g.last)
		}
	}
	for _, g := range worn {
		if err == nil {
			err = m.again(ctx, g)
		}
	}
	return err
}

// changes tells by which part of its captures a segment must have changed to be
// made again, 0 when that need not be looked at now.
func (m *sealer) changes() (least int) {
	n := m.s.index.touched.Swap(0)
	if n > 0 {
		m.changed, m.restless, m.changedAt = m.changed+n, true, time.Now()
	}
	if m.restless && time.Since(m.changedAt) >= quietAfter {
		m.restless = false
		return touchedQuiet
	}
	if m.changed < int64(m.s.index.size/touchedBusy) {
		return 0
	}
	m.changed = 0
	return touchedBusy
}
