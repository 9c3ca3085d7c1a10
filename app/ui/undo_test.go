package ui

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/app/ui/look"
	"shopbell/inspector"
)

// kept reads all captures from the store, whole.
func (d *desk) kept() (list []inspector.Capture) {
	d.t.Helper()
	rows, err := d.engine.Store().Page(d.t.Context(), inspector.Query{}, ulid.ULID{}, 0)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, r := range rows {
		c, err := d.engine.Store().Get(d.t.Context(), r.ID)
		if err != nil {
			d.t.Fatal(err)
		}
		list = append(list, c)
	}
	return list
}

// unexplained are captures without the explanation of their verdicts, which is
// made when one is looked at.
func unexplained(list []inspector.Capture) []inspector.Capture {
	for i := range list {
		list[i].Verdict.Diagnosis = nil
	}
	return list
}

func (d *desk) counts() inspector.Counts {
	c := d.engine.Store().Counts()
	c.Bytes, c.Free = 0, 0
	return c
}

func (d *desk) waitKept(n int) {
	d.t.Helper()
	d.wait(fmt.Sprint(n, " captures"), func() bool { return d.model.counts.All == n && d.list.rows.Count() == n })
}

func openLiveScene(t *testing.T) *desk {
	t.Helper()
	d := openDeskWith(t, "http://localhost:8080", func(e *engine.Engine) { scene(t, e) }, func(o *engine.Options) { o.Now = sceneNow })
	now := sceneNow()
	d.at.Store(&now)
	d.rest()
	return d
}

func TestUndoBringsBackWhatWasDeletedAsItWas(t *testing.T) {
	d := openLiveScene(t)
	d.list.rows.Select(1)
	d.wait("the capture", func() bool { return d.detail.capture != nil })
	before, counts := d.kept(), d.counts() // with the explanation of its verdict
	d.hit(alone(fyne.KeyDelete))
	d.waitKept(len(before) - 1)
	if id, _ := d.chosen(); id != before[2].ID {
		t.Errorf("%s is selected, expected the capture below", id)
	}
	if got := d.list.rows.Selected(); got != 1 {
		t.Errorf("row %d is marked, expected 1", got)
	}
	if d.notice.text != "One capture deleted." || !d.notice.act.Visible() {
		t.Errorf("the window says %q", d.notice.text)
	}
	test.Tap(d.notice.act)
	d.waitKept(len(before))
	d.rest()
	if after := d.kept(); !reflect.DeepEqual(before, after) || !reflect.DeepEqual(counts, d.counts()) {
		t.Error("it is not as it was")
	}
	if id, _ := d.chosen(); id != before[1].ID || d.list.rows.Selected() != 1 {
		t.Errorf("%s in row %d is selected, expected what came back", id, d.list.rows.Selected())
	}
	if d.notice.act.Visible() {
		t.Error("undo is still offered")
	}
}

func TestEachUndoTakesBackOneDeletionTheLatestFirst(t *testing.T) {
	d := openLiveScene(t)
	all := d.kept()
	d.deleteCaptures(all[0].ID, all[4].ID, all[5].ID)
	d.waitKept(len(all) - 3)
	if d.notice.text != "3 captures deleted." {
		t.Errorf("the window says %q", d.notice.text)
	}
	d.deleteCaptures(all[1].ID)
	d.waitKept(len(all) - 4)
	d.hit(ctrl(fyne.KeyZ))
	d.waitKept(len(all) - 3)
	d.hit(ctrl(fyne.KeyZ))
	d.waitKept(len(all))
	d.hit(ctrl(fyne.KeyZ)) // there is nothing more
	d.rest()
	if !reflect.DeepEqual(unexplained(all), unexplained(d.kept())) {
		t.Error("not all is as it was")
	}
	if i := d.menu.items[d.commandAt(t, "Undo")]; !i.Disabled {
		t.Error("undo is offered although nothing is deleted")
	}
}

func TestUndoIsOfferedForAsLongAsItIsPossible(t *testing.T) {
	d := openLiveScene(t)
	all := d.kept()
	d.deleteCaptures(all[0].ID)
	d.waitKept(len(all) - 1)
	if d.whyNoUndo() != "" {
		t.Error("it cannot be undone")
	}
	later := sceneNow().Add(inspector.DiscardTime + time.Second)
	d.at.Store(&later)
	if d.whyNoUndo() == "" {
		t.Error("it is offered although the store may have removed it")
	}
}

func TestADeletionCanBeUndoneAfterARestart(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	all := d.kept()
	d.deleteCaptures(all[0].ID, all[2].ID)
	d.waitKept(len(all) - 2)
	d.Close()
	again := openOn(t, d.engine)
	again.wait("the deletion", func() bool { return len(again.deleted) == 1 })
	again.hit(ctrl(fyne.KeyZ))
	again.waitKept(len(all))
}

func TestUndoInAFieldTakesBackTyping(t *testing.T) {
	d := openLiveScene(t)
	all := d.kept()
	d.deleteCaptures(all[0].ID)
	d.waitKept(len(all) - 1)
	d.hit(letter('/'))
	test.Type(d.list.search.entry, "abc")
	d.hit(ctrl(fyne.KeyZ))
	if text := d.list.search.text(); text == "abc" {
		t.Errorf("the field holds %q", text)
	}
	d.rest()
	if n := d.counts().All; n != len(all)-1 {
		t.Errorf("%d captures, although the focus was in a field", n)
	}
}

func TestClearingDeletesWhatTheListShowsButThePinned(t *testing.T) {
	d := openLiveScene(t)
	all := d.kept()
	d.choose(scope{kind: scopeEndpoint, endpoint: "Tweed"})
	d.rest()
	d.hit(ctrlShift(fyne.KeyDelete))
	c := d.sheets[0]
	says := c.body.Objects[0].(*look.Prose)
	d.wait("the count", func() bool { return says.Text() != "Counting…" })
	if got, want := says.Text(), "Captures of “Tweed” to be deleted: 2. Pinned captures stay. For 10 minutes this can be undone."; got != want {
		t.Errorf("it asks %q, expected %q", got, want)
	}
	c.enter()
	d.wait("the rest", func() bool { return d.model.counts.All == len(all)-2 })
	for _, left := range d.kept() {
		if left.Endpoint == "Tweed" && !left.Pinned {
			t.Errorf("%s is left", left.ID)
		}
	}
	d.choose(scope{})
	d.hit(ctrl(fyne.KeyZ))
	d.waitKept(len(all))
	if !reflect.DeepEqual(unexplained(all), unexplained(d.kept())) {
		t.Error("undo does not bring back what was cleared")
	}
}

func TestClearingASearchDeletesWhatItFinds(t *testing.T) {
	d := openLiveScene(t)
	all := d.kept()
	d.list.search.entry.SetText("provider:yshop")
	d.rest()
	c := d.openClear()
	d.wait("the count", func() bool { return !c.yes.Disabled() })
	c.submit()
	d.wait("the rest", func() bool { return d.model.counts.All == len(all)-3 })
	for _, left := range d.kept() {
		if left.Provider == "yshop" {
			t.Errorf("%s is left", left.ID)
		}
	}
}

func TestWhatIsTooMuchToUndoIsSaidBeforeAndGoesForGood(t *testing.T) {
	d := openLiveScene(t)
	all := d.kept()
	c := d.openClear()
	d.wait("the count", func() bool { return !c.yes.Disabled() })
	found := c.found
	found.count = undoMost + 1
	c.ask(found, nil)
	if got, want := c.says.Text(), "Captures of “All captures” to be deleted for good: 10\u2009001. More than 10\u2009000 at once cannot be brought back. Pinned captures stay."; got != want {
		t.Errorf("it asks %q", got)
	}
	c.submit()
	d.wait("the pinned one alone", func() bool { return d.model.counts.All == 1 })
	d.rest()
	if d.whyNoUndo() == "" || len(d.sheets) != 0 {
		t.Error("undo is offered")
	}
	ids := make([]ulid.ULID, undoMost+1)
	ids[0] = all[0].ID
	d.deleteCaptures(ids...)
	if len(d.sheets) != 1 {
		t.Error("it does not ask before it deletes for good")
	}
}

func TestAnEmptyListHasNothingToClear(t *testing.T) {
	d := openLiveScene(t)
	d.choose(scope{kind: scopePinned})
	d.rest()
	c := d.openClear()
	d.wait("the count", func() bool { return c.says.Text() == "There is nothing to delete here. Pinned captures stay." })
	if !c.yes.Disabled() {
		t.Error("it can be cleared")
	}
	c.sheet.close()
	if c.ctx.Err() != context.Canceled {
		t.Error("it goes on counting")
	}
}
