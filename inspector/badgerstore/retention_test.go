package badgerstore

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// keepOverDays keeps a capture of size bytes on each of the days before end.
func keepOverDays(t *testing.T, s *Store, at *clock, days int, body func(int) string) (out []ulid.ULID) {
	t.Helper()
	end := at.now()
	for i := range days {
		at.set(end.AddDate(0, 0, i-days+1))
		c := sample("live", fmt.Sprint(i), body(i))
		c.Received = at.now()
		out = append(out, keep(t, s, c).ID)
		record(t, s, &inspector.Delivery{Capture: c.ID, Status: 200}, inspector.Done)
	}
	flushed(t, s)
	return out
}

func pin(t *testing.T, s *Store, id ulid.ULID) {
	t.Helper()
	if err := s.Change(context.Background(), id, func(c *inspector.Capture) { c.Pinned = true }); err != nil {
		t.Fatal(err)
	}
}

func retain(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Retain(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestOldCapturesGoAndPinnedOnesStay(t *testing.T) {
	at := newClock(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	s := openTest(t, Options{Days: 30, Now: at.now})
	kept := keepOverDays(t, s, at, 40, func(i int) string { return fmt.Sprint("body", i) })
	pin(t, s, kept[3])
	retain(t, s)
	got := ids(page(t, s, ""))
	slices.Reverse(got)
	want := append([]ulid.ULID{kept[3]}, kept[9:]...) // the last 31: day 30 is not older than 30 days
	if !slices.Equal(got, want) {
		t.Errorf("%d captures are left, want the pinned one and those of the last 30 days", len(got))
	}
	if n := s.Counts().All; n != len(want) {
		t.Errorf("the count is %d, want %d", n, len(want))
	}
	if list, err := s.DeliveriesAfter(context.Background(), ulid.ULID{}, 0); err != nil || len(list) != len(want) {
		t.Errorf("%d deliveries are left, %v; want %d", len(list), err, len(want))
	}
}

func TestAgeIsThatOfTheCaptureNotOfItsID(t *testing.T) {
	at := newClock(time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)) // the clock was wrong for a moment
	s := openTest(t, Options{Days: 30, Now: at.now})
	c := sample("live", "0", "x")
	c.Received = at.now()
	wrong := keep(t, s, c).ID
	at.set(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC))
	c = sample("live", "1", "y")
	c.Received = at.now()
	keep(t, s, c)
	at.set(at.now().AddDate(0, 0, 31))
	retain(t, s)
	if got := ids(page(t, s, "")); !slices.Equal(got, []ulid.ULID{wrong}) {
		t.Errorf("left are %v, want only the one from the future", got)
	}
}

func TestOldestGoWhenThereIsTooMuch(t *testing.T) {
	at := newClock(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	s := openTest(t, Options{Size: 10 << 20, Now: at.now})
	kept := keepOverDays(t, s, at, 9, func(i int) string { return large(fmt.Sprintf("%08d", i)) })
	pin(t, s, kept[0])
	at.set(at.now().AddDate(0, 0, 1))
	for i := range 4 {
		kept = append(kept, keep(t, s, sample("live", fmt.Sprint("more", i), large(fmt.Sprintf("%08d", 100+i)))).ID)
	}
	retain(t, s)
	got := ids(page(t, s, ""))
	slices.Reverse(got)
	if n := len(got); n < 7 || n > 9 {
		t.Errorf("%d captures of 1 MiB are left, want what fits in nine tenths of 10 MiB", n)
	}
	want := append([]ulid.ULID{kept[0]}, kept[len(kept)-len(got)+1:]...)
	if !slices.Equal(got, want) {
		t.Error("it was not the oldest that went, or the pinned one did")
	}
}

func TestDeletedCapturesGiveTheirSpaceBack(t *testing.T) {
	dir, at := t.TempDir(), newClock(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	s := openTest(t, Options{Dir: dir, Now: at.now})
	keepOverDays(t, s, at, 60, func(i int) string { return large(fmt.Sprintf("%08d", i)) })
	before := diskUsage(dir)
	if err := s.Close(); err != nil { // so that its value log is no longer written to
		t.Fatal(err)
	}
	s = openTest(t, Options{Dir: dir, Now: at.now, Days: 6, segment: -1}) // no index that grows meanwhile
	retain(t, s)
	after := diskUsage(dir)
	if n := s.Counts(); n.All != 7 || n.Bytes != after {
		t.Errorf("counts %+v, want 7 captures and %d bytes", n, after)
	}
	if freed, expired := before-after, int64(53<<20); freed < expired*8/10 {
		t.Errorf("%d MiB of %d MiB came back, want at least four fifths", freed>>20, expired>>20)
	}
	for _, one := range page(t, s, "") {
		if _, err := s.Get(context.Background(), one.ID); err != nil {
			t.Error(err)
		}
	}
	keep(t, s, sample("live", "after", "x"))
}

func TestCapturesArriveWhileOldOnesGo(t *testing.T) {
	at := newClock(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	s := openTest(t, Options{Days: 1, Now: at.now})
	keepOverDays(t, s, at, 300, func(i int) string { return strings.Repeat(fmt.Sprintf("%08d", i), 600) })
	done := make(chan error)
	go func() { done <- s.Retain(context.Background()) }()
	n := 0
	for running := true; running || n < 50; n++ {
		c := sample("test", fmt.Sprint(n), fmt.Sprint(n))
		c.Received = at.now()
		keep(t, s, c)
		select {
		case err := <-done:
			if running = false; err != nil {
				t.Fatal(err)
			}
		default:
		}
	}
	if got := len(page(t, s, `endpoint:"test"`)); got != n {
		t.Errorf("%d of %d captures are there", got, n)
	}
	if got := len(page(t, s, `endpoint:"live"`)); got != 2 {
		t.Errorf("%d old captures are left, want those of the last day", got)
	}
}
