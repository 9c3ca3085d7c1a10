package engine

import (
	"bytes"
	"context"
	"fmt"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
)

// Trial is what became of a sample that TestEndpoint sent.
type Trial struct {
	Status  int // that the sender saw
	Capture inspector.Capture
}

// trialLooks is how many of the newest captures a sample is looked for in:
// others may arrive while it is under way.
const trialLooks = 200

// TestEndpoint sends a signed sample to the endpoint called name through the
// local listener and returns what was kept of it: the verdict and, unless it
// waits in a queue, the answer of the shop.
func (e *Engine) TestEndpoint(ctx context.Context, name string) (Trial, error) {
	endpoints := e.Settings().Endpoints
	i := indexOf(endpoints, name)
	if i < 0 {
		return Trial{}, fmt.Errorf("test endpoint %q: %w", name, ErrNoEndpoint)
	}
	sim, err := e.simulator(Simulation{Provider: endpoints[i].Provider, Endpoint: name})
	if err != nil {
		return Trial{}, err
	}
	made, err := sim.next()
	if err != nil {
		return Trial{}, err
	}
	p, err := e.newPoster(false)
	if err != nil {
		return Trial{}, err
	}
	defer p.close()
	m := made.Message
	newest, err := e.store.Page(ctx, inspector.Query{}, ulid.ULID{}, 1)
	if err != nil {
		return Trial{}, err
	}
	var last ulid.ULID
	if len(newest) > 0 {
		last = newest[0].ID
	}
	t := Trial{}
	if t.Status, err = p.post(ctx, made); err != nil {
		return t, err
	}
	if err := e.store.Sync(ctx); err != nil {
		return t, err
	}
	page, err := e.store.After(ctx, last, trialLooks)
	if err != nil {
		return t, err
	}
	for _, s := range page {
		if s.Endpoint != name {
			continue
		}
		c, err := e.store.Get(ctx, s.ID)
		if err == nil && c.Message.Target == m.Target && bytes.Equal(c.Message.Body, m.Body) {
			t.Capture = c
			return t, nil
		}
	}
	return t, fmt.Errorf("test endpoint %q: the sample was answered %d and is not among what was kept", name, t.Status)
}

// Compact gives all disk space back that can be had now, and returns the bytes
// on disk before and after.
func (e *Engine) Compact(ctx context.Context) (before, after int64, err error) {
	store, ok := e.store.(*badgerstore.Store)
	if !ok {
		return 0, 0, fmt.Errorf("compact the store: it is a %T, which cannot be compacted", e.store)
	}
	return store.Compact(ctx)
}
