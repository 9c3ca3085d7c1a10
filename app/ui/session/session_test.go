//go:build linux

package session

import (
	"strings"
	"testing"

	"shopbell/app/ui/session/sessiontest"
)

func openLink(t *testing.T, address string) *Link {
	t.Helper()
	l, err := OpenAt(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func TestANoteIsShownAndAClickComesBack(t *testing.T) {
	address := sessiontest.OpenBus(t)
	d := sessiontest.OpenDaemon(t, address, "body", "actions")
	l := openLink(t, address)
	clicked := make(chan string, 10)
	for _, title := range []string{"first", "second"} {
		if err := l.Notify(Note{Title: title, Text: "<b>5 & 6</b>", Urgent: title == "second"}, func() { clicked <- title }); err != nil {
			t.Fatal(err)
		}
	}
	first, second := sessiontest.Await(t, "a note", d.Shown), sessiontest.Await(t, "a note", d.Shown)
	if first.App != "Shopbell" || first.Title != "first" || first.Text != "<b>5 & 6</b>" || len(first.Actions) != 2 || first.Actions[0] != "default" || first.Replaces != 0 {
		t.Errorf("it shows %+v", first)
	}
	if u := second.Hints["urgency"].Value(); u != byte(2) {
		t.Errorf("the urgency is %v", u)
	}
	d.Click(t, 99) // somebody else's
	d.Click(t, second.ID)
	if got := sessiontest.Await(t, "the click", clicked); got != "second" {
		t.Errorf("clicked %s", got)
	}
	d.Click(t, second.ID) // it is gone by then
	d.Dismiss(t, first.ID)
	d.Click(t, first.ID)
	if err := l.Notify(Note{Title: "third"}, func() { clicked <- "third" }); err != nil {
		t.Fatal(err)
	}
	d.Click(t, sessiontest.Await(t, "a note", d.Shown).ID)
	if got := sessiontest.Await(t, "the click", clicked); got != "third" {
		t.Errorf("clicked %s, expected that of the note that stands", got)
	}
}

func TestTextIsNoMarkup(t *testing.T) {
	address := sessiontest.OpenBus(t)
	d := sessiontest.OpenDaemon(t, address, "body", "body-markup")
	l := openLink(t, address)
	if err := l.Notify(Note{Title: "a", Text: `<img src="http://x/"> & more`}, func() {}); err != nil {
		t.Fatal(err)
	}
	if got := sessiontest.Await(t, "a note", d.Shown).Text; strings.ContainsAny(got, "<>") || !strings.Contains(got, "&amp; more") {
		t.Errorf("it shows %q", got)
	}
}

func TestWithoutAServiceANoteFails(t *testing.T) {
	l := openLink(t, sessiontest.OpenBus(t))
	if err := l.Notify(Note{Title: "a"}, func() {}); err == nil {
		t.Error("nobody is there, and no error")
	}
	if l.Tray() {
		t.Error("there is a tray, expected none")
	}
}

func TestATrayThatComesAndGoesIsNoticed(t *testing.T) {
	address := sessiontest.OpenBus(t)
	l := openLink(t, address)
	shown := make(chan bool, 10)
	l.WatchTray(func(yes bool) { shown <- yes })
	watcher := sessiontest.OpenWatcher(t, address)
	if !sessiontest.Await(t, "the tray", shown) || !l.Tray() {
		t.Error("the tray is not noticed")
	}
	if !openLink(t, address).Tray() {
		t.Error("a tray that was there before is not noticed")
	}
	watcher.Close()
	if sessiontest.Await(t, "the tray's end", shown) || l.Tray() {
		t.Error("the tray's end is not noticed")
	}
}

func TestNoBusIsStarted(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	if l, err := Open(); err == nil {
		l.Close()
		t.Error("a bus was found where there is none")
	}
}
