package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/oklog/ulid/v2"

	"shopbell/app/settings"
)

// UseOfferedSecret gives the endpoint of a capture the secret that the capture
// brings, kept in the keyring, and judges its captures again. Secrets that the
// endpoint has already stay behind it: a provider may offer one for each
// webhook. It returns the endpoint's name. The error wraps
// inspector.ErrNoOffer, inspector.ErrNotFound or ErrNoEndpoint where that is the
// reason; after an error neither settings nor secrets have changed.
func (e *Engine) UseOfferedSecret(ctx context.Context, id ulid.ULID) (endpoint string, err error) {
	secret, err := e.inspect.OfferedSecret(ctx, id)
	if err != nil {
		return "", err
	}
	s, err := e.store.Summary(ctx, id)
	if err != nil {
		return "", fmt.Errorf("read capture %q: %w", id, err)
	}
	e.editing.Lock()
	defer e.editing.Unlock()
	now := e.Settings()
	i := indexOf(now.Endpoints, s.Endpoint)
	if i < 0 {
		return s.Endpoint, fmt.Errorf("use the offered secret at endpoint %q: %w", s.Endpoint, ErrNoEndpoint)
	}
	ep := now.Endpoints[i]
	if known, err := e.holds(ep, secret.Value()); known || err != nil {
		return ep.Name, err
	}
	name := freeSecretName(now, ep.Name)
	undo, err := e.keep(name, secret.Value())
	if err != nil {
		return ep.Name, err
	}
	ep.Secrets = slices.Concat([]settings.Reference{settings.Reference("keyring:" + name)}, ep.Secrets)
	next := withEndpoint(now, ep.Name, ep)
	if err := e.apply(next, func(f *settings.File) error { return f.PutEndpoint(ep.Name, ep) }); err != nil {
		return ep.Name, errors.Join(err, undo())
	}
	_, err = e.rejudge(ctx, ep.Name)
	return ep.Name, err
}

// holds tells whether an endpoint has that secret already.
func (e *Engine) holds(ep settings.Endpoint, value string) (bool, error) {
	secrets, err := e.secretsOf(ep)
	for _, own := range secrets {
		if own.Value() == value {
			return true, nil
		}
	}
	if e.options.Lenient {
		err = nil // what can't be read is among the problems already
	}
	return false, err
}

// freeSecretName is a name in the keyring for a further secret of an endpoint,
// one that no reference of s has.
func freeSecretName(s settings.Settings, endpoint string) string {
	for n := 0; ; n++ {
		name := secretName(endpoint, n)
		taken := func(ep settings.Endpoint) bool {
			return slices.Contains(ep.Secrets, settings.Reference("keyring:"+name))
		}
		if name != tokenName && !slices.ContainsFunc(s.Endpoints, taken) {
			return name
		}
	}
}
