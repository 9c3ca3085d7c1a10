package ui

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/engine"
	"shopbell/inspector"
)

// keepHeld keeps n captures that are held.
func keepHeld(t *testing.T, e *engine.Engine, n int) {
	t.Helper()
	for i := range n {
		c := someCapture(fmt.Sprintf("held_%d", i))
		c.State = inspector.Held
		if err := e.Store().Keep(t.Context(), &c); err != nil {
			t.Fatal(err)
		}
	}
}

func TestListStandsStillWhileRowsAboveItLeaveAndOthersArrive(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepHeld(t, e, 700) })
	d.choose(scope{kind: scopeHeld})
	d.wait("what is held", func() bool { return d.list.rows.Count() == 700 && d.list.listing.scope.kind == scopeHeld })
	d.list.rows.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -400*d.list.rows.RowHeight - 17}})
	d.rest()
	before, ids, random := d.firstSeen(), d.ids(), rand.New(rand.NewPCG(2, 2))
	gone := 0
	for round := range 4 {
		for range 20 {
			at := random.IntN(300)
			if err := d.engine.Store().Change(t.Context(), ids[at], func(c *inspector.Capture) {
				if c.State == inspector.Held {
					c.State = inspector.Kept
					gone++
				}
			}); err != nil {
				t.Fatal(err)
			}
		}
		keepHeld(t, d.engine, 30)
		want := 700 - gone + 30*(round+1)
		d.wait("the change", func() bool { return d.list.rows.Count() == want })
		d.rest()
		if now := d.firstSeen(); now != before {
			t.Fatalf("after round %d the list shows %s at its top, expected %s", round, now, before)
		}
	}
}

func TestListOpenedAnewShowsTheSamePlace(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 2000) })
	d.rest()
	d.list.rows.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -1200*d.list.rows.RowHeight - 9}})
	d.rest()
	before := d.firstSeen()
	keepMany(t, d.engine, 100)
	old := d.list.listing
	d.reload()
	d.wait("the list", func() bool { return d.list.listing != old && d.list.rows.Count() == 2100 })
	d.rest()
	if now := d.firstSeen(); now != before {
		t.Errorf("the list shows %s at its top, expected %s", now, before)
	}
}

func TestSearchOpenedAnewShowsTheSamePlace(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 2000) })
	d.rest()
	d.list.search.put("evt_", 4)
	d.wait("matches", func() bool { return d.list.listing.typed && d.list.rows.Count() > 0 })
	for range 6 { // down to where the known end is again and again
		d.list.rows.Select(d.list.rows.Count() - 5)
		d.rest()
	}
	before, old := d.firstSeen(), d.list.listing
	d.reload()
	d.wait("the list", func() bool { return d.list.listing != old })
	d.rest()
	if now := d.firstSeen(); now != before {
		t.Errorf("the list shows %s at its top, expected %s", now, before)
	}
}
