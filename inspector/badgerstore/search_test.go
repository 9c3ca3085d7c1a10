package badgerstore

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// TestASearchFindsWhatAFullScanFinds asks 1,000 random queries of random
// stores while captures arrive, change and go, segments are sealed, and the
// store is closed and opened again. Each is compared in one view of the store.
func TestASearchFindsWhatAFullScanFinds(t *testing.T) {
	found, segments := 0, 0
	for round := range uint64(5) {
		at := newClock(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
		o := Options{Dir: t.TempDir(), Now: at.now, segment: 16}
		for seed := 2 * round; seed < 2*round+2; seed++ {
			s := openTest(t, o)
			var wg sync.WaitGroup
			wg.Go(func() { live(t, s, newDice(seed+100, at.now()), at, 150) })
			d := newDice(seed, at.now())
			for range 40 {
				keep(t, s, d.capture())
			}
			for i := range 100 {
				if i == 50 { // half while captures arrive, half when all is indexed
					wg.Wait()
					sealed(t, s)
				}
				found += compare(t, s, d, []int{0, paged, hurried}[i%3])
			}
			segments += len(segmentsOf(t, s))
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if found < 1000 || segments < 50 {
		t.Errorf("1,000 queries found %d captures in all, in %d segments: too few to prove anything", found, segments)
	}
	t.Logf("%d captures found, %d segments at the end", found, segments)
}

// live does to a store in short what happens to it in months.
func live(t *testing.T, s *Store, d *dice, at *clock, steps int) {
	ctx := context.Background()
	var kept []ulid.ULID
	for range steps {
		switch n := d.IntN(20); {
		case n < 10 || len(kept) == 0:
			kept = append(kept, keep(t, s, d.capture()).ID)
		case n < 14:
			err := s.Change(ctx, pick(d, kept...), func(c *inspector.Capture) {
				c.Note, c.Pinned, c.State = d.word(), d.IntN(2) == 0, pick(d, inspector.Done, inspector.Held)
			})
			if err != nil {
				t.Error(err)
			}
		case n < 18:
			record(t, s, &inspector.Delivery{Capture: pick(d, kept...), Status: pick(d, 200, 503)}, inspector.Done)
		case n < 19:
			i := d.IntN(len(kept))
			if err := s.Delete(ctx, kept[i]); err != nil {
				t.Error(err)
			}
			kept = slices.Delete(kept, i, i+1)
		default:
			at.set(at.now().Add(7 * time.Hour))
		}
	}
}

// How a query is asked: in pages, and in pages that end early at that.
const (
	paged   = 1
	hurried = 2
)

// compare asks one query, as a whole or in parts, and returns how much it found.
func compare(t *testing.T, s *Store, d *dice, how int) int {
	t.Helper()
	text := d.query()
	q, err := inspector.ParseQuery(text, d.now)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	limit := 0
	if how != 0 {
		limit = 1 + d.IntN(9)
	}
	var got, want []ulid.ULID
	err = s.view(context.Background(), func(txn *badger.Txn) error {
		want = scanned(t, s, txn, q)
		for before := (ulid.ULID{}); ; {
			f := newSearch(context.Background(), s, txn, q, before, limit)
			defer f.close()
			if how == hurried && d.IntN(3) > 0 {
				f.until = time.Unix(1, 0) // it is over at the first chance
			}
			err := f.run()
			if err != nil && !errors.Is(err, errEnough) {
				return err
			}
			if got = append(got, ids(f.out)...); err == nil && (len(f.out) < limit || limit == 0) {
				return nil
			}
			before = f.below
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s finds %d, a full scan %d; pages of %d", text, len(got), len(want), limit)
	}
	return len(got)
}

// scanned is what a query finds in all captures, one after the other.
func scanned(t *testing.T, s *Store, txn *badger.Txn, q inspector.Query) (out []ulid.ULID) {
	w := walk{s: s, txn: txn, kind: kindSummary, newestFirst: true}
	err := w.each(context.Background(), func(id ulid.ULID, v []byte) (bool, error) {
		r, err := decodeRow(id, v)
		if err != nil {
			return false, err
		}
		c, err := readCapture(txn, &r)
		if err == nil && q.MatchesWhole(&c) {
			out = append(out, id)
		}
		return true, err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// sealed waits until the sealer has nothing more to do, twice: once for a pass
// that may have begun too early.
func sealed(t testing.TB, s *Store) {
	t.Helper()
	for range 2 {
		n := s.index.passes.Load()
		until(t, func() bool {
			s.feed.Changed()
			return s.index.passes.Load() > n
		})
	}
}

func segmentsOf(t testing.TB, s *Store) (list []segment) {
	t.Helper()
	err := s.view(context.Background(), func(txn *badger.Txn) (err error) {
		list, _, err = readSegments(txn)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestASearchThatIsBrokenOffGoesOnWhereItStood(t *testing.T) {
	s := openTest(t, Options{Dir: t.TempDir()})
	for range 30 {
		keep(t, s, sample("live", "evt", "{}"))
	}
	q, err := inspector.ParseQuery("event:none", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	rounds, before := 0, ulid.ULID{}
	for {
		page, reached, err := s.Search(t.Context(), q, before, 10, 0)
		if err != nil || len(page) > 0 {
			t.Fatalf("found %d: %v", len(page), err)
		}
		if reached == (ulid.ULID{}) {
			break
		}
		if rounds++; before != (ulid.ULID{}) && reached.Compare(before) >= 0 {
			t.Fatalf("from %s it came to %s", before, reached)
		}
		before = reached
	}
	if rounds < 20 {
		t.Errorf("a search without patience took %d rounds over 30 captures", rounds)
	}
	page, reached, err := s.Search(t.Context(), inspector.Query{}, ulid.ULID{}, 10, time.Minute)
	if err != nil || len(page) != 10 || reached != page[9].ID {
		t.Errorf("got %d captures down to %s: %v", len(page), reached, err)
	}
}
