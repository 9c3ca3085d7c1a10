package engine

import (
	"bytes"
	"context"
	"fmt"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
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
	newest, err := e.store.Page(ctx, inspector.Query{}, ulid.ULID{}, 1)
	if err != nil {
		return Trial{}, err
	}
	var last ulid.ULID
	if len(newest) > 0 {
		last = newest[0].ID
	}
	m, status, err := e.sendOne(ctx, Simulation{Provider: endpoints[i].Provider, Endpoint: name})
	t := Trial{Status: status}
	if err != nil {
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
