package inspector

import (
	"context"
	"errors"
	"net/http"
	"time"

	"shopbell/providers/signature"
)

// ServeHTTP is the hot path: read, route, judge, shake hands, keep, pass on,
// record, answer.
func (i *Inspector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !i.enter() {
		w.Header().Set("Connection", "close")
		tell(w, closing)
		return
	}
	defer i.leave()
	received := i.now()
	route := i.setup.Load().route(r.RequestURI)
	message, fault := i.read(w, r)
	if fault != nil {
		i.refuse(w, r, route, message, *fault)
		return
	}
	defer i.release(message.Body)
	started := time.Now() // a sender is patient from the end of its request on
	seen := i.judge(route, message, received)
	seen.notes = append(seen.notes, trailerNote(r)...)
	i.watchVariant(route, &seen)
	i.shakeHands(route, message, &seen)
	c := newCapture(route, message, seen, received, r.RemoteAddr)
	c.Path = i.catalog().MaskTarget(c.Path)
	plan := i.plan(route, c, seen)
	c.State, c.Answer = plan.state, plan.answer
	if plan.relay {
		c.Sending = 1
	}
	// A sender that hangs up does not undo its delivery: from here on nothing
	// depends on the request's context.
	ctx := context.WithoutCancel(r.Context())
	if !i.keep(ctx, c) {
		tell(w, notKept)
		return
	}
	i.learn(ctx, route, c, seen)
	i.follow(route, c)
	if !plan.relay {
		plan.tell(w)
		return
	}
	if i.claim(c.ID) { // a replay by hand must not run beside this
		defer i.unclaim(c.ID)
	}
	delivery, answer := i.pass(ctx, errand{
		capture: c.ID, message: message, from: c.From, route: route, kind: First,
		deadline: started.Add(i.patience(seen.provider)),
	})
	defer answer.close()
	i.hand(ctx, w, plan, &delivery, answer)
}

// keep makes c durable; nothing that is not may be acknowledged or forwarded.
func (i *Inspector) keep(ctx context.Context, c *Capture) bool {
	err := i.store.Keep(ctx, c)
	if err != nil {
		i.log.Error("keeping a delivery", "endpoint", c.Endpoint, "error", err)
	}
	return err == nil
}

// follow starts what need not be awaited once a capture is kept.
func (i *Inspector) follow(route *route, c *Capture) {
	id := c.ID
	if c.Outcome.Held() || c.Outcome == signature.NoSecret {
		i.later(func(ctx context.Context) {
			if _, err := i.Diagnose(ctx, id); err != nil && ctx.Err() == nil {
				i.log.Warn("diagnosing a delivery", "capture", id.String(), "error", err)
			}
		})
	}
	if c.Again != nil && c.Again.Kind == SameIDOtherContent {
		i.later(func(ctx context.Context) { i.noteForgery(ctx, id) })
	}
	// A stale delivery may be an old one that somebody sends again: it warns,
	// but what it looks like is no news of the provider.
	if route != nil && c.Verdict.Variant != "" && c.Outcome == signature.Verified {
		i.rememberVariant(route, c.Verdict.Variant)
	}
}

// provesSender tells whether the outcome came from a signature that matched.
func provesSender(o signature.Outcome) bool {
	return o == signature.Verified || o == signature.Stale
}

// record keeps a delivery. The shop has it already, so a failure is logged and
// the capture stays as it was.
func (i *Inspector) record(ctx context.Context, d *Delivery, state State) {
	if err := i.store.Record(ctx, d, state); err != nil {
		i.log.Error("recording a delivery", "capture", d.Capture.String(), "error", err)
	}
}

// hand records a delivery and gives its answer to the sender. An answer over
// the limit still comes while it is passed on, so it is recorded when it has
// ended, one way or the other.
func (i *Inspector) hand(ctx context.Context, w http.ResponseWriter, p plan, d *Delivery, a *answer) {
	if a.rest == nil {
		i.record(ctx, d, p.after(*d))
		_ = a.send(w) // the sender may be gone; what it was sent is recorded
		return
	}
	started := time.Now()
	err := a.send(w)
	took := time.Since(started)
	d.Millis += took.Milliseconds()
	d.Answered = d.Answered.Add(took)
	if at := (*shopError)(nil); errors.As(err, &at) {
		d.Status, d.Error = 0, explain(err, true).says
	}
	i.record(ctx, d, p.after(*d))
	if err != nil {
		// The sender must see that the answer broke off, not take it for whole.
		panic(http.ErrAbortHandler)
	}
}
