package console

import (
	"fmt"
	"slices"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/providers"
)

// signer is an endpoint as far as --resign needs to know it.
type signer struct {
	name     string
	provider string // "" on a catch-all
	secrets  int
}

// signable makes sure, before anything is sent, that --resign can be done for
// all the captures. It asks whoever will sign: the Shopbell that runs, else the
// settings.
func (a *archive) signable(ids []ulid.ULID) error {
	catalog, err := a.s.catalog()
	if err != nil {
		return err
	}
	signers, err := a.signers(catalog)
	if err != nil {
		return err
	}
	for _, id := range ids {
		capture, err := a.show(id)
		if err != nil {
			return err
		}
		if why, advice := unsignable(catalog, signers, capture.Summary); why != "" {
			return wrongUse(fmt.Sprintf("--resign: capture %q cannot be signed: %s", id, why), advice)
		}
	}
	return nil
}

// freshable makes sure, before anything is sent, that each capture can get a new
// delivery id, and be signed with it.
func (a *archive) freshable(ids []ulid.ULID) error {
	catalog, err := a.s.catalog()
	if err != nil {
		return err
	}
	signers, err := a.signers(catalog)
	if err != nil {
		return err
	}
	const leave = "leave --fresh-id out"
	for _, id := range ids {
		capture, err := a.show(id)
		if err != nil {
			return err
		}
		p, known := catalog.Get(capture.Provider)
		if !known {
			return wrongUse(fmt.Sprintf("--fresh-id: capture %q: its provider is not known", id), leave)
		}
		if _, ok := p.FreshID(capture.Message); !ok {
			return wrongUse(fmt.Sprintf("--fresh-id: capture %q: %s has no delivery id in a place of its own", id, p.Name), leave)
		}
		if !p.Signs {
			continue
		}
		if why, _ := unsignable(catalog, signers, capture.Summary); why != "" {
			return wrongUse(fmt.Sprintf("--fresh-id: capture %q cannot be signed: %s", id, why), leave)
		}
	}
	return nil
}

func (a *archive) signers(catalog providers.Catalog) ([]signer, error) {
	var signers []signer
	if a.api != nil {
		status, err := a.api.Status(a.s.ctx)
		if err != nil {
			return nil, err
		}
		for _, e := range status.Endpoints {
			signers = append(signers, signer{e.Name, e.Provider, e.Secrets})
		}
		return signers, nil
	}
	chosen, err := a.s.settings(catalog)
	if err != nil {
		return nil, err
	}
	for _, e := range chosen.Endpoints {
		signers = append(signers, signer{e.Name, e.Provider, len(e.Secrets)})
	}
	return signers, nil
}

// unsignable says why a capture cannot be signed and what to do, "" when it can.
func unsignable(catalog providers.Catalog, signers []signer, c inspector.Summary) (why, advice string) {
	const leave = "leave --resign out"
	at := slices.IndexFunc(signers, func(s signer) bool { return s.name == c.Endpoint })
	id := c.Provider
	if at >= 0 && signers[at].provider != "" {
		id = signers[at].provider
	}
	p, known := catalog.Get(id)
	switch {
	case !known:
		return "its provider is not known", leave
	case !p.Signs:
		return p.Name + " documents no signature", leave
	case c.Endpoint == "":
		return "it came to no endpoint, so there is no secret for it", leave
	case at < 0:
		return fmt.Sprintf("its endpoint %q is not among the endpoints", c.Endpoint), "add the endpoint with its secret to the settings, or leave --resign out"
	case signers[at].secrets == 0:
		return fmt.Sprintf("its endpoint %q has no secret", c.Endpoint), "give the endpoint a secret in the settings, or leave --resign out"
	}
	return "", ""
}
