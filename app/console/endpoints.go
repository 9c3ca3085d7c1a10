package console

import (
	"net/url"

	"shopbell/app/settings"
	"shopbell/inspector"
)

// inspectorFor makes an inspector that only replays: its endpoints have no
// queue, so that opening the store for one replay does not send what waits.
// Secrets are read only to sign.
func (s *session) inspectorFor(store inspector.Store, secrets bool) (*inspector.Inspector, error) {
	catalog, err := s.catalog()
	if err != nil {
		return nil, err
	}
	chosen, err := s.settings(catalog)
	if err != nil {
		return nil, err
	}
	shop, err := url.Parse(chosen.Shop.URL)
	if err != nil {
		return nil, err
	}
	endpoints, err := s.endpoints(chosen, secrets)
	if err != nil {
		return nil, err
	}
	return inspector.New(inspector.Options{Store: store, Catalog: catalog, Shop: shop, Endpoints: endpoints, Now: s.now, Log: s.log()})
}

func (s *session) endpoints(chosen settings.Settings, withSecrets bool) ([]inspector.Endpoint, error) {
	var endpoints []inspector.Endpoint
	for _, e := range chosen.Endpoints {
		made := inspector.Endpoint{
			Name: e.Name, Provider: e.Provider, Path: e.Path, Forward: e.Forward,
			Answer: inspector.AnswerShop, Tolerance: e.Tolerance,
		}
		if withSecrets {
			var err error
			if made.Secrets, err = s.secretsOf(e); err != nil {
				return nil, err
			}
		}
		endpoints = append(endpoints, made)
	}
	return endpoints, nil
}
