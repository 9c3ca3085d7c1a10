package badgerstore

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// Report is what a check found.
type Report struct {
	Captures   int `json:"captures"`
	Deliveries int `json:"deliveries"`
	// Wrong counts the problems, of which Problems lists the first.
	Wrong    int       `json:"wrong"`
	Problems []Problem `json:"problems"`
}

// Problem is one thing that is wrong with a store.
type Problem struct {
	// Capture is the id of the capture that it harms, "" for none.
	Capture string `json:"capture,omitempty"`
	Says    string `json:"says"`
	// Mends tells that a repair makes it right.
	Mends bool `json:"mends"`
}

// problemsListed bounds the list: a store that lost a file has very many.
const problemsListed = 1000

func (r *Report) add(id ulid.ULID, mends bool, format string, args ...any) {
	if r.Wrong++; len(r.Problems) == problemsListed {
		return
	}
	p := Problem{Says: fmt.Sprintf(format, args...), Mends: mends}
	if id != (ulid.ULID{}) {
		p.Capture = id.String()
	}
	r.Problems = append(r.Problems, p)
}

// Check reads every record, counts anew and compares, and follows every index
// to what it points to. Nothing may be written meanwhile but by the store's own
// retention, which it holds back.
func (s *Store) Check(ctx context.Context) (Report, error) {
	s.retainMu.Lock()
	defer s.retainMu.Unlock()
	r := Report{Problems: []Problem{}}
	if err := s.Sync(ctx); err != nil {
		return r, fmt.Errorf("check store: %w", err)
	}
	err := s.view(ctx, func(txn *badger.Txn) error {
		s.checkTables(&r)
		days, err := s.checkDays(ctx, txn, &r)
		if err != nil {
			return err
		}
		s.checkFigures(&r, days)
		for _, check := range []func(context.Context, *badger.Txn, *Report) error{s.checkWaiting, s.checkLog, s.checkAgain} {
			if err := check(ctx, txn, &r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return r, fmt.Errorf("check store: %w", err)
	}
	return r, nil
}

// checkTables verifies the checksums of all blocks of all tables.
func (s *Store) checkTables(r *Report) {
	defer func() {
		if p := recover(); p != nil {
			r.add(ulid.ULID{}, false, "a table cannot be read: %v", p)
		}
	}()
	if err := s.db.VerifyChecksum(); err != nil {
		r.add(ulid.ULID{}, false, "a table is damaged: %v", err)
	}
}

// checkDays reads all that belongs to captures and returns the figures of the
// days as counted.
func (s *Store) checkDays(ctx context.Context, txn *badger.Txn, r *Report) (map[uint32]*day, error) {
	days := map[uint32]*day{}
	for _, n := range recordDays(txn) {
		d := &day{endpoint: map[string]int{}}
		err := eachRow(ctx, txn, n, func(one *row, err error) error {
			if err != nil {
				r.add(one.ID, false, "%v", err)
				return nil
			}
			d.add(one, +1)
			r.Captures++
			checkCapture(txn, r, one)
			return nil
		})
		if err != nil {
			return nil, err
		}
		days[n] = d
		if known := s.tally.day(n); known == nil || !known.going { // else they go with the next retention
			for _, id := range orphansOf(ctx, txn, n) {
				r.add(id, false, "the summary is gone; what else was kept of the capture cannot be listed")
			}
		}
	}
	return days, ctx.Err()
}

// recordDays returns the days of which anything of a capture is kept, in order.
func recordDays(txn *badger.Txn) []uint32 {
	var days []uint32
	for _, kind := range []byte(captureKinds) {
		it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kind}})
		for it.Rewind(); it.Valid(); {
			id, ok := captureAt(it)
			if !ok {
				it.Next()
				continue
			}
			days = append(days, dayOf(id))
			it.Seek(dayPrefix(kind, dayOf(id)+1))
		}
		it.Close()
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// checkCapture reads the records of one capture.
func checkCapture(txn *badger.Txn, r *Report, one *row) {
	c, err := readCapture(txn, one)
	if err != nil {
		r.add(one.ID, false, "%v", err)
	} else if sha256.Sum256(c.Message.Body) != c.ContentHash && c.Handshake == "" {
		r.add(one.ID, false, "the body is not what was kept: its hash differs")
	}
	deliveries, err := readDeliveries(txn, one.ID)
	if err != nil {
		r.add(one.ID, false, "a delivery cannot be read: %v", err)
	}
	r.Deliveries += len(deliveries)
}

// checkFigures compares the figures of the days with what was counted.
func (s *Store) checkFigures(r *Report, counted map[uint32]*day) {
	s.tally.mu.Lock()
	defer s.tally.mu.Unlock()
	for n, d := range s.tally.days {
		if counted[n] == nil && d.count != 0 {
			r.add(ulid.ULID{}, true, "the figures of day %s tell of %d captures, expected none", dayName(n), d.count)
		}
	}
	for n, d := range counted {
		known := s.tally.days[n]
		if known == nil && d.count > 0 {
			r.add(ulid.ULID{}, true, "the figures of day %s are missing, expected %d captures", dayName(n), d.count)
		} else if known != nil && !known.same(d) {
			r.add(ulid.ULID{}, true, "the figures of day %s tell of %d captures in %d bytes, expected %d in %d",
				dayName(n), known.count, known.live, d.count, d.live)
		}
	}
}

func dayName(n uint32) string { return ulid.Time(uint64(n) * dayMillis).UTC().Format("2006-01-02") }

// rowState tells whether a capture has a row that can be read, and whether it
// waits.
func rowState(txn *badger.Txn, id ulid.ULID) (there, waiting bool, endpoint string) {
	one, err := readRow(txn, id)
	return err == nil, err == nil && one.State == inspector.Waiting, one.Endpoint
}
