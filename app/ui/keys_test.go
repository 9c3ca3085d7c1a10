package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/engine"
	"shopbell/inspector"
)

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

func TestLettersActOnTheSelectedCapture(t *testing.T) {
	d := openDesk(t, nil)
	d.addEndpoint("tweed", "tweed live", typedSecret)
	d.saved.sheet.close()
	d.send("tweed", "tweed live")
	d.wait("a delivered capture", func() bool {
		c, ok := d.newest()
		return ok && c.State == inspector.Done
	})
	d.win.Canvas().Focus(d.list.rows)
	d.list.rows.TypedKey(key(fyne.KeyDown))
	d.wait("the capture", func() bool { return d.detail.capture != nil })
	d.list.rows.TypedRune('p')
	d.wait("the pin", func() bool { return d.model.counts.Pinned == 1 && d.detail.capture.Pinned })
	d.list.rows.TypedRune('r')
	d.wait("the replay", func() bool { return len(d.detail.capture.Deliveries) == 2 })
	d.list.rows.TypedRune('Y')
	if raw := d.app.Clipboard().Content(); !strings.HasPrefix(raw, "POST /tweed/") {
		t.Errorf("copied %.60q", raw)
	}
	d.list.rows.TypedRune('y')
	d.wait("the command", func() bool {
		return strings.HasPrefix(d.app.Clipboard().Content(), "curl -X POST --http1.1 http://127.0.0.1:")
	})
	d.list.rows.TypedKey(key(fyne.KeyDelete))
	d.wait("no capture", func() bool { return d.model.counts.All == 0 && d.list.rows.Count() == 0 })
	if _, some := d.chosen(); some || d.detail.capture != nil {
		t.Error("the deleted capture is still selected")
	}
}

func TestLettersTypedIntoTheSearchActOnNothing(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.rest()
	d.list.rows.Select(0)
	d.typedRune('/')
	if d.win.Canvas().Focused() != d.list.search.entry {
		t.Fatal("/ does not lead to the search")
	}
	for _, r := range "prp" {
		d.win.Canvas().Focused().TypedRune(r)
	}
	d.rest()
	if d.list.search.text() != "prp" || d.model.counts.Pinned != 0 {
		t.Errorf("the field holds %q, %d captures are pinned", d.list.search.text(), d.model.counts.Pinned)
	}
	d.list.search.entry.TypedKey(key(fyne.KeyEscape))
	d.list.search.entry.TypedKey(key(fyne.KeyEscape))
	if d.list.search.text() != "" || d.win.Canvas().Focused() != nil {
		t.Error("Esc neither clears nor leaves the search")
	}
}

func TestEscapeClosesWhatIsInFront(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.rest()
	d.list.rows.Select(0)
	d.notice.tell("done")
	f := d.openEndpoint("")
	f.name.TypedKey(key(fyne.KeyEscape))
	if len(d.sheets) != 0 {
		t.Fatal("the sheet is still open")
	}
	d.typedKey(key(fyne.KeyEscape))
	if d.notice.content.Visible() {
		t.Error("the message is still there")
	}
	d.win.Canvas().Unfocus()
	d.typedKey(key(fyne.KeyEscape))
	if _, some := d.chosen(); some {
		t.Error("the capture is still selected")
	}
}

func TestEveryCaptureActionOfTheMenuWaitsForASelection(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.rest()
	for _, i := range d.menu.capture {
		if !i.Disabled {
			t.Errorf("%s can be chosen without a capture", i.Label)
		}
	}
	d.list.rows.Select(0)
	d.wait("the capture", func() bool { return d.detail.capture != nil })
	for _, i := range d.menu.capture {
		if i.Disabled != (i == d.itemOf(cmdRelease)) {
			t.Errorf("%s: disabled is %v for a verified capture", i.Label, i.Disabled)
		}
	}
}

// itemOf is the item of a command in the menu bar.
func (d *desk) itemOf(id commandID) *fyne.MenuItem {
	at := slices.IndexFunc(d.commands, func(c command) bool { return c.id == id })
	return d.menu.items[at]
}

func TestTabReachesEveryPart(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.rest()
	want := map[fyne.Focusable]string{
		d.top.pause.full: "pause", d.top.simulate.full: "simulate", d.top.gear.full: "settings",
		d.side.fixed[0]: "all captures", d.side.add: "add endpoint",
		d.list.search.entry: "search", d.list.rows: "the list",
	}
	for range 60 {
		d.win.Canvas().FocusNext()
		delete(want, d.win.Canvas().Focused())
	}
	for _, name := range want {
		t.Errorf("Tab does not reach %s", name)
	}
}

func TestPausingStopsForwardingAndShows(t *testing.T) {
	d := openDesk(t, nil)
	d.top.pause.full.OnTapped()
	d.wait("the pause", func() bool { return d.model.paused })
	if d.top.pause.full.Text != "Resume forwarding" || d.status.rules.Text != "Forwarding is paused" {
		t.Errorf("button %q, status bar %q", d.top.pause.full.Text, d.status.rules.Text)
	}
	d.top.pause.full.OnTapped()
	d.wait("the end of the pause", func() bool { return !d.model.paused })
}
