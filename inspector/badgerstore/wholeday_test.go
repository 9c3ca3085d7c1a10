package badgerstore

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/inspector"
)

// manyDays is a store of 900 captures a day on four days, the last one noon's.
func manyDays(t *testing.T, o Options, change func(i int, c *inspector.Capture)) *Store {
	t.Helper()
	if o.Dir == "" {
		o.Dir = t.TempDir()
	}
	bulk{captures: 3600, days: 4, end: noon.Add(12*time.Hour - time.Second), body: 1500, change: change}.write(t, o.Dir)
	return openTest(t, o)
}

func TestWholeDaysGoAtOnce(t *testing.T) {
	at := newClock(noon.AddDate(0, 0, 2))
	s := manyDays(t, Options{Now: at.now}, nil)
	retain(t, s) // with no limit, so that the one of the start is over
	s.Limit(3, 0)
	before := s.Commits()
	retain(t, s)
	if n := s.Counts().All; n != 1350 { // half of the third day is too old, and goes one by one
		t.Errorf("%d captures are left, expected those of a day and a half", n)
	}
	if n := s.Commits() - before; n > 100 {
		t.Errorf("%d commits for 2250 captures, expected most to go by the day", n)
	}
	if got, want := withoutBytes(s.Counts()), scan(t, s); !reflect.DeepEqual(got, want) {
		t.Errorf("counts %+v, scanned %+v", got, want)
	}
	for s.sweepStep(context.Background()) {
	}
	sound(t, s)
	if list, err := s.DeliveriesAfter(context.Background(), [16]byte{}, 0); err != nil || len(list) != 1350 {
		t.Errorf("the log has %d deliveries, %v; expected 1350", len(list), err)
	}
}

func TestPinnedCapturesOfADayThatGoesStay(t *testing.T) {
	at := newClock(noon.AddDate(0, 0, 20))
	dir := t.TempDir()
	s := manyDays(t, Options{Dir: dir, Now: at.now}, func(i int, c *inspector.Capture) { c.Pinned = i%300 == 7 })
	retain(t, s)
	c := sample("live", "late", "x")
	c.Received = at.now()
	keep(t, s, c)
	s.Limit(3, 0)
	retain(t, s)
	for range 2 { // and after reopening
		if n := s.Counts(); n.All != 13 || n.Pinned != 12 {
			t.Errorf("counts %+v, expected 12 pinned captures and one of today", n)
		}
		for _, one := range page(t, s, "is:pinned") {
			if whole, err := s.Get(context.Background(), one.ID); err != nil || len(whole.Deliveries) != 1 {
				t.Errorf("pinned capture %s: %d deliveries, %v", one.ID, len(whole.Deliveries), err)
			}
		}
		for s.sweepStep(context.Background()) {
		}
		sound(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = openTest(t, Options{Dir: dir, Now: at.now})
	}
}

func TestRemovalIsFinishedAtTheNextStart(t *testing.T) {
	ctx, at := context.Background(), newClock(noon)
	dir := t.TempDir()
	s := manyDays(t, Options{Dir: dir, Now: at.now}, nil)
	retain(t, s)
	first := s.tally.daysBefore(farFuture())[0]
	s.retainMu.Lock() // the retention of the start may still come
	s.tally.startLeaving(first)
	c, err := s.census(ctx, first, func(*row) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := s.mark(ctx, c); !ok || err != nil {
		t.Fatalf("mark: %v, %v", ok, err)
	}
	// The list is gone already, what it lists is not: the worst moment to stop.
	if _, err := s.dropPiece([][]byte{dayPrefix(kindSummary, first)}); err != nil {
		t.Fatal(err)
	}
	s.retainMu.Unlock()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, Options{Dir: dir, Now: at.now})
	if n := s.Counts().All; n != 2700 {
		t.Errorf("%d captures, expected those of three days", n)
	}
	retain(t, s)
	for s.sweepStep(ctx) {
	}
	sound(t, s)
	for _, key := range allKeys(t, s) {
		if len(key) >= dayLen && strings.ContainsRune(dayKinds, rune(key[0])) && dayOf(lastID(key)) == first {
			t.Fatalf("key %q of the day is left", key)
		}
	}
}

func TestRemovedCapturesAreNotRepeated(t *testing.T) {
	at := newClock(noon.AddDate(0, 0, 20))
	s := manyDays(t, Options{Now: at.now}, func(i int, c *inspector.Capture) { c.Pinned = i == 5 })
	retain(t, s)
	keepNow := func(id string) *inspector.Capture {
		c := sample("live", fmt.Sprintf("%012s", id), "new body "+id)
		c.Received = at.now()
		return keep(t, s, c)
	}
	if c := keepNow("9"); c.Again == nil {
		t.Fatal("a known delivery id is not found")
	}
	s.Limit(3, 0)
	retain(t, s)
	for _, swept := range []bool{false, true} {
		if c := keepNow("7"); c.Again != nil && !swept {
			t.Errorf("it repeats %+v, which is gone", *c.Again)
		}
		if c := keepNow("5"); c.Again == nil {
			t.Error("it does not repeat the pinned capture")
		}
		for s.sweepStep(context.Background()) {
		}
	}
	sound(t, s)
}

func TestSizeSparesWhatWaitsAsLongAsItCan(t *testing.T) {
	at := newClock(noon)
	s := manyDays(t, Options{Now: at.now}, func(i int, c *inspector.Capture) {
		if c.Pinned = i < 10; i < 1000 && !c.Pinned {
			c.State = inspector.Waiting
		}
	})
	retain(t, s)
	s.Limit(0, s.tally.bytes()/2)
	retain(t, s)
	if n := s.Counts(); n.Waiting != 990 || n.Pinned != 10 || s.tally.bytes() > s.size.Load() {
		t.Errorf("counts %+v, expected all that wait and are pinned to be left", n)
	}
	s.Limit(0, 1<<20)
	retain(t, s)
	if n := s.Counts(); n.Pinned != 10 || n.Waiting >= 990 || s.tally.bytes() > s.size.Load() {
		t.Errorf("counts %+v with %d bytes, expected what waits to go last", n, s.tally.bytes())
	}
	sound(t, s)
}

func TestWhatIsKeptMeanwhileStays(t *testing.T) {
	at := newClock(noon.AddDate(0, 0, 2))
	s := manyDays(t, Options{Now: at.now}, nil)
	retain(t, s)
	first := sample("new", "first", "first")
	first.Received = at.now()
	keep(t, s, first)
	s.Limit(1, 0)
	var stop atomic.Bool
	kept := make(chan int)
	go func() {
		n := 0
		for ; !stop.Load(); n++ {
			c := sample("new", fmt.Sprint(n), fmt.Sprint(n))
			c.Received = at.now()
			if err := s.Keep(context.Background(), c); err != nil {
				t.Error(err)
			}
		}
		kept <- n
	}()
	retain(t, s)
	stop.Store(true)
	n := <-kept + 1
	if got := s.Counts(); got.All != n || got.Endpoint["new"] != n {
		t.Errorf("counts %+v, expected the %d captures that came meanwhile", got, n)
	}
	for s.sweepStep(context.Background()) {
	}
	sound(t, s)
}

func TestTooMuchOfTodayGoesWhileMoreArrives(t *testing.T) {
	at := newClock(noon.Add(6 * time.Hour))
	dir := t.TempDir()
	bulk{captures: 3000, days: 1, end: noon.Add(6 * time.Hour), body: 1500}.write(t, dir)
	s := openTest(t, Options{Dir: dir, Now: at.now})
	retain(t, s)
	var stop atomic.Bool
	kept := make(chan int)
	go func() {
		n := 0
		for ; !stop.Load(); n++ {
			if err := s.Keep(context.Background(), sample("new", fmt.Sprint(n), fmt.Sprint(n))); err != nil {
				t.Error(err)
			}
		}
		kept <- n
	}()
	limit := s.tally.bytes() / 2
	s.Limit(0, limit)
	retain(t, s)
	stop.Store(true)
	n := <-kept
	if got := s.Counts(); got.Endpoint["new"] != n || got.Endpoint["live"] > 1400 {
		t.Errorf("counts %+v, expected the %d that came meanwhile and less than half of the others", got, n)
	}
	if left := s.tally.bytes(); left < limit*7/10 { // those that came count too
		t.Errorf("%d bytes are left, expected no less than 70 %% of the %d allowed", left, limit)
	}
	for s.sweepStep(context.Background()) {
	}
	sound(t, s)
}
