package inspector

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"
)

// backlog delivers what waits at one accept endpoint, in the order of arrival.
// The queue itself is in the store, so it survives a restart.
type backlog struct {
	i        *Inspector
	endpoint string
	stop     context.CancelFunc
	nudge    chan struct{} // holds a value when something changed that ends a wait
}

// Bounds of the wait between two attempts. A shop that is not running gets a
// shorter longest wait: asking costs nothing and somebody is about to start it.
const (
	firstWait        = time.Second
	longestWait      = 5 * time.Minute
	longestWaitDown  = 10 * time.Second
	backlogPage      = 64
	backlogStoreWait = 5 * time.Second // after a failure of the store
)

// tendBacklogs starts and ends queues so that each accept endpoint of s has
// one; the caller holds i.mu. Captures of an endpoint that is gone keep waiting.
func (i *Inspector) tendBacklogs(s *setup) {
	for name, b := range i.backlog {
		if r := s.named(name); r == nil || r.Answer != AnswerAccept {
			b.stop()
			delete(i.backlog, name)
		}
	}
	for _, r := range s.routes {
		if b, running := i.backlog[r.Name]; running {
			b.wake() // shop or path may be new
			continue
		}
		if r.Answer != AnswerAccept {
			continue
		}
		ctx, stop := context.WithCancel(i.ctx)
		b := &backlog{i: i, endpoint: r.Name, stop: stop, nudge: make(chan struct{}, 1)}
		i.backlog[r.Name] = b
		i.work.Go(func() { b.run(ctx) })
	}
}

// wake ends a wait.
func (b *backlog) wake() {
	select {
	case b.nudge <- struct{}{}:
	default:
	}
}

// run delivers until ctx ends.
func (b *backlog) run(ctx context.Context) {
	defer b.stop()
	changed, end := b.i.store.Subscribe()
	defer end()
	failures := 0
	for ctx.Err() == nil {
		result := b.drain(ctx)
		if result == drained {
			failures = 0
			select {
			case <-ctx.Done():
			case <-changed:
			case <-b.nudge:
			}
			continue
		}
		failures++
		timer := time.NewTimer(result.wait(failures))
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-b.nudge:
			failures = 0
		}
		timer.Stop()
	}
}

// drainResult is why a backlog stopped delivering.
type drainResult int

const (
	drained   drainResult = iota // nothing waits, or forwarding is paused
	shopDown                     // no answer
	shopBusy                     // an answer that asks to come again
	storeDown                    // the store failed
)

// wait is how long to wait after so many failures in a row: twice as long each
// time, and up to half of it off, so that queues do not march in step.
func (r drainResult) wait(failures int) time.Duration {
	longest := longestWait
	switch r {
	case storeDown:
		return backlogStoreWait
	case shopDown:
		longest = longestWaitDown
	}
	wait := min(firstWait<<min(failures-1, 16), longest)
	return wait - rand.N(wait/2)
}

// drain delivers what waits, oldest first, until it is all delivered or one
// delivery fails: the ones behind it must not overtake it.
func (b *backlog) drain(ctx context.Context) drainResult {
	for !b.i.paused.Load() {
		page, err := b.i.store.Pending(ctx, b.endpoint, backlogPage)
		if ctx.Err() != nil {
			return drained
		}
		if err != nil {
			b.i.log.Error("reading the queue", "endpoint", b.endpoint, "error", err)
			return storeDown
		}
		if len(page) == 0 {
			return drained
		}
		for _, s := range page {
			if ctx.Err() != nil || b.i.paused.Load() {
				return drained
			}
			if result := b.deliver(ctx, s); result != drained {
				return result
			}
		}
		// A recorded delivery is only queued: the next look at the queue must
		// not find its capture still waiting.
		if err := b.i.store.Sync(ctx); err != nil {
			return storeDown
		}
	}
	return drained
}

// deliver makes one attempt. Close lets it finish.
func (b *backlog) deliver(ctx context.Context, s Summary) drainResult {
	i := b.i
	if !i.claim(s.ID) {
		return drained // somebody else is at it
	}
	defer i.unclaim(s.ID)
	ctx = context.WithoutCancel(ctx)
	c, err := i.store.Get(ctx, s.ID)
	if errors.Is(err, ErrNotFound) || err == nil && c.State != Waiting {
		return drained // deleted, or delivered by hand meanwhile
	}
	route := i.setup.Load().named(b.endpoint)
	if err != nil || route == nil {
		i.log.Error("reading a capture of the queue", "capture", s.ID.String(), "error", err)
		return storeDown
	}
	kind := First
	if c.Attempts > 0 {
		kind = Retry
	}
	if err := i.store.Begin(ctx, s.ID); err != nil {
		i.log.Error("marking a capture of the queue as being sent", "capture", s.ID.String(), "error", err)
		return storeDown
	}
	d, answer := i.pass(ctx, errand{
		capture: s.ID, message: c.Message, from: c.From, route: route, kind: kind, repeated: c.Unknown,
		deadline: time.Now().Add(i.limits.Shop),
	})
	answer.close()
	result := resultOf(d)
	state := Done
	if result != drained {
		state = Waiting
	}
	i.record(ctx, &d, state)
	return result
}

// resultOf tells whether a delivery from the queue is over. The shop has the
// last word, but for the answers with which a server asks to come again.
func resultOf(d Delivery) drainResult {
	switch {
	case d.Status == 0:
		return shopDown
	case d.Status >= 500, d.Status == http.StatusTooManyRequests, d.Status == http.StatusRequestTimeout:
		return shopBusy
	}
	return drained
}
