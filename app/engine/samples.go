package engine

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// samples are the endpoints, and the demo shop behind them, that exist only so
// that someone can see a delivery before anything is set up.
type samples struct {
	mu   sync.Mutex
	shop *inspectortest.Shop
	made []inspector.Endpoint
	// signs holds what signs for each endpoint; its secret only verifies where
	// the provider signs with a private key.
	signs map[string]signature.Secret
}

// signer returns what signs samples for the endpoint of that name.
func (s *samples) signer(name string) (signature.Secret, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	secret, ok := s.signs[name]
	return secret, ok
}

func (s *samples) endpoints() []inspector.Endpoint {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.made)
}

func (s *samples) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shop == nil {
		return nil
	}
	return s.shop.Close()
}

// endpoint returns the sample endpoint of p, made on first use; added tells
// that it is new.
func (s *samples) endpoint(p providers.Provider) (ep inspector.Endpoint, added bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, made := range s.made {
		if made.Provider == p.ID {
			return made, false, nil
		}
	}
	if s.shop == nil {
		if s.shop, err = inspectortest.OpenShop(inspectortest.Options{}); err != nil {
			return ep, false, fmt.Errorf("start the demo shop: %w", err)
		}
	}
	signs, verifies, err := p.SampleKeys()
	if err != nil {
		return ep, false, err
	}
	ep = inspector.Endpoint{
		Name: p.Name + " sample", Provider: p.ID, Path: settings.NewPath(p.ID),
		Forward: s.shop.URL().JoinPath(p.ID).String(),
	}
	if p.Signs {
		ep.Secrets = []signature.Secret{verifies}
	}
	s.made = append(s.made, ep)
	if s.signs == nil {
		s.signs = map[string]signature.Secret{}
	}
	s.signs[ep.Name] = signs
	return ep, true, nil
}

// SendSample sends a signed sample of a provider through the local listener and
// returns the status that the sender saw. event chooses the example, the first
// one when empty. With no endpoint name the provider's first endpoint gets it;
// where there is none, a temporary one with a throw-away secret and a demo
// shop, so that it works before anything is set up.
func (e *Engine) SendSample(ctx context.Context, provider, event, endpoint string) (int, error) {
	_, status, err := e.sendOne(ctx, Simulation{Provider: provider, Event: event, Endpoint: endpoint})
	return status, err
}

// sampleSigner is what signs for an endpoint: its first secret, or the
// sample's own where it has none. That one arrives as "no secret".
func (e *Engine) sampleSigner(p providers.Provider, ep inspector.Endpoint) (signature.Secret, error) {
	if secret, ok := e.samples.signer(ep.Name); ok {
		return secret, nil
	}
	if len(ep.Secrets) > 0 {
		return ep.Secrets[0], nil
	}
	secret, _, err := p.SampleKeys()
	return secret, err
}

// sampleTarget finds or makes the endpoint that a sample goes to.
func (e *Engine) sampleTarget(p providers.Provider, name string) (inspector.Endpoint, error) {
	for _, ep := range e.Settings().Endpoints {
		if ep.Name == name || name == "" && ep.Provider == p.ID {
			secrets, err := e.secretsOf(ep)
			return inspector.Endpoint{Name: ep.Name, Path: ep.Path, Secrets: secrets, Tolerance: ep.Tolerance}, err
		}
	}
	for _, ep := range e.samples.endpoints() {
		if ep.Name == name {
			return ep, nil
		}
	}
	if name != "" {
		return inspector.Endpoint{}, fmt.Errorf("send a sample to %q: %w", name, ErrNoEndpoint)
	}
	ep, added, err := e.samples.endpoint(p)
	if err != nil || !added {
		return ep, err
	}
	e.editing.Lock()
	defer e.editing.Unlock()
	return ep, e.apply(e.Settings(), nil)
}
