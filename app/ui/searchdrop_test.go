package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"shopbell/app/engine"
	"shopbell/providers/signature"
)

// enter types into the search field, which gets the keyboard.
func (d *desk) enter(text string) {
	d.win.Canvas().Focus(d.list.search.entry)
	for _, r := range text {
		d.list.search.entry.TypedRune(r)
	}
}

func (d *desk) searchKey(names ...fyne.KeyName) {
	for _, name := range names {
		d.list.search.entry.TypedKey(key(name))
	}
}

func TestCompletionIsTakenByKey(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	s := d.list.search
	d.enter("out")
	if !s.drop.open() || s.drop.lines[0].label != "outcome:" {
		t.Fatalf("it offers %v", s.drop.lines)
	}
	if !s.entry.AcceptsTab() {
		t.Error("Tab leaves the field although there is something to complete")
	}
	d.searchKey(fyne.KeyTab)
	if s.text() != "outcome:" || !s.drop.open() || s.wrong.Visible() {
		t.Fatalf("after the field it is %q, open %v", s.text(), s.drop.open())
	}
	d.searchKey(fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyUp, fyne.KeyDown, fyne.KeyReturn)
	if s.text() != "outcome:verified " || s.drop.open() || s.entry.CursorColumn != len("outcome:verified ") {
		t.Errorf("it became %q with the cursor at %d", s.text(), s.entry.CursorColumn)
	}
	d.wait("the matches", func() bool { return d.list.listing.typed && d.list.rows.Count() == 20 })
	if d.win.Canvas().Focused() != s.entry {
		t.Error("the keyboard left the field")
	}
}

func TestClosedCompletionTakesNoKey(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	s := d.list.search
	d.enter("out")
	d.searchKey(fyne.KeyEscape)
	if s.drop.open() || s.text() != "out" || s.entry.AcceptsTab() {
		t.Fatalf("Esc leaves %q, open %v", s.text(), s.drop.open())
	}
	d.searchKey(fyne.KeyDown, fyne.KeyUp)
	if s.drop.open() || s.text() != "out" {
		t.Error("an arrow opened the completion")
	}
	d.searchKey(fyne.KeyReturn)
	if d.win.Canvas().Focused() != d.list.rows {
		t.Error("Enter does not lead to the list")
	}
	d.win.Canvas().Focus(s.entry)
	d.searchKey(fyne.KeyEscape)
	if s.text() != "" {
		t.Error("Esc does not empty the field")
	}
}

func TestEnterWithoutAMarkSearchesForWhatIsTyped(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.enter("twe")
	if !d.list.search.drop.open() {
		t.Fatal("nothing is offered")
	}
	d.searchKey(fyne.KeyReturn)
	if d.list.search.text() != "twe" || d.list.search.drop.open() {
		t.Errorf("it became %q", d.list.search.text())
	}
	d.wait("the matches", func() bool { return d.list.listing.typed && d.list.rows.Count() == 20 })
}

func TestCompletionIsTakenWithThePointer(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	s := d.list.search
	d.enter("is:")
	at := fyne.NewPos(40, dropEdge+1.5*dropRow)
	s.drop.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	if s.drop.marked != 1 {
		t.Errorf("the pointer marks line %d", s.drop.marked)
	}
	s.drop.MouseDown(nil)
	d.win.Canvas().Unfocus() // as a press elsewhere does
	d.rest()
	if !s.drop.open() {
		t.Fatal("a press on the completion closes it")
	}
	s.drop.Tapped(&fyne.PointEvent{Position: at})
	if s.text() != "is:held " || d.win.Canvas().Focused() != s.entry {
		t.Errorf("it became %q", s.text())
	}
	d.enter("is:")
	d.win.Canvas().Unfocus()
	d.rest()
	if s.drop.open() {
		t.Error("the completion stays after the keyboard left")
	}
}

func TestCompletionKnowsWhatTheStoreHasSeen(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) {
		for _, event := range []string{"order.paid", "order shipped"} {
			c := someCapture("evt_" + event)
			c.Event, c.Endpoint = event, "my shop"
			c.Message.Header = signature.Header{{Name: "X-Id", Value: "1"}}
			if err := e.Store().Keep(t.Context(), &c); err != nil {
				t.Fatal(err)
			}
		}
	})
	d.rest()
	s := d.list.search
	d.enter("event:ship")
	d.searchKey(fyne.KeyTab)
	if s.text() != `event:"order shipped" ` {
		t.Errorf("the event became %q", s.text())
	}
	d.enter("-my")
	d.searchKey(fyne.KeyTab)
	if s.text() != `event:"order shipped" -endpoint:"my shop" ` {
		t.Errorf("the endpoint became %q", s.text())
	}
	s.clear()
	d.list.rows.Select(0)
	d.wait("the capture", func() bool { return d.detail.capture != nil })
	d.enter("header.")
	if len(s.drop.lines) == 0 {
		t.Error("no header of the capture is offered")
	}
}

func TestCtrlSpaceAsksForCompletion(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	s := d.list.search
	d.win.Canvas().Focus(s.entry)
	if s.drop.open() {
		t.Fatal("it opened by itself")
	}
	s.entry.TypedShortcut(ctrl(fyne.KeySpace).shortcut())
	if !s.drop.open() || len(s.drop.lines) < 10 {
		t.Errorf("it offers %v", s.drop.lines)
	}
	d.searchKey(fyne.KeyUp)
	if s.drop.marked != len(s.drop.lines)-1 || s.drop.top != len(s.drop.lines)-dropLines {
		t.Errorf("Up marks %d, the first line seen is %d", s.drop.marked, s.drop.top)
	}
}

func TestAChipIsRemovedWithAClick(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	s := d.list.search
	s.put(`tweed  -"not this" since:1h`, 0)
	if len(s.chips.Objects) != 3 || !s.chips.Visible() {
		t.Fatalf("there are %d chips", len(s.chips.Objects))
	}
	if says := textOf(s.chips); !strings.Contains(says, "not: contains not this") || !strings.Contains(says, "received in the last hour") {
		t.Errorf("they say %q", says)
	}
	s.chips.Objects[1].(*chip).Tapped(nil)
	if s.text() != "tweed  since:1h" || len(s.chips.Objects) != 2 {
		t.Errorf("it became %q", s.text())
	}
	s.chips.Objects[1].(*chip).TypedKey(key(fyne.KeyDelete))
	s.chips.Objects[0].(*chip).TypedKey(key(fyne.KeyReturn))
	if s.text() != "" || s.chips.Visible() {
		t.Errorf("left is %q", s.text())
	}
	d.wait("everything", func() bool { return !d.list.listing.typed && d.list.rows.Count() == 20 })
}

func TestTermsThatExcludeEachOtherAreSaidInTheWindow(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.list.search.put("outcome:verified outcome:mismatch", 0)
	if says := d.list.search.vain.Text(); !strings.Contains(says, "“outcome is mismatch” and “outcome is verified”") {
		t.Errorf("it says %q", says)
	}
	d.wait("the empty state", func() bool { return d.list.empty.content.Visible() })
	if !strings.Contains(d.list.empty.said.says, "Nothing can match both") {
		t.Errorf("the list says %q", d.list.empty.said.says)
	}
}
