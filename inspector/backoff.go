package inspector

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
)

// Bounds of the wait between two attempts. A shop that is not running gets a
// shorter longest wait: asking costs nothing and somebody is about to start it.
const (
	firstWait        = time.Second
	longestWait      = 5 * time.Minute
	longestWaitDown  = 10 * time.Second
	backlogStoreWait = 5 * time.Second // after a failure of the store
	// longestAgain is as long as a shop's Retry-After is taken at its word.
	longestAgain = time.Hour
)

// wait is how long to wait after so many failures in a row: twice as long each
// time, and up to half of it off, so that queues do not march in step.
func (r result) wait(failures int) time.Duration {
	longest := longestWait
	switch r {
	case storeDown:
		return backlogStoreWait
	case shopDown:
		longest = longestWaitDown
	}
	wait := min(firstWait<<min(max(failures, 1)-1, 16), longest)
	return wait - rand.N(wait/2)
}

// comeAgain reads a Retry-After field, seconds or a date (RFC 9110, 10.2.3). It
// is 0 when there is none, or none that can be read, or the date has passed.
func comeAgain(field string, now time.Time) time.Duration {
	field = strings.TrimSpace(field)
	wait := time.Duration(0)
	if seconds, err := strconv.ParseUint(field, 10, 64); err == nil {
		wait = time.Duration(min(seconds, uint64(longestAgain/time.Second))) * time.Second
	} else if date, err := http.ParseTime(field); err == nil {
		wait = date.Sub(now)
	}
	return min(max(wait, 0), longestAgain)
}

// blockade is what stops a queue; its zero value is none.
type blockade struct {
	by       ulid.ULID // the capture that failed last; zero when the store did
	why      result
	failures int       // in a row
	until    time.Time // of the next attempt
}

// grow takes in an attempt that failed. Those that were under way beside the
// first one tell nothing new.
func (s *blockade) grow(a attempt) {
	now := time.Now()
	if now.Before(s.until) {
		if again := now.Add(a.again); again.After(s.until) {
			s.until = again
		}
		return
	}
	if a.result != s.why {
		s.failures = 0
	}
	s.failures++
	s.by, s.why = a.id, a.result
	s.until = now.Add(max(a.result.wait(s.failures), a.again))
}

// setback keeps a capture out of the queue until it is due.
type setback struct {
	due      time.Time
	refusals int // 0 for one that somebody delivers by hand
}

func newSetback(refusals int, again time.Duration) setback {
	return setback{due: time.Now().Add(max(shopBusy.wait(refusals), again)), refusals: refusals}
}

// setAside lets a capture step aside.
func (b *backlog) setAside(id ulid.ULID, refusals int, again time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.setbacks[id] = newSetback(refusals, again)
}

// firstDue returns the capture whose setback is over, longest ago first.
func (b *backlog) firstDue(now time.Time) (id ulid.ULID, some bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	id, first := b.earliest()
	return id, first.due != time.Time{} && !now.Before(first.due)
}

// earliest returns the setback that ends first; the caller holds b.mu.
func (b *backlog) earliest() (id ulid.ULID, first setback) {
	for at, s := range b.setbacks {
		if first.due.IsZero() || s.due.Before(first.due) || s.due.Equal(first.due) && at.Compare(id) < 0 {
			id, first = at, s
		}
	}
	return id, first
}

// idle is how long nothing is to be done unless something changes.
func (b *backlog) idle() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	now, wait := time.Now(), time.Hour // woken in vain once an hour, which costs nothing
	if b.paused || b.i.paused.Load() {
		return wait
	}
	if now.Before(b.stuck.until) {
		return b.stuck.until.Sub(now)
	}
	if _, first := b.earliest(); now.Before(first.due) {
		wait = min(wait, first.due.Sub(now))
	}
	return wait
}

// known tells whether the queue need not be told of a capture that waits.
func (b *backlog) known(id ulid.ULID) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, set := b.setbacks[id]
	return set || b.sending[id] || b.recorded[id]
}

// take notes that a capture goes to the shop.
func (b *backlog) take(id ulid.ULID) attempt {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.setbacks, id)
	b.sending[id] = true
	return attempt{id: id, probe: b.stuck.failures > 0}
}

func (b *backlog) underWay() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.sending)
}

// wake ends what stops the queue. now lets also those come that stepped aside.
func (b *backlog) wake(now bool) {
	b.mu.Lock()
	b.stuck = blockade{}
	for id, s := range b.setbacks {
		if now && s.refusals > 0 {
			s.due = time.Now()
			b.setbacks[id] = s
		}
	}
	b.mu.Unlock()
	select {
	case b.nudge <- struct{}{}:
	default:
	}
}

// renew takes up a new configuration: shop and path may be other ones. Where
// nothing may pass any more, those that stepped aside get their places back.
func (b *backlog) renew(w WhenStuck) {
	if w != WhenStuckPass {
		b.mu.Lock()
		clear(b.setbacks)
		b.mu.Unlock()
	}
	b.wake(false)
}
