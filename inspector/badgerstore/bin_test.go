package badgerstore

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// seen is all that a store tells of its captures and their deliveries.
type seen struct {
	Captures   []inspector.Capture
	Found      map[string][]inspector.Summary
	Deliveries []inspector.Delivery
	Pending    []inspector.Summary
	Counts     inspector.Counts
}

func look(t *testing.T, s *Store, queries ...string) (v seen) {
	t.Helper()
	ctx := context.Background()
	flushed(t, s)
	v.Found = map[string][]inspector.Summary{}
	for _, q := range append(queries, "") {
		v.Found[q] = page(t, s, q)
	}
	for _, row := range v.Found[""] {
		c, err := s.Get(ctx, row.ID)
		if err != nil {
			t.Fatal(err)
		}
		v.Captures = append(v.Captures, c)
	}
	var err error
	if v.Deliveries, err = s.DeliveriesAfter(ctx, ulid.ULID{}, 0); err != nil {
		t.Fatal(err)
	}
	if v.Pending, err = s.Pending(ctx, "live", 0, nil); err != nil {
		t.Fatal(err)
	}
	v.Counts = s.Counts()
	v.Counts.Bytes, v.Counts.Free = 0, 0
	return v
}

func checked(t *testing.T, s *Store) {
	t.Helper()
	r, err := s.Check(context.Background())
	if err != nil || r.Wrong > 0 {
		t.Fatalf("%d problems, %v, %v", r.Wrong, r.Problems, err)
	}
}

// motley keeps captures of all kinds, some delivered, noted and pinned.
func motley(t *testing.T, s *Store, d *dice, n int) (ids []ulid.ULID) {
	t.Helper()
	for range n {
		c := keep(t, s, d.capture())
		ids = append(ids, c.ID)
		if c.State == inspector.Done {
			for range 1 + d.IntN(3) {
				record(t, s, &inspector.Delivery{Capture: c.ID, Kind: inspector.First, Status: 200, Body: []byte(d.word())}, inspector.Done)
			}
		}
		if d.IntN(3) == 0 {
			err := s.Change(context.Background(), c.ID, func(c *inspector.Capture) { c.Note, c.Pinned = d.word(), true })
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	return ids
}

func TestWhatIsDiscardedAndRecoveredIsAsItWas(t *testing.T) {
	for seed := range uint64(6) {
		dir := t.TempDir()
		now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
		o := Options{Dir: dir, Now: func() time.Time { return now }, segment: 16}
		s := openTest(t, o)
		d := newDice(seed, now)
		ids := motley(t, s, d, 100)
		sealed(t, s)
		var queries []string
		for range 40 {
			queries = append(queries, d.query())
		}
		before := look(t, s, queries...)
		var some []ulid.ULID
		for _, id := range ids {
			if d.IntN(3) > 0 {
				some = append(some, id)
			}
		}
		if seed == 0 {
			some = ids
		}
		if err := s.Discard(context.Background(), some...); err != nil {
			t.Fatal(err)
		}
		checked(t, s)
		if left := look(t, s); len(left.Captures) != len(ids)-len(some) || left.Counts.All != len(left.Captures) {
			t.Fatalf("%d captures are left of %d without %d", len(left.Captures), len(ids), len(some))
		}
		if seed%2 == 0 { // also after a restart, and a search index made anew
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			s = openTest(t, o)
			for _, g := range segmentsOf(t, s) {
				s.index.report(g.last)
			}
			sealed(t, s)
		}
		back, err := s.Recover(context.Background(), some...)
		if err != nil || back != len(some) {
			t.Fatalf("%d of %d came back, %v", back, len(some), err)
		}
		checked(t, s)
		if after := look(t, s, queries...); !reflect.DeepEqual(before, after) {
			t.Fatalf("seed %d: not as it was: %+v, before %+v", seed, after.Counts, before.Counts)
		}
		sealed(t, s)
		if after := look(t, s, queries...); !reflect.DeepEqual(before, after) {
			t.Fatalf("seed %d: the search finds other captures once they are indexed", seed)
		}
		if back, err := s.Recover(context.Background(), some...); back != 0 || err != nil {
			t.Errorf("%d came back twice, %v", back, err)
		}
	}
}

func TestADiscardedCaptureIsFoundAgainByLaterDuplicates(t *testing.T) {
	s := openTest(t, Options{})
	first := keep(t, s, sample("live", "evt_1", "x"))
	if err := s.Discard(context.Background(), first.ID); err != nil {
		t.Fatal(err)
	}
	if c := keep(t, s, sample("live", "evt_1", "x")); c.Again != nil {
		t.Errorf("it repeats what was discarded: %+v", c.Again)
	}
	if _, err := s.Recover(context.Background(), first.ID); err != nil {
		t.Fatal(err)
	}
	if c := keep(t, s, sample("live", "evt_1", "y")); c.Again == nil || c.Again.Of != first.ID {
		t.Errorf("again is %+v, expected the capture that came back", c.Again)
	}
}

func TestADeliveryThatEndsMeanwhileIsNotLost(t *testing.T) {
	s := openTest(t, Options{})
	c := keep(t, s, sample("live", "evt_1", "x"))
	ctx := context.Background()
	if err := s.Begin(ctx, c.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Discard(ctx, c.ID); err != nil {
		t.Fatal(err)
	}
	record(t, s, &inspector.Delivery{Capture: c.ID, Kind: inspector.First, Status: 204}, inspector.Done)
	flushed(t, s)
	if list, err := s.DeliveriesAfter(ctx, ulid.ULID{}, 0); len(list) != 0 || err != nil {
		t.Errorf("a discarded capture has %d deliveries in the log, %v", len(list), err)
	}
	if n, err := s.Recover(ctx, c.ID); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	got, err := s.Get(ctx, c.ID)
	if err != nil || got.State != inspector.Done || got.Status != 204 || got.Sending != 0 || len(got.Deliveries) != 1 {
		t.Errorf("%+v, %v", got.Summary, err)
	}
	checked(t, s)
}

func TestAnAttemptThatEndedWithTheProgramDoesNotComeBackAsUnderWay(t *testing.T) {
	dir := t.TempDir()
	at := newClock(time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC))
	s := openTest(t, Options{Dir: dir, Now: at.now})
	c := keep(t, s, sample("live", "evt_1", "x"))
	ctx := context.Background()
	if err := s.Begin(ctx, c.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Discard(ctx, c.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	at.set(at.now().Add(time.Minute))
	s = openTest(t, Options{Dir: dir, Now: at.now})
	if n, err := s.Recover(ctx, c.ID); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if list, err := s.Pending(ctx, "live", 0, nil); len(list) != 1 || err != nil {
		t.Errorf("%d wait, %v", len(list), err)
	}
	got, err := s.Get(ctx, c.ID)
	if err != nil || len(got.Deliveries) != 1 || !got.Deliveries[0].Unknown || !got.Unknown || got.Attempts != 1 {
		t.Errorf("the attempt is not told of: %+v, %v", got, err)
	}
	checked(t, s)
}

func TestWhatWasDiscardedLongAgoGoesForGood(t *testing.T) {
	at := newClock(time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC))
	s := openTest(t, Options{Now: at.now})
	ctx := context.Background()
	var ids []ulid.ULID
	for i := range 5 {
		c := keep(t, s, sample("live", fmt.Sprint(i), "x"))
		for range 2 * deliveriesAtOnce / 4 {
			record(t, s, &inspector.Delivery{Capture: c.ID, Kind: inspector.Retry, Status: 500}, inspector.Waiting)
		}
		ids = append(ids, c.ID)
	}
	if err := s.Discard(ctx, ids[:3]...); err != nil {
		t.Fatal(err)
	}
	at.set(at.now().Add(inspector.DiscardTime - time.Second))
	if err := s.Discard(ctx, ids[3]); err != nil {
		t.Fatal(err)
	}
	if err := s.emptyBin(ctx); err != nil || len(s.keysOf([]byte{kindBinned}, 9)) != 4 {
		t.Fatalf("it went too early: %v", err)
	}
	list, err := s.Discarded(ctx)
	if err != nil || len(list) != 2 || !slices.Equal(list[0].IDs, ids[:3]) || !slices.Equal(list[1].IDs, ids[3:4]) || !list[1].At.Equal(at.now()) {
		t.Errorf("the bin holds %+v, %v", list, err)
	}
	at.set(at.now().Add(time.Second))
	if err := s.emptyBin(ctx); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Recover(ctx, ids...); n != 1 || err != nil {
		t.Errorf("%d came back, expected the one that was discarded last; %v", n, err)
	}
	if n := len(s.keysOf([]byte{kindCapture}, 9)); n != 2 {
		t.Errorf("%d captures are on disk, expected 2", n)
	}
	at.set(at.now().Add(inspector.DiscardTime))
	if err := s.emptyBin(ctx); err != nil || s.binDue.Load() != 0 {
		t.Errorf("an empty bin is looked into at %d, %v", s.binDue.Load(), err)
	}
	if err := s.Discard(ctx, ids[4]); err != nil {
		t.Fatal(err)
	}
	if err := s.noteEmptyBin(ctx); err != nil || s.binDue.Load() == 0 {
		t.Errorf("what was discarded meanwhile is forgotten, %v", err)
	}
	checked(t, s)
}

func TestRetentionOfADayLeavesTheBinAlone(t *testing.T) {
	at := newClock(time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC))
	s := openTest(t, Options{Now: at.now, Days: 2})
	ctx := context.Background()
	var some []ulid.ULID
	for i := range manyLeaving + 100 {
		c := sample("live", fmt.Sprint(i), "x")
		c.Received, c.State = at.now(), inspector.Done
		if keep(t, s, c); i%40 == 7 {
			some = append(some, c.ID)
		}
	}
	at.set(at.now().AddDate(0, 0, 5))
	last := sample("live", "last", "x")
	last.Received = at.now()
	keep(t, s, last)
	if err := s.Discard(ctx, some...); err != nil {
		t.Fatal(err)
	}
	if err := s.Retain(ctx); err != nil {
		t.Fatal(err)
	}
	if n := s.Counts().All; n != 1 {
		t.Fatalf("%d are left", n)
	}
	checked(t, s)
	if n, err := s.Recover(ctx, some...); n != len(some) || err != nil {
		t.Fatalf("%d of %d came back, %v", n, len(some), err)
	}
	checked(t, s)
	if v := look(t, s); len(v.Captures) != len(some)+1 {
		t.Errorf("%d captures can be read", len(v.Captures))
	}
}
