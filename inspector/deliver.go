package inspector

import (
	"context"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// errand is one message on its way to the shop.
type errand struct {
	capture ulid.ULID
	message signature.Message
	from    string // address of the sender, for X-Forwarded-For
	route   *route
	// to replaces what the route says when it is not nil.
	to       *address
	kind     DeliveryKind
	deadline time.Time
	edited   bool
	resigned bool
	repeated bool
}

// pass sends a message to the shop: a first delivery, a retry and a replay are
// all this call. What went wrong is in the Delivery, in plain words, and in the
// answer that a sender who waits for it would get. The answer must be closed.
func (i *Inspector) pass(ctx context.Context, e errand) (Delivery, *answer) {
	d := Delivery{Capture: e.capture, Kind: e.kind, Edited: e.edited, Resigned: e.resigned, Repeated: e.repeated, Sent: i.now()}
	started := time.Now()
	a, err := i.send(ctx, e, &d)
	d.Millis = time.Since(started).Milliseconds()
	d.Answered = d.Sent.Add(time.Since(started))
	if a != nil {
		d.Header, d.Body, d.Truncated = a.fields, a.body, a.rest != nil
	}
	if err != nil {
		a.close()
		f := explain(err, time.Until(e.deadline) <= 0)
		d.Error = f.says
		return d, &answer{status: f.status, failure: &f}
	}
	d.Status = a.status
	return d, a
}

func (i *Inspector) send(ctx context.Context, e errand, d *Delivery) (*answer, error) {
	to := e.to
	if to == nil {
		a, err := e.route.address(e.message.Target)
		if err != nil {
			return nil, err
		}
		to = &a
	}
	d.Target = i.catalog().MaskTarget(to.String())
	head, err := compose(e.message, *to, e.from)
	if err != nil {
		return nil, err
	}
	return i.courier.send(ctx, parcel{
		to: *to, method: e.message.Method, head: head, body: e.message.Body, deadline: e.deadline,
	})
}

// patience is how long a sender waits for the shop's answer. A sixteenth of the
// provider's limit is left for the way back.
func (i *Inspector) patience(p providers.Provider) time.Duration {
	if p.AnswerWithin > 0 {
		return p.AnswerWithin - p.AnswerWithin/16
	}
	return i.shopWait()
}
