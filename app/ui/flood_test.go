package ui

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

// keepMany keeps n captures from several goroutines at once, as a flood does.
func keepMany(t *testing.T, e *engine.Engine, n int) {
	t.Helper()
	const senders = 20
	var all sync.WaitGroup
	for s := range senders {
		all.Add(1)
		go func() {
			defer all.Done()
			for i := range n / senders {
				c := someCapture(fmt.Sprintf("evt_%d_%d", s, i))
				if err := e.Store().Keep(context.Background(), &c); err != nil {
					t.Error(err)
					return
				}
			}
		}()
	}
	all.Wait()
}

func someCapture(id string) inspector.Capture {
	return inspector.Capture{
		Summary: inspector.Summary{
			Received: time.Now(), Endpoint: "tweed live", Provider: "tweed", Event: "CHECKOUT_STATUS_UPDATED",
			DeliveryID: id, Outcome: signature.Verified, Cover: signature.CoverBody,
			Method: "POST", Path: "/tweed/x", Size: int64(len(id)), State: inspector.Done,
		},
		Message: signature.Message{Method: "POST", URL: "http://localhost/tweed/x", Target: "/tweed/x", Body: []byte(id)},
		Verdict: signature.Verdict{Provider: "tweed", Outcome: signature.Verified, Cover: signature.CoverBody},
	}
}

// firstSeen is the capture at the top of what is on screen.
func (d *desk) firstSeen() ulid.ULID {
	d.t.Helper()
	from, _ := d.list.rows.Seen()
	r, ok, _ := d.list.listing.look(d.list.extent.top + from)
	if !ok {
		d.t.Fatalf("row %d on screen is not in memory", from)
	}
	return r.ID
}

func TestListStandsStillWhileTwoThousandArrive(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 300) })
	d.rest()
	d.list.rows.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -5000}})
	d.rest()
	before := d.firstSeen()
	go keepMany(t, d.engine, 2000)
	d.wait("2300 captures", func() bool {
		if now := d.firstSeen(); now != before {
			t.Fatalf("the list moved from %s to %s", before, now)
		}
		return d.model.counts.All == 2300 && d.list.rows.Count() == 2300
	})
	if d.list.unseen != 2000 || !d.list.fresh.Visible() || d.list.fresh.Text != "2\u2009000 new" {
		t.Errorf("%d rows are counted as new, the button says %q", d.list.unseen, d.list.fresh.Text)
	}
	if got := d.side.entries["tweed live"].count.Text; got != "2\u2009300" {
		t.Errorf("the sidebar counts %q captures of the endpoint", got)
	}
	d.list.fresh.OnTapped()
	d.rest()
	if !d.list.rows.AtTop() || d.list.fresh.Visible() {
		t.Error("the button did not go to the newest row")
	}
	d.wantRowsAsStored()
}

// wantRowsAsStored compares every row of the list with the store's order.
func (d *desk) wantRowsAsStored() {
	d.t.Helper()
	page, err := d.engine.Store().Page(d.t.Context(), inspector.Query{}, ulid.ULID{}, 0)
	if err != nil {
		d.t.Fatal(err)
	}
	if d.list.rows.Count() != len(page) {
		d.t.Fatalf("the list has %d rows, the store %d captures", d.list.rows.Count(), len(page))
	}
	for i, s := range page {
		if r, ok, _ := d.list.listing.look(d.list.extent.top + i); ok && r.ID != s.ID {
			d.t.Fatalf("row %d is %s, expected %s", i, r.ID, s.ID)
		}
	}
}

func TestListFollowsTheNewestAtTheTop(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 100) })
	keepMany(t, d.engine, 200)
	d.wait("300 rows", func() bool { return d.list.rows.Count() == 300 })
	newest, err := d.engine.Store().Page(t.Context(), inspector.Query{}, ulid.ULID{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if d.firstSeen() != newest[0].ID || d.list.fresh.Visible() {
		t.Error("the newest capture is not the first row")
	}
}

func TestSelectionStaysWithItsCapture(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 100) })
	d.rest()
	d.list.rows.Select(3)
	chosen := d.list.selected
	keepMany(t, d.engine, 500)
	d.wait("600 rows", func() bool { return d.list.rows.Count() == 600 })
	r, ok, _ := d.list.listing.look(d.list.extent.top + d.list.rows.Selected())
	if !ok || r.ID != chosen {
		t.Errorf("row %d is selected, which is %s and not %s", d.list.rows.Selected(), r.ID, chosen)
	}
}

func TestJumpToTheEndOfTheListShowsTheOldest(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 3000) })
	d.rest()
	d.list.rows.ScrollTo(2999)
	d.wait("the last row", func() bool {
		_, ok, _ := d.list.listing.look(d.list.extent.top + 2999)
		return ok
	})
	d.wantRowsAsStored()
}

func TestHiddenWindowReadsNothing(t *testing.T) {
	d := openDesk(t, nil)
	d.rest()
	d.Hide()
	keepMany(t, d.engine, 100)
	d.rest()
	if n := d.list.rows.Count(); n != 0 {
		t.Errorf("the hidden window shows %d rows", n)
	}
	d.Show()
	d.wait("100 rows", func() bool { return d.list.rows.Count() == 100 })
}
