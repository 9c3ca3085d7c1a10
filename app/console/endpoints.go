package console

import (
	"net/url"

	"shopbell/app/settings"
	"shopbell/inspector"
)

// inspectorFor makes an inspector that only replays: its endpoints have no
// queue, so that opening the store for one replay does not send what waits.
// Secrets are read only for the endpoint called signer, "" for none.
func (s *session) inspectorFor(store inspector.Store, signer string) (*inspector.Inspector, error) {
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
	endpoints, err := s.endpoints(chosen, signer)
	if err != nil {
		return nil, err
	}
	return inspector.New(inspector.Options{
		Store: store, Catalog: catalog, Shop: shop, Endpoints: endpoints, Now: s.now, Log: s.log(),
		Limits: inspector.Limits{Body: chosen.Limits.Body, Shop: chosen.Limits.Wait},
	})
}

func (s *session) endpoints(chosen settings.Settings, signer string) ([]inspector.Endpoint, error) {
	var endpoints []inspector.Endpoint
	for _, e := range chosen.Endpoints {
		made := inspector.Endpoint{
			Name: e.Name, Provider: e.Provider, Path: e.Path, Forward: e.Forward,
			Answer: inspector.AnswerShop, Tolerance: e.Tolerance,
		}
		if e.Name == signer {
			var err error
			if made.Secrets, err = s.vault().ResolveEndpoint(chosen, signer); err != nil {
				return nil, err
			}
		}
		endpoints = append(endpoints, made)
	}
	return endpoints, nil
}
