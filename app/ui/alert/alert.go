// Package alert decides what is told on the desktop, when, and how much of it at
// a time. Start with Alerts: it takes what happens and gives back what is due.
// It has no clock, no words and no window: the caller brings the time, makes the
// sentences and sends them.
package alert

import (
	"slices"
	"time"

	"github.com/oklog/ulid/v2"
)

// Kind is what a Note is about.
type Kind string

// The kinds.
const (
	Failed Kind = "failed" // deliveries that did not verify
	Tunnel Kind = "tunnel"
	Shop   Kind = "shop"
	Store  Kind = "store" // it is nearly full, or no longer
)

const (
	// gather is how long deliveries that fail are put together: from the first on.
	gather = 10 * time.Second
	// settle is how long a state must last before it is told, so that a line that
	// flickers is none of the user's business.
	settle = 10 * time.Second
	// perMinute is how many notes there are in any minute, of all kinds. What
	// does not fit waits, and more is put into it.
	perMinute = 4
)

// Failure is one delivery that did not verify.
type Failure struct {
	Capture ulid.ULID
	From    string // the endpoint, or whatever says where it belongs
}

// Note is one thing to tell.
type Note struct {
	Kind Kind
	Up   bool // of a tunnel, shop or store: it is well again
	// What follows is of failures.
	Count   int
	Capture ulid.ULID // the newest one
	Most    string    // where most of them came from; of equals the first by name
	Of      int       // how many those are
}

// Wants is what the user wants to be told at a moment.
type Wants struct {
	Failed, Tunnel, Shop bool
	// Quiet tells that these are quiet hours: failures then are not told at all,
	// states when the hours are over and they still last.
	Quiet bool
	// Seen tells that the window has the user's eye, so that nothing needs telling.
	Seen bool
}

// Alerts collects what happens. The zero value is ready; it is not safe for
// concurrent use.
type Alerts struct {
	first  time.Time // of the failures that are gathered
	count  int
	newest ulid.ULID
	from   map[string]int
	states [3]state
	sent   []time.Time // of the last minute, oldest first
}

// maxFrom bounds how many places failures are counted by.
const maxFrom = 1000

// state is something that is up or down.
type state struct {
	known    bool
	told, up bool
	since    time.Time
}

// order is in which states are told.
var order = [3]Kind{Store, Tunnel, Shop}

// Fail notes a delivery that did not verify.
func (a *Alerts) Fail(now time.Time, f Failure) {
	if a.count == 0 {
		a.first, a.from = now, map[string]int{}
	}
	a.count++
	a.newest = f.Capture
	if _, counted := a.from[f.From]; counted || len(a.from) < maxFrom {
		a.from[f.From]++
	}
}

// State notes how something is. What it is at first needs no telling.
func (a *Alerts) State(now time.Time, k Kind, up bool) {
	i := slices.Index(order[:], k)
	if i < 0 {
		return
	}
	s := &a.states[i]
	switch {
	case !s.known:
		*s = state{known: true, told: up, up: up, since: now}
	case s.up != up:
		s.up, s.since = up, now
	}
}

// Due returns what is to be told now, and when to ask again if nothing happens
// before; the zero time is never.
func (a *Alerts) Due(now time.Time, w Wants) (notes []Note, again time.Time) {
	a.sent = slices.DeleteFunc(a.sent, func(t time.Time) bool { return now.Sub(t) >= time.Minute })
	wait := func(until time.Time) {
		if again.IsZero() || until.Before(again) {
			again = until
		}
	}
	for i, k := range order {
		s := &a.states[i]
		if w.Seen || k == Tunnel && !w.Tunnel || k == Shop && !w.Shop {
			s.told = s.up
		}
		switch ready := s.since.Add(settle); {
		case !s.known || s.told == s.up:
		case w.Quiet:
			wait(now.Add(time.Minute)) // who knows when they end
		case now.Before(ready):
			wait(ready)
		case len(a.sent) >= perMinute:
			wait(a.sent[0].Add(time.Minute))
		default:
			s.told = s.up
			notes = append(notes, Note{Kind: k, Up: s.up})
			a.sent = append(a.sent, now)
		}
	}
	if w.Seen || w.Quiet || !w.Failed {
		a.count = 0
	}
	switch ready := a.first.Add(gather); {
	case a.count == 0:
	case now.Before(ready):
		wait(ready)
	case len(a.sent) >= perMinute:
		wait(a.sent[0].Add(time.Minute))
	default:
		notes = append(notes, a.failures())
		a.sent = append(a.sent, now)
	}
	return notes, again
}

// failures is what was gathered, as one note.
func (a *Alerts) failures() Note {
	n := Note{Kind: Failed, Count: a.count, Capture: a.newest}
	for from, of := range a.from {
		if of > n.Of || of == n.Of && from < n.Most {
			n.Most, n.Of = from, of
		}
	}
	a.count, a.from = 0, nil
	return n
}
