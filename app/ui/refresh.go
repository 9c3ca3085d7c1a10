package ui

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/app/ui/activity"
	"shopbell/inspector"
)

const (
	// refreshEvery is the shortest time between two refreshes by the feed. Ten a
	// second look live and leave most of a core free at 1000 captures a second.
	refreshEvery = 100 * time.Millisecond
	// reopenEvery is the shortest time between two openings of the same list.
	reopenEvery = time.Second
	failedWait  = 500 * time.Millisecond
	// idleEvery refreshes what changes with the clock alone, such as "up 2 min".
	idleEvery = 20 * time.Second
)

// refresher is the one goroutine between engine and window: it waits for the
// feed, loads what the window shows, and hands it over whole.
type refresher struct {
	engine *engine.Engine
	life   context.Context
	show   func(update) // called on the refresher's goroutine; returns when it is shown
	hidden atomic.Bool
	forced atomic.Bool   // the next turn is a full one
	asked  chan struct{} // holds one value: rows are missing, or wanted changed

	mu     sync.Mutex
	wanted wish

	// What follows belongs to the goroutine.
	list   *listing
	has    int  // the number of the wish that list answers
	stale  bool // the feed spoke while the window was hidden
	opened time.Time
	names  sampleNames
	pulse  pulse
	counts sync.WaitGroup // of matches, beside the goroutine
}

// firstWish is the number of the wish that a window begins with: everything.
const firstWish = 1

// wish is what the user wants to see.
type wish struct {
	number   int
	scope    scope
	query    inspector.Query
	typed    bool
	selected ulid.ULID
	ctx      context.Context // ends when another wish takes its place
	cancel   context.CancelFunc
}

// update is what the window is given to show. It is not changed afterwards.
type update struct {
	model    *model // nil when only rows came
	list     *listing
	number   int // of the wish
	extent   extent
	asked    ulid.ULID          // the capture that selected is about
	selected *inspector.Summary // nil when it is gone
	chart    *activity.Chart    // of the strip above the list, nil for none yet
	err      error
}

func newRefresher(life context.Context, e *engine.Engine, now func() time.Time, show func(update)) *refresher {
	r := &refresher{engine: e, life: life, show: show, asked: make(chan struct{}, 1), names: sampleNames{}}
	r.wanted.ctx, r.wanted.cancel = context.WithCancel(life)
	r.wanted.number = firstWish
	r.pulse.store, r.pulse.now, r.pulse.wake = e.Store(), now, r.ask
	return r
}

// ask wakes the goroutine to fetch rows that were looked at and not there.
func (r *refresher) ask() {
	select {
	case r.asked <- struct{}{}:
	default: // it will wake anyhow
	}
}

// choose makes the list show another scope or search, breaking off the reading
// for the one before, and returns the number by which updates tell of it.
func (r *refresher) choose(s scope, q inspector.Query, typed bool) int {
	r.mu.Lock()
	r.wanted.cancel()
	r.wanted.ctx, r.wanted.cancel = context.WithCancel(r.life)
	r.wanted.number++
	r.wanted.scope, r.wanted.query, r.wanted.typed = s, q, typed
	number := r.wanted.number
	r.mu.Unlock()
	r.ask()
	return number
}

// refreshNow makes the next turn a full one, at once.
func (r *refresher) refreshNow() {
	r.forced.Store(true)
	r.ask()
}

// selectID makes updates carry the summary of the capture in the detail pane.
func (r *refresher) selectID(id ulid.ULID) {
	r.mu.Lock()
	r.wanted.selected = id
	r.mu.Unlock()
}

// setHidden stops loading while nobody can see it.
func (r *refresher) setHidden(hidden bool) {
	r.hidden.Store(hidden)
	r.ask()
}

func (r *refresher) run() {
	changed, done := r.engine.Subscribe()
	defer done()
	clock := time.NewTicker(idleEvery)
	defer clock.Stop()
	defer r.pulse.work.Wait()
	defer r.counts.Wait()
	r.turn(true)
	var due <-chan time.Time
	gap := refreshEvery
	for {
		select {
		case <-r.life.Done():
			return
		case <-r.asked:
			r.turn(false)
		case <-changed:
			if due == nil {
				due = time.After(gap)
			}
		case <-clock.C:
			r.turn(true)
		case <-due:
			due = nil
			began := time.Now()
			r.turn(true)
			gap = max(refreshEvery, 2*time.Since(began)) // leave the store two thirds
		}
	}
}

// turn loads and shows once. full is set when the store may have changed.
func (r *refresher) turn(full bool) {
	if r.hidden.Load() {
		r.stale = r.stale || full
		return
	}
	full, r.stale = full || r.stale || r.forced.Swap(false), false
	r.mu.Lock()
	w := r.wanted
	r.mu.Unlock()
	err := r.read(w, full)
	if w.ctx.Err() != nil {
		r.stale = full
		return // another wish waits, or the window closes
	}
	u := update{list: r.list, number: w.number, chart: r.pulse.read(w, full), err: err}
	if r.list != nil {
		u.extent = r.list.extent()
	}
	if full || err != nil {
		u.model = loadModel(r.engine, r.names)
	}
	if full {
		u.asked, u.selected = r.selection(w)
	}
	r.show(u)
	r.goOn(w)
	if err != nil { // a store that fails is not asked more than twice a second
		select {
		case <-time.After(failedWait):
		case <-r.life.Done():
		}
	}
}

// goOn keeps a search going that is not done, and has its matches counted.
func (r *refresher) goOn(w wish) {
	if r.list == nil || r.has != w.number {
		return
	}
	if r.list.unfinished() {
		r.ask()
	}
	list := r.list
	if from, yes := list.startCount(); yes {
		r.counts.Go(func() { list.count(w.ctx, from, r.ask) })
	}
}

// read opens the list of a new wish, or brings the present one up to date.
func (r *refresher) read(w wish, full bool) error {
	if r.list == nil || r.has != w.number {
		return r.open(w)
	}
	if !full {
		return r.list.fetch(w.ctx)
	}
	again, err := r.list.advance(w.ctx)
	if err != nil || !again {
		return err
	}
	if time.Since(r.opened) > reopenEvery {
		return r.open(w)
	}
	r.stale = true
	time.AfterFunc(reopenEvery, r.ask)
	return nil
}

func (r *refresher) open(w wish) error {
	r.opened = time.Now()
	list, err := openListing(w.ctx, r.engine.Store(), w.scope, w.query, w.typed)
	if err != nil {
		return err
	}
	if r.list != nil && r.list.sameAs(list) { // anew: the user goes on where he is
		if err := list.reachDown(w.ctx, r.list.depth()); err != nil {
			return err
		}
	}
	r.list, r.has = list, w.number
	return nil
}

// selection reads the summary of the capture that w has selected, nil when it is
// gone. asked is zero when nothing is selected, or nothing is known of it.
func (r *refresher) selection(w wish) (asked ulid.ULID, selected *inspector.Summary) {
	if w.selected == (ulid.ULID{}) {
		return ulid.ULID{}, nil
	}
	s, err := r.engine.Store().Summary(w.ctx, w.selected)
	switch {
	case errors.Is(err, inspector.ErrNotFound):
		return w.selected, nil
	case err != nil: // as when another wish came meanwhile: the next turn tells
		r.stale = true
		return ulid.ULID{}, nil
	}
	return w.selected, &s
}
