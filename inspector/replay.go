package inspector

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// ReplayOptions change what a replay sends.
type ReplayOptions struct {
	// To replaces the target: an absolute URL.
	To string
	// Message replaces the captured one (an edit); nil sends it as captured.
	Message *signature.Message
	// Resign signs with the endpoint's first secret as of now.
	Resign bool
	// Fresh sends it under a new delivery id of the same shape, so that the shop
	// must not take it for one that it had, and signs it then as Resign does
	// where the provider signs.
	Fresh bool
	// Kind is Replayed when empty.
	Kind DeliveryKind
	// Patience is how long the shop has to answer; 0 is Limits.Shop.
	Patience time.Duration
}

// The errors of replay and release that a surface may want to tell apart.
var (
	// ErrCannotSign is what Replay answers when it was to sign and can't.
	ErrCannotSign = errors.New("it can't be signed")
	// ErrNoFreshID is what Replay answers when it was to give a new delivery id
	// and there is nowhere to write one.
	ErrNoFreshID = errors.New("it can't be given a new delivery id")
	// ErrNotHeld is what Release answers for a capture that is not held.
	ErrNotHeld = errors.New("the capture is not held")
	// ErrBusy is what Release and a replay to the capture's own shop answer
	// while the capture is being delivered, by the queue or by hand.
	ErrBusy = errors.New("the capture is being delivered just now")
)

// stands tells whether a replay is as good as the capture's own delivery: what
// was received, where it belongs. It ends the capture's waiting or being held,
// and it must not run beside the queue.
func (o ReplayOptions) stands() bool {
	return o.To == "" && o.Message == nil && !o.Fresh && o.Kind != Rehearsal
}

// Replay sends a capture to the shop again, records the delivery and returns
// it. A shop that does not answer is a Delivery with an Error, not an error.
func (i *Inspector) Replay(ctx context.Context, id ulid.ULID, o ReplayOptions) (Delivery, error) {
	if !i.enter() {
		return Delivery{}, errClosed
	}
	defer i.leave()
	if o.stands() {
		if !i.claim(id) {
			return Delivery{}, fmt.Errorf("replaying capture %q: %w", id, ErrBusy)
		}
		defer i.unclaim(id)
	}
	c, err := i.store.Get(ctx, id)
	if err != nil {
		return Delivery{}, fmt.Errorf("reading capture %q: %w", id, err)
	}
	e, err := i.errandOf(&c, o)
	if err != nil {
		return Delivery{}, fmt.Errorf("replaying capture %q: %w", id, err)
	}
	if err := i.store.Begin(ctx, id); err != nil {
		return Delivery{}, fmt.Errorf("replaying capture %q: %w", id, err)
	}
	d, answer := i.pass(ctx, e)
	answer.close()
	// Recorded even when the caller gave up: the shop may have it.
	ctx = context.WithoutCancel(ctx)
	state := i.stateAfterReplay(ctx, &c, d, o)
	err = i.store.Record(ctx, &d, state)
	if err == nil && state != c.State {
		err = i.store.Sync(ctx) // the claim ends here: the queue must see the new state
	}
	if err != nil {
		return d, fmt.Errorf("recording the replay of %q: %w", id, err)
	}
	return d, nil
}

var errClosed = errors.New("the inspector is closed")

// errandOf prepares what a replay sends.
func (i *Inspector) errandOf(c *Capture, o ReplayOptions) (errand, error) {
	e := errand{
		capture: c.ID, message: c.Message, from: c.From, route: i.routeOf(c), kind: o.Kind,
		repeated: c.Unknown && o.stands(),
		deadline: time.Now().Add(i.shopWait()),
	}
	if e.kind == "" {
		e.kind = Replayed
	}
	if o.Patience > 0 {
		e.deadline = time.Now().Add(o.Patience)
	}
	if err := i.alter(&e, c, o); err != nil {
		return e, err
	}
	if o.To != "" {
		to, err := addressOf(o.To)
		if err != nil {
			return e, err
		}
		e.to = &to
	}
	return e, nil
}

// alter makes of e's message what o asks for.
func (i *Inspector) alter(e *errand, c *Capture, o ReplayOptions) error {
	if o.Message != nil {
		e.message, e.edited = *o.Message, true
	}
	resign := o.Resign
	if o.Fresh {
		p, known := i.providerOf(e.route, c.Provider)
		fresh, ok := p.FreshID(e.message)
		switch {
		case !known:
			return fmt.Errorf("renewing the delivery id: %w: its provider is not known", ErrNoFreshID)
		case !ok:
			return fmt.Errorf("renewing the delivery id: %w: %s has none in a place of its own", ErrNoFreshID, p.Name)
		}
		e.message, e.edited, resign = fresh, true, resign || p.Signs
	}
	if !resign {
		return nil
	}
	signed, err := i.resign(e.route, c.Provider, e.message)
	if err != nil {
		return err
	}
	e.message, e.resigned = signed, true
	return nil
}

// providerOf is the provider of an endpoint, of a catch-all that of the capture.
func (i *Inspector) providerOf(r *route, provider string) (p providers.Provider, known bool) {
	if r.provider.ID != "" {
		return r.provider, true
	}
	return i.catalog().Get(provider)
}

// routeOf returns the endpoint of a capture as it is now; for a capture
// without one, or whose endpoint is gone, the way straight to the shop.
func (i *Inspector) routeOf(c *Capture) *route {
	s := i.setup.Load()
	if r := s.named(c.Endpoint); r != nil {
		return r
	}
	return &route{shop: s.shop}
}

// resign signs m with the first secret of the endpoint as of now.
func (i *Inspector) resign(r *route, provider string, m signature.Message) (signature.Message, error) {
	p, known := i.providerOf(r, provider)
	if !known {
		return m, fmt.Errorf("signing: %w: its provider is not known", ErrCannotSign)
	}
	if !p.Signs {
		return m, fmt.Errorf("signing: %w: %s documents no signature", ErrCannotSign, p.Name)
	}
	secrets := r.secrets()
	if len(secrets) == 0 {
		return m, fmt.Errorf("signing: %w: endpoint %q has no secret", ErrCannotSign, r.Name)
	}
	signed, err := p.Scheme.Sign(m, secrets[0], i.now())
	if err != nil {
		return m, fmt.Errorf("signing: %w: %w", ErrCannotSign, err)
	}
	return signed, nil
}

// stateAfterReplay leaves the capture's state alone, but that an answer of its
// own shop to what was received ends its waiting and its being held. The state
// is read again, as others may have delivered the capture meanwhile.
func (i *Inspector) stateAfterReplay(ctx context.Context, c *Capture, d Delivery, o ReplayOptions) State {
	state := c.State
	if state != Done {
		_ = i.store.Sync(ctx) // a delivery just made may be queued; without it the state read is older
	}
	if s, err := i.store.Summary(ctx, c.ID); err == nil {
		state = s.State
	}
	if (state == Waiting || state == Held) && o.stands() && resultOf(d) == taken {
		return Done
	}
	return state
}

// Release forwards a held capture as it is.
func (i *Inspector) Release(ctx context.Context, id ulid.ULID) (Delivery, error) {
	if !i.enter() {
		return Delivery{}, errClosed
	}
	defer i.leave()
	if !i.claim(id) {
		return Delivery{}, fmt.Errorf("releasing capture %q: %w", id, ErrBusy)
	}
	defer i.unclaim(id)
	c, err := i.store.Get(ctx, id)
	if err != nil {
		return Delivery{}, fmt.Errorf("reading capture %q: %w", id, err)
	}
	if c.State != Held {
		return Delivery{}, fmt.Errorf("releasing capture %q: %w", id, ErrNotHeld)
	}
	e, err := i.errandOf(&c, ReplayOptions{Kind: First})
	if err != nil {
		return Delivery{}, fmt.Errorf("releasing capture %q: %w", id, err)
	}
	if err := i.store.Begin(ctx, id); err != nil {
		return Delivery{}, fmt.Errorf("releasing capture %q: %w", id, err)
	}
	d, answer := i.pass(ctx, e)
	answer.close()
	ctx = context.WithoutCancel(ctx)
	err = i.store.Record(ctx, &d, i.stateAfterRelease(&c, d))
	if err == nil {
		// The claim ends here: the next release must see the new state.
		err = i.store.Sync(ctx)
	}
	if err != nil {
		return d, fmt.Errorf("recording the release of %q: %w", id, err)
	}
	return d, nil
}

// stateAfterRelease lets a capture that did not get through wait for the shop,
// but not a question: whoever asked it has gone, so a person may ask again.
func (i *Inspector) stateAfterRelease(c *Capture, d Delivery) State {
	if d.Status != 0 {
		return Done
	}
	if p, known := i.catalog().Get(c.Provider); known && p.NeedsAnswer(c.Message) {
		return Held
	}
	return Waiting
}

// claim reserves a capture for one delivery; unclaim gives it back.
func (i *Inspector) claim(id ulid.ULID) bool {
	_, taken := i.claims.LoadOrStore(id, true)
	return !taken
}

func (i *Inspector) unclaim(id ulid.ULID) { i.claims.Delete(id) }
