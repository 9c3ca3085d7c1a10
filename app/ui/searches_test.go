package ui

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/providers/signature"
)

// sheetEntry is the field of the sheet in front.
func (d *desk) sheetEntry() *entry {
	d.t.Helper()
	var found *entry
	see(d.sheets[len(d.sheets)-1].body, func(o fyne.CanvasObject) {
		if e, is := o.(*entry); is && found == nil {
			found = e
		}
	})
	if found == nil {
		d.t.Fatal("the sheet has no field")
	}
	return found
}

// searchNames are the entries of the sidebar.
func (d *desk) searchNames() string {
	var names []string
	for _, item := range d.side.saved.items {
		names = append(names, item.name.Text)
	}
	return strings.Join(names, ", ")
}

func TestASearchIsSavedRenamedMovedAndDeleted(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.rest()
	d.choose(scope{kind: scopePinned})
	d.list.search.put("tweed", 5)
	d.list.search.entry.TypedShortcut(ctrl(fyne.KeyS).shortcut())
	d.sheetEntry().SetText("  mine ")
	d.sheetEntry().TypedKey(key(fyne.KeyReturn))
	d.wait("the entry", func() bool { return d.searchNames() == "mine" && len(d.sheets) == 0 })
	if got := fmt.Sprint(d.engine.Settings().Searches); got != "[{mine is:pinned tweed}]" {
		t.Errorf("saved is %s", got)
	}
	if !d.side.saved.items[0].selected {
		t.Error("the entry of what is shown is not marked")
	}
	if err := d.engine.PutSearch("", settings.Search{Name: "other", Query: "evt_7_"}); err != nil {
		t.Fatal(err)
	}
	d.wait("both", func() bool { return d.searchNames() == "mine, other" })
	d.searchMenu("other")[2].Action()
	d.wait("the order", func() bool { return d.searchNames() == "other, mine" })
	d.searchMenu("mine")[0].Action()
	d.sheetEntry().SetText("other")
	d.sheets[0].enter()
	if !strings.Contains(d.sheets[0].wrong.Text(), "other") {
		t.Errorf("a name that is taken: %q", d.sheets[0].wrong.Text())
	}
	d.sheetEntry().SetText("yours")
	d.sheets[0].enter()
	d.wait("the name", func() bool { return d.searchNames() == "other, yours" })
	d.searchMenu("other")[5].Action()
	d.sheets[0].enter()
	d.wait("one left", func() bool { return d.searchNames() == "yours" })
}

func TestASavedSearchIsChosenInTheSidebar(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) {
		keepMany(t, e, 40)
		if err := e.PutSearch("", settings.Search{Name: "seven", Query: "evt_7_"}); err != nil {
			t.Fatal(err)
		}
	})
	d.rest()
	d.choose(scope{kind: scopeHeld})
	d.side.saved.items[0].Tapped(nil)
	d.wait("its matches", func() bool { return d.list.listing.typed && d.list.rows.Count() == 2 })
	if d.side.chosen != (scope{}) || !d.side.saved.items[0].selected || d.list.search.text() != "evt_7_" {
		t.Errorf("scope %v, marked %v, field %q", d.side.chosen, d.side.saved.items[0].selected, d.list.search.text())
	}
	d.list.search.put("evt_8_", 6)
	change := d.searchMenu("seven")[1]
	if change.Disabled {
		t.Fatal("it cannot be changed to what is shown")
	}
	change.Action()
	d.wait("the change", func() bool { return len(d.model.chosen.Searches) == 1 && d.model.chosen.Searches[0].Query == "evt_8_" })
}

func TestNothingIsSavedWithoutASearch(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	d.rest()
	d.saveSearch()
	if len(d.sheets) != 0 || d.notice.text == "" {
		t.Error("an empty search can be saved")
	}
	d.list.search.put("outcome:x", 9)
	d.saveSearch()
	if len(d.sheets) != 0 {
		t.Error("a wrong search can be saved")
	}
	d.list.search.put("tweed", 5)
	d.starSearch()
	d.sheetEntry().SetText(strings.Repeat("a", 61))
	d.sheets[0].enter()
	d.wait("the reason", func() bool { return strings.Contains(d.sheets[0].wrong.Text(), "60") })
}

func TestCapturesLikeTheSelectedOneAreFound(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) {
		keepMany(t, e, 40)
		c := someCapture(`odd "id" \ 1`)
		c.Event, c.From = `paid, twice`, "185.36.169.12"
		c.Message.Header = signature.Header{{Name: "X-Forwarded-For", Value: "185.36.169.12, 10.0.0.1"}}
		if err := e.Store().Keep(t.Context(), &c); err != nil {
			t.Fatal(err)
		}
	})
	d.rest()
	d.choose(scope{kind: scopeAll})
	d.rest()
	d.list.rows.Select(0)
	d.wait("the capture", func() bool { return d.detail.capture != nil })
	like := d.searchItems()[1].ChildMenu.Items
	for i, want := range []string{`id:"odd \"id\" \\ 1"`, `event:"paid, twice"`, "provider:tweed", "header.X-Forwarded-For:185.36.169.12"} {
		if like[i].Disabled {
			t.Errorf("%s cannot be chosen", like[i].Label)
			continue
		}
		d.choose(scope{kind: scopeHeld})
		like[i].Action()
		rows := map[bool]int{true: 41, false: 1}[i == 2]
		d.wait(want, func() bool { return d.list.listing.query.String() == want && d.list.rows.Count() == rows })
		if d.win.Canvas().Focused() != d.list.rows || d.list.search.wrong.Visible() {
			t.Errorf("%s: the keyboard is not on the list", want)
		}
	}
}
