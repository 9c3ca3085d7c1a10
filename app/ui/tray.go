package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/app/ui/look"
	"shopbell/inspector"
)

// tray is the icon beside the system's clock: how things are, the last
// failures, and the way back to the window.
type tray struct {
	desk desktop.App
	said trayWords
}

// trayWords is what the tray shows. It is compared to show only what is new.
type trayWords struct {
	state        look.TrayState
	tunnel, shop string
	paused       bool
	failures     [lastFailures]trayFailure
}

// trayFailure is one line for a capture that failed; the zero value is none.
type trayFailure struct {
	text    string
	capture ulid.ULID
}

// openTray makes the tray icon where the desktop can have one. It must be called
// before the toolkit's loop runs. Without a tray that shows it the icon is
// nowhere, and the window behaves as if there were none.
func (w *Window) openTray() {
	desk, able := w.app.(desktop.App)
	if !able || w.presence.link == nil {
		return
	}
	w.tray = &tray{desk: desk}
	w.win.SetMaster() // closing it ends the program, whatever windows the toolkit keeps for the tray
	w.win.SetCloseIntercept(w.closing)
	w.presence.link.WatchTray(func(shown bool) {
		if !shown {
			w.onUI(w.comeBack)
		}
	})
	w.tray.show(w, trayWords{state: look.TrayOK}, true)
}

// trayShown tells whether somebody shows the tray icon, so that the window can
// be reached when it is hidden.
func (w *Window) trayShown() bool { return w.tray != nil && w.presence.link.Tray() }

// closing is the window's close button.
func (w *Window) closing() {
	if w.engine.Settings().Window.CloseToTray && w.trayShown() {
		w.Hide()
		return
	}
	w.win.Close()
}

// comeBack shows the window again when nothing else could.
func (w *Window) comeBack() {
	if w.hidden {
		w.Show()
	}
}

// StayHidden leaves a window that was not shown yet in the tray; false when there
// is none.
func (w *Window) StayHidden() bool {
	if !w.trayShown() {
		return false
	}
	w.hidden = true
	w.refresh.setHidden(true)
	return true
}

// Raise shows the window in front of others.
func (w *Window) Raise() {
	if w.life.Err() != nil {
		return
	}
	w.Show()
	w.win.RequestFocus()
}

// quit ends the program.
func (w *Window) quit() {
	w.clearSecret()
	w.app.Quit()
}

// toggleCloseToTray changes what the close button does.
func (w *Window) toggleCloseToTray() {
	on := !w.engine.Settings().Window.CloseToTray
	w.task(func(ctx context.Context) error {
		return w.engine.Change(ctx, "", settings.Change{Table: "window", Key: "close_to_tray", Value: on})
	}, func(err error) {
		if err != nil {
			w.notice.fail(lang.L("What closing the window does was not changed"), err)
		}
		w.menu.show(w)
	})
}

// showTray shows words in the tray; it may be called from any goroutine.
func (w *Window) showTray(words trayWords) {
	w.onUI(func() {
		if w.tray != nil {
			w.tray.show(w, words, false)
		}
	})
}

// show makes the menu and the icon anew where they say something new.
func (t *tray) show(w *Window, words trayWords, first bool) {
	if words == t.said && !first {
		return
	}
	before := t.said
	t.said = words
	t.desk.SetSystemTrayMenu(fyne.NewMenu("Shopbell", t.items(w)...))
	if first || before.state != words.state {
		t.desk.SetSystemTrayIcon(look.TrayIcon(words.state))
	}
}

func (t *tray) items(w *Window) []*fyne.MenuItem {
	state := func(text string) *fyne.MenuItem {
		i := fyne.NewMenuItem(text, nil)
		i.Disabled = true
		return i
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(lang.L("Open Shopbell"), w.Raise), fyne.NewMenuItemSeparator()}
	for _, text := range []string{t.said.tunnel, t.said.shop} {
		if text != "" {
			items = append(items, state(text))
		}
	}
	items = append(items, fyne.NewMenuItemSeparator())
	if t.said.failures[0] == (trayFailure{}) {
		items = append(items, state(lang.L("No delivery failed lately")))
	}
	for _, f := range t.said.failures {
		if f != (trayFailure{}) {
			items = append(items, fyne.NewMenuItem(f.text, func() { w.openFailure(f.capture) }))
		}
	}
	pause := fyne.NewMenuItem(lang.L("Pause Forwarding"), w.pauseFromTray)
	if t.said.paused {
		pause.Label = lang.L("Resume Forwarding")
	}
	quit := fyne.NewMenuItem(lang.L("Quit"), w.quit)
	quit.IsQuit = true
	return append(items, fyne.NewMenuItemSeparator(), pause, quit)
}

// openFailure shows a capture of the tray's menu.
func (w *Window) openFailure(id ulid.ULID) {
	w.Raise()
	w.open(id)
}

// pauseFromTray does not ask the window what holds: hidden, it does not know.
func (w *Window) pauseFromTray() {
	w.task(func(context.Context) error {
		i := w.engine.Inspector()
		i.Pause(!i.Paused())
		return nil
	}, func(error) {
		w.refresh.refreshNow()
		w.presence.wake()
	})
}

// trayWords is what the tray has to say now.
func (p *presence) trayWords() trayWords {
	e := p.window.engine
	words := trayWords{paused: e.Inspector().Paused(), tunnel: trayTunnel(e), shop: trayShop(e.Shop())}
	switch {
	case p.trouble || p.unseen && len(p.failed) > 0:
		words.state = look.TrayAttention
	case words.paused:
		words.state = look.TrayPaused
	}
	for i := range p.failed {
		words.failures[i] = trayFailure{p.failureWords(&p.failed[i]), p.failed[i].ID}
	}
	return words
}

// failureWords are a capture in one line: when, where from, what is wrong.
func (p *presence) failureWords(s *inspector.Summary) string {
	said := map[string]any{"Time": secondText(s.Received, p.now()), "From": p.shown(p.origin(s)), "What": summaryWord(s)}
	return lang.L("{{.Time}}  {{.From}}: {{.What}}", said)
}

// trayHost is how much of an address stands in the menu, in characters.
const trayHost = 40

func trayTunnel(e *engine.Engine) string {
	t := e.Tunnel()
	title, note, _ := tunnelWords(t)
	if note == "" || t.Latency > 0 { // a latency changes all the time
		if t.URL == "" {
			return lang.L("Tunnel: {{.State}}", map[string]any{"State": title})
		}
		return lang.L("Tunnel: {{.Host}}", map[string]any{"Host": shortHost(t.URL, trayHost)})
	}
	return lang.L("Tunnel: {{.State}}", map[string]any{"State": note})
}

func trayShop(s engine.Shop) string {
	switch {
	case s.URL == "":
		return lang.L("Shop: not set")
	case s.Checked.IsZero():
		return lang.L("Shop: looking…")
	case s.Up:
		return lang.L("Shop: answers")
	}
	return lang.L("Shop: does not answer")
}
