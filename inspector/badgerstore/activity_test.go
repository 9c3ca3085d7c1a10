package badgerstore

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"sync"
	"testing"
	"time"
	"unsafe"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// lotsBySort is activity without the counts, for comparison.
type lotsBySort map[inspector.Lot]int

// asked is what Activity says, once the store has counted all.
func asked(t testing.TB, s *Store) lotsBySort {
	t.Helper()
	got := lotsBySort{}
	until(t, func() bool {
		clear(got)
		return s.Activity(time.Time{}, time.Time{}, func(l inspector.Lot) {
			n := l.Count
			l.Count = 0
			got[l] += n
		})
	})
	return got
}

// countedOneByOne is the same, counted one by one.
func countedOneByOne(t testing.TB, s *Store) lotsBySort {
	t.Helper()
	want := lotsBySort{}
	for _, c := range page(t, s, "") {
		l := inspector.Lot{
			Minute: c.Received.Unix() / 60, Endpoint: c.Endpoint, Pinned: c.Pinned,
			NotVerified: c.Outcome.Held(),
		}
		if c.State == inspector.Waiting || c.State == inspector.Held {
			l.State = c.State
		}
		want[l]++
	}
	return want
}

func wantActivityAsScanned(t *testing.T, s *Store, when string) {
	t.Helper()
	if got, want := asked(t, s), countedOneByOne(t, s); !maps.Equal(got, want) {
		t.Errorf("%s: %d lots, a scan finds %d\ngot  %v\nwant %v", when, len(got), len(want), got, want)
	}
}

func TestActivityEqualsAScanWhateverHappensMeanwhile(t *testing.T) {
	for seed := range uint64(4) {
		dir, at := t.TempDir(), newClock(noon)
		s := openTest(t, Options{Dir: dir, Now: at.now})
		shake := func(steps int) {
			var all sync.WaitGroup
			for w := range 4 {
				r := rand.New(rand.NewPCG(seed, uint64(w)))
				all.Go(func() { randomLife(t, s, at, r, steps) })
			}
			all.Wait()
			flushed(t, s)
		}
		shake(40)
		s.Activity(time.Time{}, time.Time{}, func(inspector.Lot) {}) // the first question, in the middle of it
		shake(60)
		wantActivityAsScanned(t, s, "while it was counted")
		shake(40)
		wantActivityAsScanned(t, s, "afterwards")
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = openTest(t, Options{Dir: dir, Now: at.now})
		wantActivityAsScanned(t, s, "after reopening")
	}
}

// randomLife keeps captures of several days and minutes, and does all that may
// become of them.
func randomLife(t *testing.T, s *Store, at *clock, r *rand.Rand, steps int) {
	var mine []ulid.ULID
	for range steps {
		if r.IntN(40) == 0 {
			at.set(at.now().Add(time.Duration(r.IntN(30)) * time.Hour))
		}
		if r.IntN(2) == 0 {
			mine = randomStep(t, s, r, mine)
			continue
		}
		c := sample([]string{"", "live", "test"}[r.IntN(3)], fmt.Sprint(r.IntN(9)), "x")
		c.Received = noon.Add(time.Duration(r.IntN(5000)-2500) * time.Minute)
		c.Outcome = []signature.Outcome{signature.Verified, signature.Mismatch}[r.IntN(2)]
		c.State, c.Pinned = states()[r.IntN(4)], r.IntN(5) == 0
		if err := s.Keep(context.Background(), c); err != nil {
			t.Error(err)
		}
		mine = append(mine, c.ID)
	}
}

func TestActivityIsRightWhileWholeDaysLeave(t *testing.T) {
	for _, early := range []bool{true, false} {
		at := newClock(noon.AddDate(0, 0, 2))
		s := manyDays(t, Options{Now: at.now}, func(i int, c *inspector.Capture) { c.Pinned = i%300 == 7 })
		retain(t, s)
		if early { // else the question comes when the captures have left
			wantActivityAsScanned(t, s, "before")
		}
		s.Limit(3, 0)
		retain(t, s)
		wantActivityAsScanned(t, s, fmt.Sprintf("asked before: %v", early))
		s.Limit(2, 0)
		retain(t, s)
		wantActivityAsScanned(t, s, "and again")
	}
}

func TestActivityKeepsToItsRange(t *testing.T) {
	s := openTest(t, Options{})
	for i := range 100 {
		c := sample("live", fmt.Sprint(i), "x")
		c.Received = noon.Add(time.Duration(i) * time.Minute)
		keep(t, s, c)
	}
	asked(t, s)
	for _, r := range []struct{ from, to, want int }{{10, 19, 10}, {0, 99, 100}, {99, 200, 1}, {150, 200, 0}, {-9, -1, 0}, {30, 20, 0}} {
		n := 0
		s.Activity(noon.Add(time.Duration(r.from)*time.Minute), noon.Add(time.Duration(r.to)*time.Minute), func(l inspector.Lot) { n += l.Count })
		if n != r.want {
			t.Errorf("minutes %d to %d: %d captures, expected %d", r.from, r.to, n, r.want)
		}
	}
}

func TestTimesBeyondTheCountableCountAtTheEnds(t *testing.T) {
	s := openTest(t, Options{})
	for _, at := range []time.Time{time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), noon, time.Date(99999, 1, 1, 0, 0, 0, 0, time.UTC)} {
		c := sample("live", at.String(), "x")
		c.Received = at
		keep(t, s, c)
	}
	n := 0
	for _, count := range asked(t, s) {
		n += count
	}
	if n != 3 {
		t.Errorf("%d captures are counted, expected 3", n)
	}
}

func TestALotTakesTwelveBytes(t *testing.T) {
	if n := unsafe.Sizeof(lot{}); n != 12 {
		t.Errorf("it takes %d", n)
	}
}

func TestAStoreThatNobodyAsksCountsNothing(t *testing.T) {
	s := openTest(t, Options{})
	keep(t, s, sample("live", "1", "x"))
	if len(s.activity.days) != 0 || len(s.activity.names) != 0 {
		t.Errorf("%d days are counted", len(s.activity.days))
	}
}

// BenchmarkActivity counts 100,000 captures of a month, and then asks for them.
func BenchmarkActivity(b *testing.B) {
	dir := b.TempDir()
	bulk{captures: 100_000, days: 30, end: noon, body: 100, change: func(i int, c *inspector.Capture) {
		c.Endpoint = []string{"a", "b", "c", "d", "e", "f"}[i%6]
	}}.write(b, dir)
	s := openTest(b, Options{Dir: dir, segment: -1})
	began := time.Now()
	for !s.Activity(noon, noon, func(inspector.Lot) {}) {
		time.Sleep(time.Millisecond)
	}
	first, held := time.Since(began), 0
	for _, l := range s.activity.days {
		held += cap(l) * int(unsafe.Sizeof(lot{}))
	}
	n := 0
	for b.Loop() {
		s.Activity(time.Time{}, time.Time{}, func(l inspector.Lot) { n += l.Count })
	}
	b.ReportMetric(float64(first.Milliseconds()), "ms/first")
	b.ReportMetric(float64(held), "bytes")
}

// Whoever shows it asks again when something changed: that must not go in a circle.
func TestADayThatCannotBeCountedNowIsNoChange(t *testing.T) {
	s := openTest(t, Options{segment: -1})
	changed, end := s.Subscribe()
	defer end()
	c := keep(t, s, sample("live", "evt_1", "x"))
	<-changed // of that; it is told after Keep returned
	d := s.tally.day(dayOf(c.ID)).clone()
	d.going = true
	s.tally.mu.Lock()
	s.tally.put(dayOf(c.ID), d)
	s.tally.mu.Unlock()
	if s.Activity(time.Time{}, time.Time{}, func(inspector.Lot) {}) {
		t.Fatal("a day that captures leave counts as counted")
	}
	select {
	case <-changed:
		t.Error("it is a change that nothing was counted")
	case <-time.After(100 * time.Millisecond):
	}
}

func TestCountsOfADayHoldNoMoreMemoryThanTheyNeed(t *testing.T) {
	var l lots
	for range 10_000 {
		l = append(l, lot{minute: 7, n: 1})
	}
	long := l
	if l.order(); len(l) != 1 || l[0].n != 10_000 || &l[0] == &long[0] {
		t.Errorf("%d counts, in the memory of %d", len(l), len(long))
	}
}
