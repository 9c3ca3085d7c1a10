// Package ui is the window: a surface on one engine that shows what store and
// engine say. Start reading at Open, which puts the panes together, and at
// refresher, the one goroutine that loads what they show. Widgets are touched on
// the UI goroutine only; whatever reads the disk or the network is a task of
// its own and hands its result over with Window.onUI.
package ui

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/app/ui/session"
	"shopbell/assets"
	"shopbell/inspector"
)

// Options are what a Window may be told; the zero value works.
type Options struct {
	// Version is shown under Help, About; "" leaves it out.
	Version string
	// Now is what times are shown against; time.Now when nil.
	Now func() time.Time

	// Desktop is for the tray and for notifications; nil has neither.
	Desktop *session.Link

	// do runs a function on the UI goroutine; fyne.Do when nil. Tests put a
	// queue of their own here, so that one goroutine touches widgets there too.
	do func(func())
}

// Window is the open window. Its methods are for the UI goroutine.
type Window struct {
	engine  *engine.Engine
	app     fyne.App
	win     fyne.Window
	options Options

	life     context.Context
	stop     context.CancelFunc
	shift    context.Context // of what runs beside the UI goroutine, see beginShift
	endShift context.CancelFunc
	tasks    sync.WaitGroup
	refresh  *refresher
	model    *model

	top     *topBar
	notice  *notice
	side    *sidebar
	list    *listPane
	detail  *detailPane
	first   *firstRun
	root    *fyne.Container
	status  *statusBar
	working *splitter // list and detail
	menu    *mainMenu
	// commands is the table of what can be done, by key, menu and palette.
	commands []command
	deleted  []inspector.Discarded // what undo brings back, the latest last
	sheets   []*sheet              // open ones, the front one last
	saved    *savedSheet           // the last one that was opened
	marked   marking               // what D compares with
	compare  *comparison           // the one that is open, nil when none is
	host     hostQuestion

	tongue    tongue
	looks     settings.Window // [window] as it is shown
	keeping   int             // changes of it that are being written
	preparing *settingsSheet  // the one that is open, else nil

	private  privacy
	presence *presence
	tray     *tray  // nil without one
	hidden   bool   // in the tray
	secret   string // the last one that was copied, until it is taken off the clipboard
	secrets  int    // counts them
}

// Open builds the window of e and begins to show what e has. The engine stays
// the caller's: close the window first, then the engine.
func Open(a fyne.App, e *engine.Engine, o Options) *Window {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.do == nil {
		o.do = fyne.Do
	}
	w := &Window{engine: e, app: a, options: o, model: loadModel(e, sampleNames{})}
	w.life, w.stop = context.WithCancel(context.Background())
	w.host.window = w
	w.tongue = newTongue()
	w.wear(e.Settings().Window)
	w.win = a.NewWindow("Shopbell")
	w.win.SetIcon(fyne.NewStaticResource("shopbell.png", assets.IconPNG))
	w.win.SetOnClosed(func() {
		w.clearSecret()
		w.stop() // after the loop's end nothing may be queued for it
	})
	w.presence = w.newPresence(o.Desktop)
	w.beginShift()
	w.build()
	w.win.Resize(fyne.NewSize(1440, 900))
	w.showModel()
	w.loadUndo()
	w.migrateTheme()
	w.openTray()
	w.watch()
	return w
}

// beginShift begins what ends at the latest when the language changes: nothing
// may say anything meanwhile.
func (w *Window) beginShift() {
	w.shift, w.endShift = context.WithCancel(w.life)
	shift := w.shift
	w.refresh = newRefresher(shift, w.engine, w.options.Now, func(u update) { w.show(shift, u) })
}

// standStill waits until nothing runs beside the UI goroutine. What runs has to have
// been told to end.
func (w *Window) standStill() {
	w.detail.pane.Rest()
	w.tasks.Wait()
}

// watch starts the goroutines that follow the engine.
func (w *Window) watch() {
	shift, refresh := w.shift, w.refresh
	w.tasks.Go(func() { w.presence.run(shift) })
	w.tasks.Go(refresh.run)
}

// build makes the panes and puts them in their places.
func (w *Window) build() {
	w.notice = newNotice()
	w.notice.later = w.later
	w.notice.mask = w.private.text
	w.notice.onShown = func() { w.root.Refresh() }
	w.buildTop()
	w.buildSide()
	w.buildList()
	w.buildDetail()
	w.first = w.newFirstRun()
	w.status = newStatusBar(w.options.Now, &w.private)
	w.working = newSplitter(w.list.content, w.detail.pane.Object(), w.listWidth(), w.keepListWidth)
	body := container.New(beside{}, w.side.content, container.NewStack(w.first.content, w.working))
	head := container.New(stacked{}, w.top.content, hairline(), w.notice.content)
	foot := container.New(stacked{}, hairline(), w.status.content)
	w.root = container.New(tight{}, body, head, foot)
	w.win.SetContent(w.root) // the toolkit paints ColorPanel below it: once more costs as much as all the rest
	w.win.SetPadded(false)
	w.buildMenu()
	w.bindKeys()
}

// listWidthKey is the preference that holds the width of the list.
const listWidthKey = "list.width"

func (w *Window) listWidth() float32 {
	return float32(w.app.Preferences().FloatWithFallback(listWidthKey, splitDefault))
}

func (w *Window) keepListWidth(width float32) {
	w.app.Preferences().SetFloat(listWidthKey, float64(width))
}

// Show shows the window.
func (w *Window) Show() {
	w.hidden = false
	w.refresh.setHidden(false)
	w.win.Show()
}

// Hide hides the window; while it is hidden it loads nothing.
func (w *Window) Hide() {
	w.hidden = true
	w.refresh.setHidden(true)
	w.win.Hide()
}

// Close ends everything that the window started and waits for it. Call it when
// the toolkit's loop has ended: it leaves the toolkit's window alone, which is
// gone by then. It may be called more than once.
func (w *Window) Close() {
	w.stop()
	w.standStill()
	w.tongue.use(systemLanguage) // as the program was started
}

// Fyne returns the toolkit's window, for what the program does with it beside
// its content: the close handler, the icon, a tray.
func (w *Window) Fyne() fyne.Window { return w.win }

// show hands u to the UI goroutine and returns when it was shown, so that a
// slow screen slows the loading and nothing else.
func (w *Window) show(shift context.Context, u update) {
	done := make(chan struct{})
	w.onUI(func() {
		defer close(done)
		if shift.Err() == nil {
			w.apply(u)
		}
	})
	select {
	case <-done:
	case <-shift.Done():
	}
}

// onUI queues f for the UI goroutine unless the window is closing.
func (w *Window) onUI(f func()) {
	if w.life.Err() != nil {
		return
	}
	w.options.do(func() {
		if w.life.Err() == nil {
			f()
		}
	})
}

// task runs work away from the UI goroutine and then, on it, done with the
// result. Close and a change of language break work off and wait for it; then
// done is not called.
func (w *Window) task(work func(context.Context) error, done func(error)) {
	shift := w.shift
	w.tasks.Go(func() {
		err := work(shift)
		w.onUI(func() {
			if shift.Err() == nil {
				done(err)
			}
		})
	})
}

// later runs f on the UI goroutine after a while.
func (w *Window) later(wait time.Duration, f func()) {
	time.AfterFunc(wait, func() { w.onUI(f) })
}

// try is a task of which only a failure is shown: what names what was tried.
func (w *Window) try(what string, work func(context.Context) error) {
	w.task(work, func(err error) {
		if err != nil {
			w.notice.fail(what, err)
		}
	})
}

// apply shows u.
func (w *Window) apply(u update) {
	if u.model != nil {
		w.model = u.model
		if u.err != nil {
			w.model.trouble = reason(u.err)
		}
		w.showModel()
	}
	if u.number == w.list.number && u.list != nil {
		w.list.show(u.list, u.extent)
		w.list.chart(u.chart)
	}
	w.explain()
	if u.model != nil && u.err == nil {
		w.detail.follow(u.asked, u.selected)
	}
}

// showModel brings everything but rows and detail in line with the model.
func (w *Window) showModel() {
	m := w.model
	w.followSettings(m.chosen)
	w.followPersonal(m.chosen.Window.HidePersonal)
	w.host.follow(m.unknown)
	w.top.show(m)
	w.side.show(m)
	w.showSearches()
	w.status.show(m)
	w.notice.standing(m.standing())
	w.menu.show(w)
	w.first.show(m)
	setVisible(w.first.content, m.fresh())
	setVisible(w.working, !m.fresh())
}
