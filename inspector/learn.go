package inspector

import (
	"context"
	"errors"
	"fmt"

	"github.com/oklog/ulid/v2"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// A secret that a provider offers stays where it came: in its capture. An
// endpoint that takes it remembers the capture's id and pins the capture, so
// that the secret is on the disk once, and goes when the user deletes it.

// learnedKey is where the store remembers which capture an endpoint's secret
// came with.
func learnedKey(endpoint string) string { return "learned/" + endpoint }

// ErrNoOffer is what OfferedSecret answers for a capture that brings no secret.
var ErrNoOffer = errors.New("the capture offers no secret")

// OfferedSecret returns the secret that a capture brings for use from now on.
// It is the caller's to keep safe; nothing else of the program shows it.
// ErrNoOffer when the capture brings none, ErrNotFound when there is no capture.
func (i *Inspector) OfferedSecret(ctx context.Context, id ulid.ULID) (signature.Secret, error) {
	return i.offeredBy(ctx, i.catalog(), id)
}

func (i *Inspector) offeredBy(ctx context.Context, catalog providers.Catalog, id ulid.ULID) (signature.Secret, error) {
	c, err := i.store.Get(ctx, id)
	if err != nil {
		return signature.Secret{}, fmt.Errorf("reading capture %q: %w", id, err)
	}
	p, _ := catalog.Get(c.Provider)
	secret, offers := p.OfferedSecret(c.Message)
	if !offers || !c.OffersSecret {
		return signature.Secret{}, fmt.Errorf("reading the secret of capture %q: %w", id, ErrNoOffer)
	}
	return secret, nil
}

// learn takes the secret that a kept request offers, if the user agreed to that
// beforehand and the endpoint has none: a later offer may be anybody's, and is
// for a person to judge.
func (i *Inspector) learn(ctx context.Context, route *route, c *Capture, j judgement) {
	if !c.OffersSecret || route == nil || !route.LearnSecret || len(route.Secrets) > 0 {
		return
	}
	secret := j.handshake.Offered
	if !route.learned.CompareAndSwap(nil, &secret) {
		return
	}
	err := i.store.Remember(ctx, learnedKey(route.Name), c.ID.String())
	if err == nil {
		err = i.store.Change(ctx, c.ID, func(c *Capture) {
			c.Pinned = true
			c.Notes = append(c.Notes, "The endpoint uses this secret from now on; deleting this capture ends that.")
		})
	}
	if err != nil {
		i.log.Error("remembering the secret that was offered", "endpoint", route.Name, "error", err)
	}
	if now := i.setup.Load().named(route.Name); now != nil && now != route && now.LearnSecret {
		now.learned.CompareAndSwap(nil, &secret) // configured anew meanwhile
	}
	i.later(func(ctx context.Context) {
		if _, err := i.Rejudge(ctx, route.Name); err != nil && ctx.Err() == nil {
			i.log.Warn("judging again with the secret that was offered", "endpoint", route.Name, "error", err)
		}
	})
}

// recallLearned fills in the secrets that endpoints took from their providers.
func (i *Inspector) recallLearned(s *setup) {
	for _, r := range s.routes {
		if !r.LearnSecret || len(r.Secrets) > 0 {
			continue
		}
		secret, err := i.recallSecret(s.catalog, r)
		switch {
		case errors.Is(err, ErrNotFound):
			i.log.Warn("the capture with the endpoint's secret is gone", "endpoint", r.Name)
		case err != nil:
			i.log.Warn("recalling the secret that was offered", "endpoint", r.Name, "error", err)
		case secret.Value() != "":
			r.learned.Store(&secret)
		}
	}
}

// recallSecret returns the secret that an endpoint learned, the zero value when
// it learned none.
func (i *Inspector) recallSecret(catalog providers.Catalog, r *route) (signature.Secret, error) {
	ctx := context.Background()
	text, err := i.store.Recall(ctx, learnedKey(r.Name))
	if err != nil || text == "" {
		return signature.Secret{}, err
	}
	id, err := ulid.ParseStrict(text)
	if err != nil {
		return signature.Secret{}, fmt.Errorf("reading the id %q: %w", text, err)
	}
	if s, err := i.store.Summary(ctx, id); err != nil || s.Endpoint != r.Name || s.Provider != r.Provider {
		return signature.Secret{}, err // another endpoint had the name
	}
	return i.offeredBy(ctx, catalog, id)
}
