package ui

import (
	"strings"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/app/ui/activity"
	"shopbell/inspector"
)

const (
	// pulseEvery is the shortest time between two countings for the strip above
	// the list, and pulseShare how many times as long as a counting took the next
	// one waits: a twentieth of a core at most.
	pulseEvery = 500 * time.Millisecond
	pulseShare = 20
	// pulseLimit is how many matches of a search are counted, the newest ones.
	pulseLimit = 10_000
	pulsePage  = 1000
)

// pulse counts what the strip above the list shows: from the store's figures
// where there are some, else from the matches of the search, page by page and
// away from the refresher.
type pulse struct {
	store inspector.Store
	now   func() time.Time
	wake  func() // a chart is ready, or due
	work  sync.WaitGroup

	mu      sync.Mutex
	number  int // of the wish that chart answers
	chart   *activity.Chart
	began   time.Time // of the last counting
	took    time.Duration
	busy    bool // a search is being counted
	stale   bool // captures came or changed since
	waiting bool // wake will be called
}

// read returns the newest chart for a wish, nil for none yet, and sees to it that
// it is brought up to date. It is the refresher's, and takes memory only.
func (p *pulse) read(w wish, changed bool) *activity.Chart {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.number != w.number {
		p.number, p.chart, p.busy, p.took, p.began, p.stale = w.number, nil, false, 0, time.Time{}, true
	}
	p.stale = p.stale || changed
	if !p.stale || p.busy {
		return p.chart
	}
	if wait := max(pulseEvery, pulseShare*p.took) - time.Since(p.began); wait > 0 {
		p.wakeIn(wait)
		return p.chart
	}
	p.stale, p.began = false, time.Now()
	chosen, plain := w.times(p.now())
	if plain {
		c := p.figures(w.scope, chosen)
		p.chart, p.took, p.stale = &c, time.Since(p.began), c.Counting
		return p.chart
	}
	p.busy = true
	p.work.Go(func() { p.search(w, chosen) })
	return p.chart
}

// wakeIn calls wake after a while, once; p is locked.
func (p *pulse) wakeIn(wait time.Duration) {
	if p.waiting {
		return
	}
	p.waiting = true
	time.AfterFunc(wait, func() {
		p.mu.Lock()
		p.waiting = false
		p.mu.Unlock()
		p.wake()
	})
}

// times are the range of time that a wish asks for; plain tells that it asks
// for nothing else but its scope, so that the store has figures of it.
func (w wish) times(now time.Time) (chosen activity.Range, plain bool) {
	rest, since, until, err := inspector.CutTimes(w.query.String(), now)
	if err != nil {
		return activity.Range{}, false
	}
	return activity.Range{Since: since, Until: until}, strings.TrimSpace(rest) == w.scope.query()
}

// figures makes the chart of a scope from the store's figures.
func (p *pulse) figures(s scope, chosen activity.Range) activity.Chart {
	whole := true
	c := activity.Count(func(f func(time.Time, int, bool)) {
		whole = p.store.Activity(chosen.Since, chosen.Until, func(l inspector.Lot) {
			if s.holdsLot(l) {
				f(l.Received(), l.Count, l.NotVerified)
			}
		})
	}, chosen, p.now())
	c.Counting = !whole
	return c
}

// search counts the matches of a wish.
func (p *pulse) search(w wish, chosen activity.Range) {
	var found []inspector.Lot // of one capture each
	var before ulid.ULID
	err := error(nil)
	for err == nil && len(found) < pulseLimit {
		var page []inspector.Summary
		if page, err = p.store.Page(w.ctx, w.query, before, pulsePage); err != nil {
			break
		}
		for i := range page {
			found = append(found, inspector.Lot{Minute: page[i].Received.Unix() / 60, Count: 1, NotVerified: failed(page[i].Outcome)})
		}
		if len(page) < pulsePage {
			p.publish(w, found, chosen, false, true)
			return
		}
		before = page[len(page)-1].ID
		p.publish(w, found, chosen, true, len(found) >= pulseLimit)
	}
	if err != nil {
		p.done(w)
	}
}

// publish hands over the chart of what was found so far; more tells that there
// may be more matches, last that they are not counted.
func (p *pulse) publish(w wish, found []inspector.Lot, chosen activity.Range, more, last bool) {
	c := activity.Count(func(f func(time.Time, int, bool)) {
		for _, l := range found {
			f(l.Received(), 1, l.NotVerified)
		}
	}, chosen, p.now())
	switch {
	case more && last:
		c.Limit = len(found)
	case more:
		c.Counting = true
	}
	p.mu.Lock()
	if p.number == w.number {
		p.chart = &c
	}
	p.mu.Unlock()
	if last {
		p.done(w)
	}
	p.wake()
}

// done ends the counting of a search.
func (p *pulse) done(w wish) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.number == w.number {
		p.busy, p.took = false, time.Since(p.began)
	}
}

// chart shows what was counted.
func (p *listPane) chart(c *activity.Chart) {
	if c != nil {
		p.strip.Set(*c)
	}
}

// brush makes a range of time part of the search, in place of another one.
func (p *listPane) brush(from, to time.Time) { p.searchTimes(inspector.Between(from, to)) }

// allTimes takes the range of time out of the search.
func (p *listPane) allTimes() { p.searchTimes("") }

func (p *listPane) searchTimes(text string) {
	rest, _, _, err := inspector.CutTimes(p.search.text(), p.options.Now())
	if err != nil {
		return // what is wrong with it stands below the field
	}
	p.search.entry.SetText(strings.TrimSpace(rest + " " + text))
}
