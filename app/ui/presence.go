package ui

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/app/ui/alert"
	"shopbell/app/ui/session"
	"shopbell/inspector"
	"shopbell/tunnel"
)

const (
	// attendEvery is the shortest time between two looks at what happened.
	attendEvery = time.Second
	// attendPage is how many captures are read at a time.
	attendPage = 200
	// lastFailures is how many the tray lists.
	lastFailures = 5
)

// presence is the one goroutine that watches for what is worth telling outside
// of the window: in the tray and in notifications. Between two changes of the
// engine it sleeps.
type presence struct {
	window *Window
	link   *session.Link // nil without a desktop
	woken  chan struct{} // holds one value: something other than the engine changed
	eye    atomic.Bool   // the window has the user's eye

	// What follows belongs to the goroutine.
	alerts  alert.Alerts
	seen    ulid.ULID           // the newest capture looked at
	failed  []inspector.Summary // the last failures, newest first
	unseen  bool                // one of them came while nobody looked
	trouble bool                // tunnel or store need somebody
}

// newPresence also takes note of whether the window has the user's eye.
func (w *Window) newPresence(link *session.Link) *presence {
	p := &presence{window: w, link: link, woken: make(chan struct{}, 1)}
	w.app.Lifecycle().SetOnEnteredForeground(func() { p.looked(true) })
	w.app.Lifecycle().SetOnExitedForeground(func() { p.looked(false) })
	return p
}

func (p *presence) looked(now bool) {
	p.eye.Store(now)
	p.wake()
}

// wake makes the goroutine look again.
func (p *presence) wake() {
	select {
	case p.woken <- struct{}{}:
	default: // it will anyhow
	}
}

// run watches until life ends.
func (p *presence) run(life context.Context) {
	changed, done := p.window.engine.Subscribe()
	defer done()
	if p.seen == (ulid.ULID{}) { // else it goes on
		p.begin(life)
	}
	for life.Err() == nil {
		next := p.turn(life)
		if !p.sleep(life, next, changed) {
			return
		}
	}
}

// sleep waits for a change, or until a note is due; false is the end of life.
func (p *presence) sleep(life context.Context, next time.Time, changed <-chan struct{}) bool {
	var due <-chan time.Time
	if !next.IsZero() {
		due = time.After(max(next.Sub(p.now()), attendEvery))
	}
	select {
	case <-life.Done():
		return false
	case <-p.woken:
		return true
	case <-due:
		return true
	case <-changed:
	}
	select { // a flood of changes is one
	case <-life.Done():
		return false
	case <-p.woken:
	case <-time.After(attendEvery):
	}
	return true
}

func (p *presence) now() time.Time { return p.window.options.Now() }

// begin finds where the store stands, and the failures of before.
func (p *presence) begin(life context.Context) {
	store := p.window.engine.Store()
	if newest, err := store.Page(life, inspector.Query{}, ulid.ULID{}, 1); err == nil && len(newest) > 0 {
		p.seen = newest[0].ID
	}
	if q, err := inspector.ParseQuery(scope{kind: scopeNotVerified}.query(), p.now()); err == nil {
		p.failed, _ = store.Page(life, q, ulid.ULID{}, lastFailures) // without them the tray lists none
	}
}

// turn looks at what happened, tells what is due, and returns when to look again
// if nothing happens; zero is never.
func (p *presence) turn(life context.Context) (again time.Time) {
	now, eye := p.now(), p.eye.Load()
	p.read(life, now)
	p.recall(life)
	p.states(now)
	if eye {
		p.unseen = false
	}
	n := p.window.engine.Settings().Notify
	notes, again := p.alerts.Due(now, alert.Wants{
		Failed: n.Failed, Tunnel: n.Tunnel, Shop: n.Shop, Quiet: n.Quiet.Holds(now.Local()), Seen: eye,
	})
	for _, note := range notes {
		p.tell(life, note)
	}
	p.window.showTray(p.trayWords())
	return again
}

// read takes in the captures that came since the last look.
func (p *presence) read(life context.Context, now time.Time) {
	for life.Err() == nil {
		page, err := p.window.engine.Store().After(life, p.seen, attendPage)
		if err != nil {
			return // the window says what is wrong with the store
		}
		for _, s := range page {
			p.seen = s.ID
			if failed(s.Outcome) {
				p.alerts.Fail(now, alert.Failure{Capture: s.ID, From: p.origin(&s)})
				p.failed = slices.Insert(p.failed, 0, s)
				p.unseen = true
			}
		}
		p.failed = p.failed[:min(len(p.failed), lastFailures)]
		if len(page) < attendPage {
			return
		}
	}
}

// recall drops those of the last failures that are gone or no longer failed.
func (p *presence) recall(life context.Context) {
	p.failed = slices.DeleteFunc(p.failed, func(s inspector.Summary) bool {
		now, err := p.window.engine.Store().Summary(life, s.ID)
		return errors.Is(err, inspector.ErrNotFound) || err == nil && !failed(now.Outcome)
	})
}

// states notes how tunnel, shop and store are.
func (p *presence) states(now time.Time) {
	e := p.window.engine
	p.trouble = false
	if t := e.Tunnel(); t.Kind != tunnel.KindLocal && t.State != tunnel.Connecting {
		p.alerts.State(now, alert.Tunnel, t.State == tunnel.Online)
		p.trouble = t.State != tunnel.Online
	}
	if shop := e.Shop(); shop.URL != "" && !shop.Checked.IsZero() {
		p.alerts.State(now, alert.Shop, shop.Up)
	}
	low := e.Store().Counts().Low
	p.alerts.State(now, alert.Store, !low)
	p.trouble = p.trouble || low
}

// origin is what a capture's deliveries are counted by: the endpoint, or the
// provider.
func (p *presence) origin(s *inspector.Summary) string {
	return belongsTo(s, p.window.engine.Catalog())
}
