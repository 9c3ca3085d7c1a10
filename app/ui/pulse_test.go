package ui

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"shopbell/app/engine"
	"shopbell/app/ui/activity"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

// keepSpread keeps n captures of the last hours, the last of them i minutes ago.
func keepSpread(t *testing.T, e *engine.Engine, n int) {
	t.Helper()
	for i := range n {
		c := someCapture(fmt.Sprintf("evt_%d", i))
		c.Received = time.Now().Add(-time.Duration(n-i) * time.Minute)
		if i%5 == 0 {
			c.Outcome, c.Cover, c.State = signature.Mismatch, "", inspector.Held
		}
		if err := e.Store().Keep(t.Context(), &c); err != nil {
			t.Fatal(err)
		}
	}
}

// shown is how many captures the strip tells of.
func (d *desk) shown() activity.Bar {
	c := d.list.strip.Chart()
	return c.Sum(0, len(c.Bars)-1)
}

func TestStripCountsWhatTheListHolds(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepSpread(t, e, 100) })
	d.wait("all of them", func() bool { return d.shown() == activity.Bar{All: 100, Failed: 20} })
	d.choose(scope{kind: scopeNotVerified})
	d.wait("what failed", func() bool { return d.shown() == activity.Bar{All: 20, Failed: 20} })
	d.choose(scope{})
	keepMany(t, d.engine, 40)
	d.wait("what arrived", func() bool { return d.shown() == activity.Bar{All: 140, Failed: 20} })
}

func TestStripCountsTheMatchesOfASearch(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepSpread(t, e, 100) })
	d.list.search.entry.SetText("evt_7")
	d.wait("the matches", func() bool { return d.shown() == activity.Bar{All: 11, Failed: 2} })
	c := someCapture("evt_7_more")
	if err := d.engine.Store().Keep(t.Context(), &c); err != nil {
		t.Fatal(err)
	}
	d.wait("the new match", func() bool { return d.shown() == activity.Bar{All: 12, Failed: 2} })
	if d.list.strip.Chart().Counting || d.list.strip.Chart().Limit != 0 {
		t.Errorf("it says that something is missing: %+v", d.list.strip.Chart())
	}
}

func TestBrushedTimeBecomesPartOfTheSearchAndIsClearedByEscape(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepSpread(t, e, 100) })
	d.list.search.entry.SetText("tweed")
	d.wait("the chart", func() bool { return d.shown().All == 100 })
	strip, wide := d.list.strip, d.list.strip.Size().Width
	c := strip.Chart()
	want := c.Sum(10, 19)
	pitch := wide / float32(len(c.Bars))
	strip.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(10.5*pitch, 40)}})
	strip.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(19.5*pitch, 40)}})
	strip.MouseUp(nil)
	if text := d.list.search.text(); !strings.HasPrefix(text, "tweed since:") || !strings.Contains(text, " until:") {
		t.Fatalf("the search is %q", text)
	}
	d.wait("the range", func() bool {
		return d.list.extent.whole && d.list.rows.Count() == want.All && d.list.strip.Chart().Chosen
	})
	d.wait("its chart", func() bool { return d.shown() == want })
	strip.TypedKey(key(fyne.KeyLeft))
	strip.TypedKey(key(fyne.KeyReturn)) // one bar of what is shown now
	if text := d.list.search.text(); strings.Count(text, "since:") != 1 {
		t.Errorf("the search is %q", text)
	}
	d.wait("its chart", func() bool { return len(d.list.strip.Chart().Bars) <= 2 })
	strip.TypedKey(key(fyne.KeyEscape))
	if d.list.search.text() != "tweed" {
		t.Errorf("the search is %q", d.list.search.text())
	}
	d.wait("all times", func() bool { return d.shown().All == 100 && !d.list.strip.Chart().Chosen })
}

func TestBrushedTimeWithoutOtherWordsIsCountedByTheStore(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepSpread(t, e, 300) })
	d.wait("the chart", func() bool { return d.shown().All == 300 })
	random := rand.New(rand.NewPCG(1, 3))
	for range 5 {
		c := d.list.strip.Chart()
		first := random.IntN(len(c.Bars) / 2)
		last := first + len(c.Bars)/2
		want := c.Sum(first, last)
		d.list.brush(c.Start(first), c.Start(last+1))
		if _, plain := d.refresh.wanted.times(time.Now()); !plain {
			t.Fatalf("%q is not plain", d.refresh.wanted.query)
		}
		d.wait("the range", func() bool { return d.shown() == want && d.list.strip.Chart().Chosen })
		d.wait("its rows", func() bool {
			return d.list.rows.Count() == want.All && d.list.listing.query.String() == d.list.search.text()
		})
		d.list.allTimes()
		d.wait("all times", func() bool { return d.shown().All == 300 && !d.list.strip.Chart().Chosen })
	}
}

func TestAWrongSearchIsNotTouchedByTheBrush(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepSpread(t, e, 10) })
	d.list.search.entry.SetText("outcome:nonsense")
	d.list.brush(time.Now().Add(-time.Hour), time.Now())
	if d.list.search.text() != "outcome:nonsense" {
		t.Errorf("the search is %q", d.list.search.text())
	}
}

func TestStripSaysWhenItCountedTheNewestMatchesOnly(t *testing.T) {
	p := &pulse{now: sceneNow, wake: func() {}}
	found := []inspector.Lot{{Minute: sceneNow().Unix() / 60}, {Minute: sceneNow().Unix() / 60}}
	p.publish(wish{}, found, activity.Range{}, true, false)
	if c := p.chart; !c.Counting || c.Limit != 0 {
		t.Errorf("while it counts it says %+v", c)
	}
	p.publish(wish{}, found, activity.Range{}, true, true)
	if c := p.chart; c.Counting || c.Limit != 2 || c.Sum(0, len(c.Bars)).All != 2 {
		t.Errorf("at the limit it says %+v", c)
	}
}
