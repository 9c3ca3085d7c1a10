// Package rehearsal finds out on a real capture whether a shop survives what
// providers and strangers do to it: duplicates, retries, late and reordered
// deliveries, and forged ones. Start with Rehearsal.
//
// A verdict is never guessed. That two copies of a delivery are both answered
// 200 does not tell whether an order was booked twice: only a probe of the
// shop's own state does, and without one the verdict is Unknown.
package rehearsal

import (
	"context"
	"errors"
	"slices"
	"time"

	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// Verdict is what a plan came to. The strings are stable.
type Verdict string

// The verdicts.
const (
	Pass    Verdict = "pass"
	Fail    Verdict = "fail"
	Unknown Verdict = "unknown"
)

// Result is the verdict of one plan.
type Result struct {
	Plan    Plan    `json:"plan"`
	Verdict Verdict `json:"verdict"`
	// Reason says in a sentence what the verdict rests on.
	Reason string `json:"reason"`
	// Deliveries are those of the plan, in the order in which they began.
	Deliveries []inspector.Delivery `json:"deliveries"`
}

// Rehearsal runs plans over a capture.
type Rehearsal struct {
	Capture inspector.Capture
	// Other is a second capture of the same shop, for plans about their order;
	// without an id there is none.
	Other    inspector.Capture
	Provider providers.Provider
	// Signs is the secret, or the private key, that genuine deliveries are
	// signed with; without one the captured signatures are sent as they are.
	Signs signature.Secret
	// Send delivers m to the shop in place of the capture and records that. The
	// shop has so long to answer; 0 is the usual time. A shop that does not
	// answer is a Delivery with an Error, not an error.
	Send func(ctx context.Context, c inspector.Capture, m signature.Message, patience time.Duration) (inspector.Delivery, error)
	// Probe reads the shop's state; nil leaves it unknown.
	Probe Probe
	// Later is how long a late duplicate waits.
	Later time.Duration
	Now   func() time.Time
	// Calm is how long the shop's state must stay the same for its work on a
	// delivery to be over; 0 is 300 ms.
	Calm time.Duration
}

// Run runs the plans in their order and hands each result to report as soon as
// it is there. It begins with one genuine delivery, which shows that the shop
// takes one and what that does to its state. An error is one of ctx or of Send.
func (r *Rehearsal) Run(ctx context.Context, plans []Plan, report func(Result)) error {
	used := map[string]bool{}
	r, b, err := r.begin(ctx, used)
	if err != nil {
		return err
	}
	for _, p := range acts() {
		if !slices.Contains(plans, p.plan) {
			continue
		}
		s := &stage{Rehearsal: r, ctx: ctx, base: b, used: used, deliveries: []inspector.Delivery{}}
		verdict, reason, err := s.try(p.run)
		if err != nil {
			return err
		}
		report(Result{p.plan, verdict, reason, s.deliveries})
	}
	return nil
}

// base is what a genuine delivery does.
type base struct {
	refused  string // why nothing can be told; "" when the shop takes it
	unsigned string // why nothing can be signed afresh; "" when it can
	before   state
	after    state
}

// moved tells whether the probe saw what the delivery did.
func (b base) moved() bool { return !b.before.same(b.after) }

// begin returns r without a secret that signs nothing, such as a public key, and
// what a genuine delivery did.
func (r *Rehearsal) begin(ctx context.Context, used map[string]bool) (*Rehearsal, base, error) {
	able, b := *r, base{}
	if r.Provider.Signs {
		if _, err := r.Provider.Scheme.Sign(r.Capture.Message, r.Signs, r.Now()); err != nil {
			able.Signs, b.unsigned = signature.Secret{}, err.Error()
		}
		if r.Signs.Value() == "" {
			b.unsigned = "no secret is at hand"
		}
	}
	s := &stage{Rehearsal: &able, ctx: ctx, used: used}
	m, err := s.genuine(r.Capture)
	if err == nil {
		var d inspector.Delivery
		d, b.before, b.after, err = s.watched(m)
		if err == nil && !taken(d) {
			b.refused = "the shop does not take a genuine delivery: " + why(d)
		}
	}
	if reason, is := s.unplayed(err); is {
		b.refused, err = reason, nil
	}
	if b.refused != "" && b.unsigned != "" {
		b.refused += "; it has the captured signature, because it can't be signed afresh: " + b.unsigned
	}
	return &able, b, err
}

// stage is one plan under way.
type stage struct {
	*Rehearsal
	ctx        context.Context
	base       base
	used       map[string]bool // delivery ids
	deliveries []inspector.Delivery
}

// cannot is why a plan can't be played; its verdict is Unknown.
type cannot string

func (c cannot) Error() string { return string(c) }

// try plays a plan. What can't be played, or seen, is Unknown and no error.
func (s *stage) try(run func(*stage) (Verdict, string, error)) (Verdict, string, error) {
	if s.base.refused != "" {
		return Unknown, s.base.refused, nil
	}
	verdict, reason, err := run(s)
	if why, is := s.unplayed(err); is {
		return Unknown, why, nil
	}
	return verdict, reason, err
}

// unplayed tells whether err only says why a plan can't be played.
func (s *stage) unplayed(err error) (reason string, is bool) {
	var why cannot
	is = errors.As(err, &why) && s.ctx.Err() == nil
	return string(why), is
}

// watched delivers m and returns the shop's state before and after.
func (s *stage) watched(m signature.Message) (d inspector.Delivery, before, after state, err error) {
	if before, err = s.look(); err != nil {
		return d, before, after, err
	}
	if d, err = s.send(m); err == nil {
		after, err = s.look()
	}
	return d, before, after, err
}

// send delivers m.
func (s *stage) send(m signature.Message) (inspector.Delivery, error) {
	return s.sendFor(s.Capture, m, 0)
}

func (s *stage) sendFor(c inspector.Capture, m signature.Message, patience time.Duration) (inspector.Delivery, error) {
	d, err := s.Send(s.ctx, c, m, patience)
	if err == nil {
		s.deliveries = append(s.deliveries, d)
	}
	return d, err
}

// genuine is a capture as its provider would deliver it now: under a new id,
// where it can get one, and signed afresh.
func (s *stage) genuine(c inspector.Capture) (signature.Message, error) {
	m := c.Message
	for range idTries {
		fresh, ok := s.Provider.FreshID(c.Message)
		if !ok || s.Provider.Signs && !s.signs() {
			break
		}
		m = fresh
		if id := s.Provider.DeliveryID(m).Text; !s.used[id] {
			s.used[id] = true
			break
		}
	}
	return s.sign(m, s.Now())
}

// idTries bounds the search for an id that no delivery had yet: one of a short
// number may be hard to find.
const idTries = 100

func (s *stage) signs() bool { return s.Provider.Signs && s.Signs.Value() != "" }

func (s *stage) sign(m signature.Message, at time.Time) (signature.Message, error) {
	if !s.signs() {
		return m, nil
	}
	signed, err := s.Provider.Scheme.Sign(m, s.Signs, at)
	if err != nil {
		return m, cannot("it can't be signed: " + err.Error())
	}
	return signed, nil
}
