package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

// ErrNoEndpoint is what calls answer that name an endpoint which is not configured.
var ErrNoEndpoint = errors.New("no endpoint has that name")

func (e *Engine) vault() settings.Vault { return e.options.Vault }

// resolve turns settings into endpoints with their secrets at hand.
// problems are what a lenient engine lets pass.
func (e *Engine) resolve(s settings.Settings) (endpoints []inspector.Endpoint, problems []string, err error) {
	if !e.options.Lenient {
		if _, err := e.vault().ResolveAll(s); err != nil {
			return nil, nil, err // it knows file and line
		}
	}
	for _, ep := range s.Endpoints {
		secrets, err := e.secretsOf(ep)
		if err != nil {
			problems = append(problems, err.Error())
		}
		token, err := e.vault().ResolveToken(ep)
		if err != nil {
			problems = append(problems, fmt.Sprintf("endpoint %q: %v", ep.Name, err))
		}
		endpoints = append(endpoints, inspector.Endpoint{
			Name: ep.Name, Provider: ep.Provider, Path: ep.Path, Secrets: secrets, Forward: ep.Forward,
			Answer:            inspector.Answer(ep.Answer),
			ForwardUnverified: ep.Unverified == "forward",
			Tolerance:         ep.Tolerance,
			VerifyToken:       token,
			LearnSecret:       ep.LearnSecret,
			Concurrency:       ep.Concurrency,
			WhenStuck:         inspector.WhenStuck(ep.WhenStuck),
		})
	}
	return append(endpoints, e.samples.endpoints()...), problems, nil
}

// secretsOf reads what can be read and joins what can't into one error.
func (e *Engine) secretsOf(ep settings.Endpoint) ([]signature.Secret, error) {
	var secrets []signature.Secret
	var errs []error
	for _, ref := range ep.Secrets {
		secret, err := e.vault().Resolve(ref)
		if err != nil {
			errs = append(errs, fmt.Errorf("endpoint %q: %w", ep.Name, err))
			continue
		}
		secrets = append(secrets, secret)
	}
	return secrets, errors.Join(errs...)
}

// PutEndpoint adds an endpoint, or changes the one called name. secrets are
// values typed by the user, to be kept in the vault, or references; nil keeps
// the references that ep has. Its kept captures are judged again.
func (e *Engine) PutEndpoint(ctx context.Context, name string, ep settings.Endpoint, secrets []string) error {
	e.editing.Lock()
	defer e.editing.Unlock()
	if ep.Path == "" {
		ep.Path = settings.NewPath(ep.Provider)
	}
	// Before the keyring is touched: a name that is taken must not cost the
	// secret of the endpoint that has it.
	if err := settings.Check(withEndpoint(e.Settings(), name, ep), e.Catalog()); err != nil {
		return err
	}
	for i, value := range secrets {
		ref, err := e.refer(secretName(ep.Name, i), value)
		if err != nil {
			return err
		}
		ep.Secrets = append(ep.Secrets[:i:i], ref)
	}
	next := withEndpoint(e.Settings(), name, ep)
	if err := e.apply(next, func(f *settings.File) error { return f.PutEndpoint(name, ep) }); err != nil {
		return err
	}
	_, err := e.inspect.Rejudge(ctx, ep.Name)
	e.feed.Changed()
	return err
}

// withEndpoint returns s with ep in place of the endpoint called name, or added.
func withEndpoint(s settings.Settings, name string, ep settings.Endpoint) settings.Settings {
	s.Endpoints = slices.Clone(s.Endpoints)
	if i := indexOf(s.Endpoints, name); i >= 0 {
		s.Endpoints[i] = ep
	} else {
		s.Endpoints = append(s.Endpoints, ep)
	}
	return s
}

// refer returns the reference that was typed in place of a secret, or keeps the
// secret in the keyring and returns where. A machine without a keyring has the
// first way only.
func (e *Engine) refer(name, value string) (settings.Reference, error) {
	if settings.MeansReference(value) {
		return settings.ParseReference(value)
	}
	return e.vault().Put(name, value)
}

// secretName is the name of an endpoint's n-th secret in the keyring, which is
// never that of the ngrok token.
func secretName(endpoint string, n int) string {
	if n == 0 && endpoint != tokenName {
		return endpoint
	}
	return fmt.Sprintf("%s #%d", endpoint, n+1)
}

// RemoveEndpoint removes an endpoint; its captures and its keyring entries stay.
func (e *Engine) RemoveEndpoint(_ context.Context, name string) error {
	e.editing.Lock()
	defer e.editing.Unlock()
	next := e.Settings()
	i := indexOf(next.Endpoints, name)
	if i < 0 {
		return fmt.Errorf("remove endpoint %q: %w", name, ErrNoEndpoint)
	}
	next.Endpoints = slices.Delete(slices.Clone(next.Endpoints), i, i+1)
	return e.apply(next, func(f *settings.File) error { return f.RemoveEndpoint(name) })
}

// SetShop changes where deliveries go.
func (e *Engine) SetShop(_ context.Context, address string) error {
	e.editing.Lock()
	defer e.editing.Unlock()
	next := e.Settings()
	next.Shop.URL = address
	err := e.apply(next, func(f *settings.File) error { return f.Set("shop", "url", address) })
	if err == nil {
		e.checkShop()
	}
	return err
}

// EndpointURL returns the address to give to the provider, "" when unknown.
func (e *Engine) EndpointURL(name string) string {
	base := e.Tunnel().URL
	if base == "" {
		return ""
	}
	path := e.pathOf(name)
	if path == "" {
		return ""
	}
	return strings.TrimSuffix(base, "/") + path
}

func (e *Engine) pathOf(name string) string {
	endpoints := e.Settings().Endpoints
	if i := indexOf(endpoints, name); i >= 0 {
		return endpoints[i].Path
	}
	for _, ep := range e.samples.endpoints() {
		if ep.Name == name {
			return ep.Path
		}
	}
	return ""
}

func indexOf(endpoints []settings.Endpoint, name string) int {
	return slices.IndexFunc(endpoints, func(ep settings.Endpoint) bool { return ep.Name == name })
}
