package inspector

import (
	"context"
	"net/http"
	"time"

	"shopbell/providers/signature"
)

// ServeHTTP is the hot path: read, route, judge, keep, pass on, record, answer.
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
		i.refuse(w, r, route, *fault)
		return
	}
	defer i.room.give(int64(cap(message.Body)))
	started := time.Now() // a sender is patient from the end of its request on
	seen := i.judge(route, message, received)
	seen.notes = append(seen.notes, trailerNote(r)...)
	i.watchVariant(route, &seen)
	c := newCapture(route, message, seen, received, r.RemoteAddr)
	plan := i.plan(route, c, seen.needsAnswer)
	c.State, c.Answer = plan.state, plan.answer
	// A sender that hangs up does not undo its delivery: from here on nothing
	// depends on the request's context.
	ctx := context.WithoutCancel(r.Context())
	if !i.keep(ctx, c) {
		tell(w, notKept)
		return
	}
	i.follow(route, c)
	if !plan.relay {
		tell(w, plan.answer)
		return
	}
	delivery, answer := i.pass(ctx, errand{
		capture: c.ID, message: message, from: c.From, route: route, kind: First,
		deadline: started.Add(i.patience(seen.provider)),
	})
	defer answer.close()
	i.record(ctx, &delivery, stateAfter(delivery))
	answer.send(w)
}

// keep makes c durable; nothing that is not may be acknowledged or forwarded.
func (i *Inspector) keep(ctx context.Context, c *Capture) bool {
	err := i.store.Keep(ctx, c)
	if err != nil {
		i.log.Error("keeping a delivery", "endpoint", c.Endpoint, "error", err)
	}
	return err == nil
}

// plan is what becomes of a capture.
type plan struct {
	state State
	// relay is set when the sender gets the shop's answer; answer is what it
	// gets otherwise.
	relay  bool
	answer Reply
}

// plan decides before the capture is kept, so that one write holds it all.
func (i *Inspector) plan(route *route, c *Capture, needsAnswer bool) plan {
	accept := route != nil && route.Answer == AnswerAccept
	switch {
	case route == nil:
		return plan{state: Kept, answer: noEndpoint}
	case c.Outcome.Held() && !route.ForwardUnverified:
		return plan{state: Held, answer: notVerified}
	case accept && !needsAnswer:
		return plan{state: Waiting, answer: accepted}
	case i.paused.Load():
		return plan{state: Waiting, answer: pausedNow}
	case accept:
		// Not Waiting, or the queue would send it as well while it is relayed.
		return plan{state: Kept, relay: true}
	default:
		return plan{state: Waiting, relay: true}
	}
}

// follow starts what need not be awaited once a capture is kept.
func (i *Inspector) follow(route *route, c *Capture) {
	if route == nil {
		return
	}
	id := c.ID
	if c.Outcome.Held() {
		i.later(func(ctx context.Context) {
			if _, err := i.Diagnose(ctx, id); err != nil && ctx.Err() == nil {
				i.log.Warn("diagnosing a delivery", "capture", id.String(), "error", err)
			}
		})
	}
	if c.Again != nil && c.Again.Kind == SameIDOtherContent {
		i.later(func(ctx context.Context) { i.noteForgery(ctx, id) })
	}
	if c.Verdict.Variant != "" && provesSender(c.Outcome) {
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

// stateAfter is what a delivery makes of its capture: any whole answer of the
// shop is an answer.
func stateAfter(d Delivery) State {
	if d.Status == 0 {
		return Waiting
	}
	return Done
}
