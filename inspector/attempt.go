package inspector

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/oklog/ulid/v2"
)

// attempt is one try of a queue to deliver one capture.
type attempt struct {
	id    ulid.ULID
	probe bool // it finds out whether what stopped the queue is over

	result   result
	refusals int           // how often the shop has asked the queue to come again with this capture
	again    time.Duration // how long the shop asked to wait, 0 when it did not say
	said     string        // what went wrong
}

// result is what came of an attempt.
type result int

const (
	taken     result = iota // over: the shop has answered, or there is nothing to deliver any more
	shopDown                // no answer
	shopBusy                // an answer that asks to come again
	passed                  // such an answer once too often: the capture steps aside
	storeDown               // the store failed
	elsewhere               // somebody delivers the capture by hand just now
)

// deliver makes one attempt. Close lets it finish.
func (b *backlog) deliver(ctx context.Context, a attempt) attempt {
	i := b.i
	if !i.claim(a.id) {
		a.result = elsewhere
		return a
	}
	defer i.unclaim(a.id)
	over := ctx
	ctx = context.WithoutCancel(ctx)
	c, err := i.store.Get(ctx, a.id)
	if errors.Is(err, ErrNotFound) || err == nil && c.State != Waiting {
		return a // deleted, or delivered by hand meanwhile
	}
	route := i.setup.Load().named(b.endpoint)
	if err != nil || route == nil {
		i.log.Error("reading a capture of the queue", "capture", a.id.String(), "error", err)
		a.result, a.said = storeDown, "the capture could not be read from the store"
		return a
	}
	kind := First
	if c.Attempts > 0 {
		kind = Retry
	}
	if err := i.store.Begin(ctx, a.id); err != nil {
		i.log.Error("marking a capture of the queue as being sent", "capture", a.id.String(), "error", err)
		a.result, a.said = storeDown, "the store could not be written"
		return a
	}
	d, answer := i.pass(ctx, errand{
		capture: a.id, message: c.Message, from: c.From, route: route, kind: kind, repeated: c.Unknown,
		deadline: time.Now().Add(i.shopWait()),
	})
	answer.close()
	state := Done
	if a.weigh(&c, d, route, i.now()); a.result != taken {
		state = Waiting
	}
	i.record(ctx, &d, state)
	if over.Err() != nil {
		_ = i.store.Sync(ctx) // the claim ends here, and the next queue of this endpoint must see the new state
	}
	return a
}

// weigh notes what d means for the queue.
func (a *attempt) weigh(c *Capture, d Delivery, r *route, now time.Time) {
	switch a.result = resultOf(d); a.result {
	case shopDown:
		a.said = refusal(d.Status, d.Error)
	case shopBusy:
		a.said = refusal(d.Status, d.Error)
		a.again = comeAgain(d.Header.Get("Retry-After"), now)
		a.refusals = 1
		for _, before := range c.Deliveries {
			if asksAgain(before.Status) && (before.Kind == First || before.Kind == Retry) {
				a.refusals++
			}
		}
		if r.WhenStuck == WhenStuckPass && a.refusals >= asideAfter {
			a.result = passed
		}
	}
}

// resultOf tells whether a delivery is over. The shop has the last word, but
// for the answers with which a server asks to come again.
func resultOf(d Delivery) result {
	switch {
	case d.Status == 0:
		return shopDown
	case asksAgain(d.Status):
		return shopBusy
	}
	return taken
}

// refusal says why a delivery is not over, "" when there was none yet.
func refusal(status int, problem string) string {
	if status != 0 {
		return fmt.Sprintf("the shop answered %d", status)
	}
	return problem
}

// asksAgain tells whether a server that answers with status may take the same
// request later.
func asksAgain(status int) bool {
	return status >= 500 || status == http.StatusTooManyRequests || status == http.StatusRequestTimeout
}
