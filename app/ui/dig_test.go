package ui

import (
	"context"
	"testing"
	"time"

	"shopbell/app/engine"
	"shopbell/inspector"
)

// searchOf is a listing of a search that looks at one capture at a time.
func searchOf(t *testing.T, e *engine.Engine, text string) *listing {
	t.Helper()
	q, err := inspector.ParseQuery(text, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return &listing{store: e.Store(), query: q, typed: true, blocks: newBlocks(), changes: 1}
}

func TestASlowSearchShowsWhatItHasAndGoesOn(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 60) })
	l := searchOf(t, d.engine, "evt_7_")
	rounds := 0
	for {
		if err := l.digOn(t.Context()); err != nil {
			t.Fatal(err)
		}
		f := l.extent().found
		if !l.unfinished() {
			break
		}
		if rounds++; !f.looking || f.back.IsZero() || f.matches > 3 {
			t.Fatalf("after %d rounds: %+v", rounds, f)
		}
	}
	if e := l.extent(); rounds < 30 || !e.whole || e.found.matches != 3 || e.found.looking || e.found.counting {
		t.Errorf("after %d rounds it has %+v", rounds, e)
	}
}

func TestMatchesBeyondTheFirstRowsAreCounted(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 700) })
	l := searchOf(t, d.engine, "tweed")
	l.patience = time.Minute
	if err := l.digOn(t.Context()); err != nil {
		t.Fatal(err)
	}
	if f := l.extent().found; f.rows != blockSize || !f.counting || f.looking {
		t.Fatalf("after the first rows: %+v", f)
	}
	from, yes := l.startCount()
	if _, again := l.startCount(); !yes || again {
		t.Fatal("it is not counted once")
	}
	told := 0
	l.count(t.Context(), from, func() { told++ })
	if f := l.extent().found; f.matches != 700 || f.counting || told == 0 {
		t.Errorf("counted %+v, told %d times", f, told)
	}
	if err := l.digOn(t.Context()); err != nil { // more rows change no number
		t.Fatal(err)
	}
	if f := l.extent().found; f.matches != 700 || f.rows != 2*blockSize {
		t.Errorf("after more rows: %+v", f)
	}
}

func TestACountThatIsBrokenOffSaysNoTotal(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 300) })
	l := searchOf(t, d.engine, "tweed")
	l.patience = time.Minute
	if err := l.digOn(t.Context()); err != nil {
		t.Fatal(err)
	}
	from, _ := l.startCount()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	l.count(ctx, from, func() { t.Error("it counted on") })
	if f := l.extent().found; !f.counting || f.matches != blockSize {
		t.Errorf("it says %+v", f)
	}
}

func TestTheNumberOfMatchesStandsBelowTheField(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 700) })
	d.list.search.entry.SetText("tweed")
	d.wait("the count", func() bool {
		f := d.list.extent.found
		return d.list.listing.typed && f.matches == 700 && !f.counting && d.list.search.tally.Visible()
	})
	if d.list.rows.Count() != blockSize {
		t.Errorf("%d rows are shown, expected %d", d.list.rows.Count(), blockSize)
	}
	keepMany(t, d.engine, 20)
	d.wait("the new ones", func() bool { return d.list.extent.found.matches == 720 })
	d.list.search.clear()
	d.wait("everything", func() bool { return d.list.rows.Count() == 720 && !d.list.search.tally.Visible() })
}

func TestTypingOnBreaksASearchOff(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 400) })
	for _, text := range []string{"t", "tw", "twe", "evt_3", "evt_3_", "evt_399"} {
		d.list.search.put(text, len(text))
	}
	d.wait("the last one", func() bool { return d.list.extent.whole && d.list.listing.query.String() == "evt_399" })
	d.rest()
	if q := d.list.listing.query.String(); q != "evt_399" {
		t.Errorf("the list shows %q", q)
	}
}
