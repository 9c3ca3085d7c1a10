package badgerstore

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// TestCountsEqualAScan does what comes to mind from many sides at once, and
// compares the figures in memory with a count of all that is on disk.
func TestCountsEqualAScan(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, Options{Dir: dir})
	var wg sync.WaitGroup
	for w := range 8 {
		r := rand.New(rand.NewPCG(1, uint64(w)))
		wg.Go(func() {
			var mine []ulid.ULID
			for range 60 {
				mine = randomStep(t, s, r, mine)
			}
		})
	}
	wg.Wait()
	flushed(t, s)
	want := s.Counts()
	if scanned := scan(t, s); !reflect.DeepEqual(withoutBytes(want), scanned) {
		t.Errorf("counts  %+v\nscanned %+v", want, scanned)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, Options{Dir: dir})
	if got := s.Counts(); !reflect.DeepEqual(withoutBytes(got), withoutBytes(want)) {
		t.Errorf("after reopening %+v\nbefore it %+v", got, want)
	}
	if s.Counts().Bytes == 0 {
		t.Error("a store takes no space")
	}
}

// randomStep keeps, records, changes or deletes, mostly in captures of its own.
func randomStep(t *testing.T, s *Store, r *rand.Rand, mine []ulid.ULID) []ulid.ULID {
	ctx, err := context.Background(), error(nil)
	if len(mine) == 0 || r.IntN(3) == 0 {
		c := sample([]string{"", "live", "test"}[r.IntN(3)], fmt.Sprint(r.IntN(9)), fmt.Sprint(r.IntN(9)))
		c.Outcome = []signature.Outcome{signature.Verified, signature.Stale, signature.Mismatch, signature.Unsigned}[r.IntN(4)]
		c.State = states()[r.IntN(4)]
		if err := s.Keep(ctx, c); err != nil {
			t.Error(err)
		}
		return append(mine, c.ID)
	}
	at := r.IntN(len(mine))
	switch r.IntN(3) {
	case 0:
		err = s.Record(ctx, &inspector.Delivery{Capture: mine[at], Status: 200}, states()[r.IntN(4)])
	case 1:
		err = s.Change(ctx, mine[at], func(c *inspector.Capture) {
			c.Pinned, c.State = !c.Pinned, states()[r.IntN(4)]
			c.Verdict.Outcome = []signature.Outcome{signature.Verified, signature.Missing}[r.IntN(2)]
		})
	case 2:
		err = s.Delete(ctx, mine[at])
		mine = append(mine[:at:at], mine[at+1:]...)
	}
	if err != nil {
		t.Error(err)
	}
	return mine
}

func states() []inspector.State {
	return []inspector.State{inspector.Kept, inspector.Held, inspector.Waiting, inspector.Done}
}

func scan(t *testing.T, s *Store) inspector.Counts {
	waiting := map[string]int{}
	c := inspector.Counts{Endpoint: map[string]int{}, WaitingAt: waiting}
	for _, one := range page(t, s, "") {
		c.All++
		c.Endpoint[one.Endpoint]++
		c.NotVerified += when(one.Outcome.Held(), 1)
		c.Held += when(one.State == inspector.Held, 1)
		c.Pinned += when(one.Pinned, 1)
		if one.State == inspector.Waiting {
			c.Waiting++
			waiting[one.Endpoint]++
		}
	}
	for _, endpoint := range []string{"", "live", "test"} {
		if list, err := s.Pending(context.Background(), endpoint, 0, nil); err != nil || len(list) != waiting[endpoint] {
			t.Errorf("%d of %q are pending, %v; want %d", len(list), endpoint, err, waiting[endpoint])
		}
	}
	return c
}

func withoutBytes(c inspector.Counts) inspector.Counts {
	c.Bytes, c.Free, c.Low = 0, 0, false
	return c
}

func allKeys(t *testing.T, s *Store) (keys [][]byte) {
	t.Helper()
	err := s.db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.IteratorOptions{})
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			keys = append(keys, it.Item().KeyCopy(nil))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}
