package badgerstore

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// clock is a clock that a test sets while a store reads it.
type clock struct{ nanos atomic.Int64 }

func newClock(t time.Time) *clock {
	c := &clock{}
	c.set(t)
	return c
}

func (c *clock) now() time.Time  { return time.Unix(0, c.nanos.Load()).UTC() }
func (c *clock) set(t time.Time) { c.nanos.Store(t.UnixNano()) }

func TestIDsRiseWhenTheClockJumpsBack(t *testing.T) {
	dir := t.TempDir()
	at := newClock(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	var kept, delivered []ulid.ULID
	for _, jump := range []time.Duration{0, time.Hour, -48 * time.Hour, time.Millisecond, -40 * 365 * 24 * time.Hour} {
		s := openTest(t, Options{Dir: dir, Now: at.now})
		at.set(at.now().Add(jump))
		for i := range 3 {
			c := keep(t, s, sample("live", fmt.Sprint(len(kept), i), "x"))
			d := inspector.Delivery{Capture: c.ID}
			record(t, s, &d, inspector.Done)
			kept, delivered = append(kept, c.ID), append(delivered, d.ID)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for name, ids := range map[string][]ulid.ULID{"captures": kept, "deliveries": delivered} {
		if !slices.IsSortedFunc(ids, ulid.ULID.Compare) || len(slices.Compact(ids)) != 15 {
			t.Errorf("ids of %s do not rise strictly: %v", name, ids)
		}
	}
}

func TestPagesFollowEachOther(t *testing.T) {
	s, ctx := openTest(t, Options{}), context.Background()
	var want []ulid.ULID
	for i := range 25 {
		c := sample("live", fmt.Sprint(i), fmt.Sprintf(`{"n":%d}`, i))
		c.Event = []string{"order.paid", "order.open"}[i%2]
		want = append(want, keep(t, s, c).ID)
	}
	slices.Reverse(want)
	var got []ulid.ULID
	for before := (ulid.ULID{}); ; before = got[len(got)-1] {
		list, err := s.Page(ctx, inspector.Query{}, before, 10)
		if err != nil {
			t.Fatal(err)
		}
		if got = append(got, ids(list)...); len(list) < 10 {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("pages gave %d captures, want all 25 newest first", len(got))
	}
	for query, n := range map[string]int{"event:paid": 13, `"\"n\":24"`: 1, "body.n:7": 1, "-body.n:7": 24, "tweed": 25, "nowhere": 0} {
		if got := len(page(t, s, query)); got != n {
			t.Errorf("%s finds %d, want %d", query, got, n)
		}
	}
	if err := s.Change(ctx, want[0], func(c *inspector.Capture) { c.Note = "Phoned" }); err != nil {
		t.Fatal(err)
	}
	if list := page(t, s, "phoned"); len(list) != 1 || list[0].ID != want[0] {
		t.Errorf("the note finds %v", ids(list))
	}
	newer, err := s.After(ctx, want[3], 2)
	if err != nil || !slices.Equal(ids(newer), []ulid.ULID{want[2], want[1]}) {
		t.Errorf("After gave %v, %v; want the two next in order", ids(newer), err)
	}
}

func TestPageStopsWhenAsked(t *testing.T) {
	s := openTest(t, Options{})
	keep(t, s, sample("live", "1", "x"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Page(ctx, inspector.Query{}, ulid.ULID{}, 0); err == nil {
		t.Error("a page for someone who left")
	}
}

func TestDeliveriesComeInTheOrderOfRecording(t *testing.T) {
	s, ctx := openTest(t, Options{}), context.Background()
	a, b := keep(t, s, sample("live", "1", "x")), keep(t, s, sample("live", "2", "y"))
	var want []ulid.ULID
	for i := range 10 {
		d := inspector.Delivery{Capture: []ulid.ULID{b.ID, a.ID}[i%2], Status: 200 + i, Body: []byte("answer")}
		record(t, s, &d, inspector.Done)
		want = append(want, d.ID)
	}
	flushed(t, s)
	got, err := s.DeliveriesAfter(ctx, want[1], 5)
	if err != nil || len(got) != 5 {
		t.Fatalf("%d deliveries, %v; want 5", len(got), err)
	}
	for i, d := range got {
		if d.ID != want[i+2] || d.Status != 202+i || d.Capture != []ulid.ULID{b.ID, a.ID}[i%2] || d.Body != nil {
			t.Errorf("delivery %d is %+v", i, d)
		}
	}
}

func TestPendingIsOldestFirstAndFollowsTheState(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	s := openTest(t, Options{Dir: dir})
	var cs []*inspector.Capture
	for i := range 5 {
		cs = append(cs, keep(t, s, sample("live", fmt.Sprint(i), "x")))
	}
	keep(t, s, sample("test", "0", "x"))
	record(t, s, &inspector.Delivery{Capture: cs[1].ID, Status: 200}, inspector.Done)
	record(t, s, &inspector.Delivery{Capture: cs[2].ID, Error: "refused"}, inspector.Waiting)
	flushed(t, s)
	if err := s.Change(ctx, cs[3].ID, func(c *inspector.Capture) { c.State = inspector.Held }); err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(ctx, cs[0].ID); err != nil {
		t.Fatal(err)
	}
	want := []ulid.ULID{cs[2].ID, cs[4].ID}
	for range 2 { // as it was, and after reopening
		got, err := s.Pending(ctx, "live", 0, nil)
		if err != nil || !slices.Equal(ids(got), want) {
			t.Errorf("Pending gave %v, %v; want %v", ids(got), err, want)
		}
		if got, _ := s.Pending(ctx, "live", 1, nil); len(got) != 1 || got[0].ID != want[0] {
			t.Errorf("Pending of one gave %v", ids(got))
		}
		if got, _ := s.Pending(ctx, "live", 1, func(id ulid.ULID) bool { return id == want[0] }); len(got) != 1 || got[0].ID != want[1] {
			t.Errorf("Pending of one but the oldest gave %v", ids(got))
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = openTest(t, Options{Dir: dir})
	}
}
