package ui

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/app/ui/rows"
	"shopbell/inspector"
)

// choose selects the row at index as a user does.
func (d *desk) reach(index int, how rows.Reach) {
	d.t.Helper()
	d.list.reach(index, how)
	d.list.rows.Select(index)
}

// ids are all captures of the store, newest first.
func (d *desk) ids() (ids []ulid.ULID) {
	d.t.Helper()
	page, err := d.engine.Store().Page(d.t.Context(), inspector.Query{}, ulid.ULID{}, 0)
	if err != nil {
		d.t.Fatal(err)
	}
	for i := range page {
		ids = append(ids, page[i].ID)
	}
	return ids
}

// collected are the captures that an action would be about.
func (d *desk) collected() []ulid.ULID {
	d.t.Helper()
	ids, err := d.list.listing.collect(d.t.Context(), d.list.several)
	if err != nil {
		d.t.Fatal(err)
	}
	return ids
}

func TestChosenRowsAreThoseThatAreActedOn(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 200) })
	d.rest()
	all, random := d.ids(), rand.New(rand.NewPCG(3, 3))
	model, anchor := map[int]bool{}, 0
	d.reach(0, rows.Alone)
	for range 300 {
		i := random.IntN(150)
		switch random.IntN(5) {
		case 0:
			d.reach(i, rows.Alone)
			clear(model)
			anchor = i
		case 1:
			d.reach(i, rows.Extend)
			clear(model)
			for k := min(i, anchor); k <= max(i, anchor); k++ {
				model[k] = true
			}
		default:
			if !d.list.several.some() && d.list.rows.Selected() != i {
				model[d.list.rows.Selected()] = true
			}
			d.reach(i, rows.Toggle)
			if anchor = i; model[i] {
				delete(model, i)
			} else {
				model[i] = true
			}
		}
		var want []ulid.ULID
		for k, id := range all {
			if model[k] {
				want = append(want, id)
			}
			if from, to := d.list.rows.Seen(); k >= from && k < to && d.list.several.some() {
				if yes, _ := d.list.chosen(k); yes != model[k] {
					t.Fatalf("row %d is shown as chosen: %v", k, yes)
				}
			}
		}
		if got := d.collected(); !slices.Equal(got, want) || d.list.several.count() != len(want) {
			t.Fatalf("%d captures are chosen, %d would be acted on, expected %d", d.list.several.count(), len(got), len(want))
		}
	}
}

func TestSelectionOfSeveralStaysWhileRowsArrive(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 100) })
	d.rest()
	d.reach(3, rows.Alone)
	d.reach(9, rows.Extend)
	d.reach(20, rows.Toggle)
	before := d.collected()
	keepMany(t, d.engine, 500)
	d.wait("600 rows", func() bool { return d.list.rows.Count() == 600 })
	if got := d.collected(); !slices.Equal(got, before) || d.list.group.says.Text != "8 selected" {
		t.Errorf("%d are chosen, expected the same 8; the bar says %q", len(got), d.list.group.says.Text)
	}
	seq, ok := d.list.listing.find(before[0])
	if yes, several := d.list.chosen(seq - d.list.extent.top); !ok || !yes || !several {
		t.Error("a chosen row is not shown as such any more")
	}
}

func TestAllIsAllOfTheListAndNothingThatComesLater(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepSpread(t, e, 2500) })
	d.choose(scope{kind: scopeHeld})
	d.wait("what is held", func() bool { return d.list.rows.Count() == 500 && d.list.listing.scope.kind == scopeHeld })
	d.list.rows.TypedShortcut(&fyne.ShortcutSelectAll{})
	if d.list.group.says.Text != "500 selected" || !d.list.group.content.Visible() {
		t.Errorf("the bar says %q", d.list.group.says.Text)
	}
	if n := len(d.list.several.added) + len(d.list.several.taken); n != 0 {
		t.Errorf("%d ids were taken into memory", n)
	}
	c := someCapture("late")
	c.State = inspector.Held
	if err := d.engine.Store().Keep(t.Context(), &c); err != nil {
		t.Fatal(err)
	}
	d.wait("the late one", func() bool { return d.list.rows.Count() == 501 })
	if got := d.collected(); len(got) != 500 || slices.Contains(got, c.ID) {
		t.Errorf("%d would be acted on, expected the 500 that were there", len(got))
	}
	d.choose(scope{})
	d.wait("everything", func() bool { return d.list.rows.Count() == 2501 })
	if d.list.several.some() || d.list.group.content.Visible() {
		t.Error("a selection outlives its list")
	}
}

func TestShiftEndReachesTheOldestThatWasNeverRead(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 3000) })
	d.rest()
	d.list.rows.Select(2)
	d.list.reach(2, rows.Alone)
	d.list.rows.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	d.list.rows.TypedKey(key(fyne.KeyEnd))
	if n := d.list.several.count(); n != 2998 {
		t.Errorf("%d are chosen, expected 2998", n)
	}
	if got, all := d.collected(), d.ids(); !slices.Equal(got, all[2:]) {
		t.Errorf("%d would be acted on, expected %d", len(got), len(all)-2)
	}
	d.list.rows.TypedKey(key(fyne.KeyHome))
	if n := d.list.several.count(); n != 3 {
		t.Errorf("%d are chosen, expected 3", n)
	}
}

func TestStretchToARowThatIsStillReadIsChosenWhenItIsThere(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 3000) })
	d.rest()
	d.reach(5, rows.Alone)
	d.list.rows.ScrollTo(2500)
	d.list.reach(2500, rows.Extend) // not there yet
	d.wait("the stretch", func() bool { return d.list.several.count() == 2496 })
	if got := d.collected(); !slices.Equal(got, d.ids()[5:2501]) {
		t.Errorf("%d would be acted on, expected 2496", len(got))
	}
}

func TestEscapeLetsGoOfTheSelectionBeforeTheFocus(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 40) })
	d.rest()
	d.win.Canvas().Focus(d.list.rows)
	d.reach(1, rows.Alone)
	d.reach(4, rows.Extend)
	d.list.rows.TypedKey(key(fyne.KeyEscape))
	if d.list.several.some() || d.list.group.content.Visible() || d.win.Canvas().Focused() != d.list.rows {
		t.Error("Esc did not clear the selection alone")
	}
}

func TestGroupIsPinnedUnpinnedAndDeleted(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 300) })
	d.rest()
	d.reach(10, rows.Alone)
	d.reach(109, rows.Extend)
	d.list.rows.TypedRune('p')
	d.wait("100 pins", func() bool { return d.model.counts.Pinned == 100 && !d.list.group.busy })
	d.pinSelected(false)
	d.wait("no pins", func() bool { return d.model.counts.Pinned == 0 && !d.list.group.busy })
	all := d.ids()
	d.list.rows.TypedKey(key(fyne.KeyDelete))
	d.wait("200 captures", func() bool { return d.model.counts.All == 200 && d.list.rows.Count() == 200 })
	if len(d.sheets) != 0 || d.notice.text != "100 captures deleted." {
		t.Errorf("it says %q before %d sheets", d.notice.text, len(d.sheets))
	}
	if got := d.ids(); !slices.Equal(got, slices.Concat(all[:10], all[110:])) {
		t.Error("others were deleted than those that were chosen")
	}
	if d.list.several.some() {
		t.Error("what is gone is still selected")
	}
	d.undo()
	d.wait("300 captures", func() bool { return d.model.counts.All == 300 && d.list.rows.Count() == 300 })
	if !slices.Equal(d.ids(), all) {
		t.Error("undo brought others back than were deleted")
	}
}

func TestGroupIsReplayedInTheOrderOfArrivalAndCanBeStopped(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 60) })
	d.rest()
	d.reach(0, rows.Alone)
	d.reach(11, rows.Extend)
	before := d.collected()
	d.list.rows.TypedRune('r')
	d.wait("the end", func() bool { return d.notice.text != "" && !d.list.group.busy })
	if d.notice.text != "12 replayed, all answered 2xx." {
		t.Errorf("it says %q", d.notice.text)
	}
	if err := d.engine.Store().Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	sent, err := d.engine.Store().DeliveriesAfter(t.Context(), ulid.ULID{}, 0)
	if err != nil || len(sent) != 12 {
		t.Fatalf("%d deliveries, %v", len(sent), err)
	}
	for i, delivery := range sent {
		if delivery.Capture != before[11-i] {
			t.Errorf("delivery %d is of %s, expected %s", i, delivery.Capture, before[11-i])
		}
	}
	d.notice.putAway()
	d.reach(0, rows.Alone)
	d.list.all()
	d.replay()
	d.wait("the question", func() bool { return len(d.sheets) == 1 })
	d.sheets[0].enter()
	d.list.group.onStop()
	d.wait("the end", func() bool { return !d.list.group.busy })
	if !strings.HasPrefix(d.notice.text, "Stopped: ") {
		t.Errorf("it says %q", d.notice.text)
	}
}

func TestGroupIsCopiedAsRawRequests(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 40) })
	d.rest()
	d.reach(2, rows.Alone)
	d.reach(4, rows.Extend)
	d.list.rows.TypedRune('Y')
	d.wait("the copy", func() bool { return d.notice.text != "" })
	text := d.app.Clipboard().Content()
	if strings.Count(text, "POST /tweed/x HTTP/1.1") != 3 {
		t.Errorf("copied %q", text)
	}
	at := 0
	for _, id := range slices.Backward(d.collected()) {
		c, err := d.engine.Store().Get(context.Background(), id)
		next := strings.Index(text, string(c.Message.Body))
		if err != nil || next < at {
			t.Errorf("%q stands at %d, %v", c.Message.Body, next, err)
		}
		at = next
	}
}

func TestGroupIsCopiedAsCurlCommands(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 40) })
	d.rest()
	d.reach(2, rows.Alone)
	d.reach(4, rows.Extend)
	d.list.rows.TypedRune('y')
	d.wait("the copy", func() bool { return d.notice.text != "" })
	if text := d.app.Clipboard().Content(); strings.Count(text, "curl ") != 3 || d.notice.text != "Copied 3 as curl commands, without secrets." {
		t.Errorf("copied %q, and says %q", text, d.notice.text)
	}
}

func TestMillionChosenTakeNoMoreRoomThanTwo(t *testing.T) {
	var s selection
	s.stretch(ulid.ULID{9}, ulid.ULID{}, 1_000_000)
	s.toggle(ulid.ULID{5})
	if s.count() != 999_999 || s.holds(ulid.ULID{5}) || !s.holds(ulid.ULID{4}) || s.holds(ulid.ULID{10}) {
		t.Errorf("%d are chosen: %+v", s.count(), s)
	}
	s.toggle(ulid.ULID{10})
	s.toggle(ulid.ULID{5})
	if s.count() != 1_000_001 || !s.holds(ulid.ULID{10}) || !s.holds(ulid.ULID{5}) {
		t.Errorf("%d are chosen: %+v", s.count(), s)
	}
	if got := fmt.Sprint(following(ulid.ULID{1, 2}) == ulid.ULID{1, 2, 15: 1}, following(ulid.ULID{15: 255}) == ulid.ULID{14: 1}); got != "true true" {
		t.Errorf("the next ids are wrong: %s", got)
	}
}
