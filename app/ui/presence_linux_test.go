package ui

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/app/ui/session"
	"shopbell/app/ui/session/sessiontest"
)

// desktopApp is the test app with a tray that the test can look at.
type desktopApp struct {
	fyne.App
	menu *fyne.Menu
	icon fyne.Resource
	quit bool
}

func (a *desktopApp) SetSystemTrayMenu(m *fyne.Menu)    { a.menu = m }
func (a *desktopApp) SetSystemTrayIcon(r fyne.Resource) { a.icon = r }
func (a *desktopApp) SetSystemTrayWindow(fyne.Window)   {}
func (a *desktopApp) Quit()                             { a.quit = true }
func (a *desktopApp) labels() (labels []string) {
	for _, i := range a.menu.Items {
		labels = append(labels, i.Label)
	}
	return labels
}

// choose presses an entry of the tray's menu by the start of its words.
func (a *desktopApp) choose(t *testing.T, words string) {
	t.Helper()
	for _, i := range a.menu.Items {
		if strings.Contains(i.Label, words) && i.Action != nil {
			i.Action()
			return
		}
	}
	t.Fatalf("the menu has no %q: %q", words, a.labels())
}

// desktopDesk is a desk on a desktop of its own.
type desktopDesk struct {
	*desk
	app     *desktopApp
	daemon  *sessiontest.Daemon
	address string
}

// openDesktop opens a window on a desktop with notifications and, if tray is
// set, a tray.
func openDesktop(t *testing.T, tray bool) (*desktopDesk, *sessiontest.Watcher) {
	t.Helper()
	d := &desktopDesk{app: &desktopApp{App: test.NewTempApp(t)}, address: sessiontest.OpenBus(t)}
	d.daemon = sessiontest.OpenDaemon(t, d.address, "body", "actions")
	var watcher *sessiontest.Watcher
	if tray {
		watcher = sessiontest.OpenWatcher(t, d.address)
	}
	link, err := session.OpenAt(d.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { link.Close() })
	first := openDesk(t, func(e *engine.Engine) {
		err := e.PutEndpoint(t.Context(), "", settings.Endpoint{Name: "Tweed", Provider: "tweed", Path: "/tweed/live"}, []string{"the right one"})
		if err != nil {
			t.Fatal(err)
		}
	})
	first.Close()
	d.desk = openOnWith(t, first.engine, d.app, link)
	d.clock(0)
	return d, watcher
}

// clock sets the window's clock to a moment of a day in seconds.
func (d *desktopDesk) clock(seconds int) {
	now := time.Date(2026, 11, 22, 14, 0, seconds, 0, time.Local)
	d.at.Store(&now)
	d.presence.wake()
}

// fail sends a delivery that nobody signed with the right secret.
func (d *desktopDesk) fail(t *testing.T, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.desk.engine.EndpointURL("Tweed"), strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusUnauthorized {
		t.Fatalf("the sender was told %s, expected 401", resp.Status)
	}
}

// told waits for n failures to be in the tray.
func (d *desktopDesk) told(n int) {
	d.t.Helper()
	d.wait("the failures in the tray", func() bool {
		return n == 0 || d.tray.said.failures[n-1] != (trayFailure{})
	})
}

func TestFailuresAreToldTogetherAndAClickOpensThem(t *testing.T) {
	d, _ := openDesktop(t, true)
	for range 3 {
		d.fail(t, `{"type":"CHECKOUT"}`)
	}
	d.told(3)
	d.clock(11)
	note := sessiontest.Await(t, "the note", d.daemon.Shown)
	if note.Title != "3 deliveries of Tweed failed" {
		t.Errorf("it says %q %q", note.Title, note.Text)
	}
	d.win.Hide()
	d.daemon.Click(t, note.ID)
	d.wait("the captures", func() bool { return d.list.scope.kind == scopeNotVerified && d.detail.capture != nil })
}

func TestOneFailureIsToldByItsEventUnlessThatIsHidden(t *testing.T) {
	for _, hidden := range []bool{false, true} {
		d, _ := openDesktop(t, true)
		d.setPersonal(hidden)
		d.fail(t, `{"type":"PAID_BY_JANA","email":"jana@example.com"}`)
		d.told(1)
		d.clock(11)
		note := sessiontest.Await(t, "the note", d.daemon.Shown)
		if note.Title != "A delivery of Tweed failed" || strings.Contains(note.Text, "jana@") || hidden && strings.Contains(note.Text, "JANA") {
			t.Errorf("hidden %v: it says %q %q", hidden, note.Title, note.Text)
		}
		for _, label := range d.app.labels() {
			if strings.Contains(label, "jana") {
				t.Errorf("the tray says %q", label)
			}
		}
		d.Close() // before another one reads the texts of all languages
	}
}

func TestWhoLooksAtTheWindowIsToldNothing(t *testing.T) {
	d, _ := openDesktop(t, true)
	d.presence.looked(true)
	d.fail(t, `{}`)
	d.told(1)
	d.clock(11)
	d.presence.looked(false)
	d.fail(t, `{}`)
	d.told(2)
	d.clock(30)
	if note := sessiontest.Await(t, "a note", d.daemon.Shown); note.Title != "A delivery of Tweed failed" {
		t.Errorf("it says %q, expected the second one alone", note.Title)
	}
}

func TestTheTrayListsFailuresAndLeadsBack(t *testing.T) {
	d, _ := openDesktop(t, true)
	want := []string{"Open Shopbell", "", "Tunnel: ", "Shop: ", "", "No delivery failed lately", "", "Pause Forwarding", "Quit"}
	d.wait("the shop in the tray", func() bool { return strings.HasPrefix(d.tray.said.shop, "Shop: answers") })
	if got := d.app.labels(); !slices.EqualFunc(got, want, strings.HasPrefix) {
		t.Errorf("the menu is %q", got)
	}
	calm := d.app.icon
	for range 7 {
		d.fail(t, `{}`)
	}
	d.told(lastFailures)
	d.wait("the last of them", func() bool { return d.tray.said.failures[0].capture == d.newestID() })
	if got := d.app.labels(); len(got) != len(want)-1+lastFailures || !strings.Contains(got[5], "Tweed: ") {
		t.Errorf("the menu is %q", got)
	}
	if d.app.icon.Name() == calm.Name() || bytes.Equal(d.app.icon.Content(), calm.Content()) {
		t.Error("the icon is as it was")
	}
	d.Hide()
	d.app.choose(t, "Tweed: ")
	d.wait("the capture", func() bool { return !d.hidden && d.detail.capture != nil && d.detail.id == d.newestID() })
	d.presence.looked(true) // as the toolkit says when the window is in front
	d.wait("a calm icon", func() bool { return d.app.icon.Name() == calm.Name() })
	d.app.choose(t, "Pause")
	d.wait("the pause", func() bool { return d.desk.engine.Inspector().Paused() && d.tray.said.paused })
	d.app.choose(t, "Resume")
	d.wait("the end of the pause", func() bool { return !d.desk.engine.Inspector().Paused() && !d.tray.said.paused })
	d.app.choose(t, "Quit")
	if !d.app.quit {
		t.Error("it does not quit")
	}
}

func TestAFailureThatIsGoneLeavesTheTray(t *testing.T) {
	d, _ := openDesktop(t, true)
	d.fail(t, `{}`)
	d.told(1)
	if err := d.desk.engine.Store().Delete(t.Context(), d.newestID()); err != nil {
		t.Fatal(err)
	}
	d.wait("an empty list", func() bool { return d.tray.said.failures[0] == (trayFailure{}) })
}

func TestTheWindowClosesToATrayThatIsThereOnly(t *testing.T) {
	d, _ := openDesktop(t, true)
	if d.closing(); d.life.Err() == nil {
		t.Error("it stays open though nobody chose that")
	}
	d.Close()
	d, watcher := openDesktop(t, true)
	d.toggleCloseToTray()
	d.wait("the choice", func() bool { return d.closesToTray() })
	if d.closing(); d.life.Err() != nil || !d.hidden {
		t.Fatal("it closed, expected it in the tray")
	}
	watcher.Close() // the panel crashed: nobody could bring the window back
	d.wait("the window", func() bool { return !d.hidden })
	if d.closing(); d.life.Err() == nil {
		t.Error("it hid where nobody finds it")
	}
}

func TestAWindowStartsHiddenOnlyWhereThereIsATray(t *testing.T) {
	d, _ := openDesktop(t, true)
	if !d.StayHidden() || !d.hidden || !d.refresh.hidden.Load() {
		t.Error("it does not hide in the tray")
	}
	d.Raise()
	if d.hidden || d.refresh.hidden.Load() {
		t.Error("it does not come back")
	}
	d.Close()
	d, _ = openDesktop(t, false)
	if d.StayHidden() || d.hidden || d.whyNoTray() == "" {
		t.Error("it hides, and no tray leads back")
	}
	d.Close()
	if plain := openDesk(t, nil); plain.StayHidden() || plain.tray != nil {
		t.Error("it hides without any desktop")
	}
}

func TestAShopThatGoesDownIsTold(t *testing.T) {
	d, _ := openDesktop(t, true)
	d.wait("the shop", func() bool { return d.tray.said.shop == "Shop: answers" })
	if err := d.desk.engine.SetShop(t.Context(), "http://127.0.0.1:9"); err != nil {
		t.Fatal(err)
	}
	d.wait("its silence", func() bool { return d.tray.said.shop == "Shop: does not answer" })
	d.clock(11)
	note := sessiontest.Await(t, "the note", d.daemon.Shown)
	if note.Title != "The shop does not answer" || !strings.Contains(note.Text, "127.0.0.1:9") {
		t.Errorf("it says %q %q", note.Title, note.Text)
	}
}

func (d *desktopDesk) newestID() ulid.ULID {
	d.t.Helper()
	s, ok := d.newest()
	if !ok {
		d.t.Fatal("there is no capture")
	}
	return s.ID
}
