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
// all the captures.
func (a *archive) signable(ids []ulid.ULID) error {
	return a.eachWithSigners(ids, func(catalog providers.Catalog, signers []signer, c inspector.Capture) error {
		if why, advice := unsignable(catalog, signers, c.Summary); why != "" {
			return wrongUse(fmt.Sprintf("--resign: capture %q cannot be signed: %s", c.ID, why), advice)
		}
		return nil
	})
}

// freshable makes sure, before anything is sent, that each capture can get a new
// delivery id, and be signed with it.
func (a *archive) freshable(ids []ulid.ULID) error {
	return a.eachWithSigners(ids, func(catalog providers.Catalog, signers []signer, c inspector.Capture) error {
		why := ""
		p, known := catalog.Get(c.Provider)
		if !known {
			why = ": its provider is not known"
		} else if _, ok := p.FreshID(c.Message); !ok {
			why = ": " + p.Name + " has no delivery id in a place of its own"
		} else if cannot, _ := unsignable(catalog, signers, c.Summary); p.Signs && cannot != "" {
			why = " cannot be signed: " + cannot
		}
		if why == "" {
			return nil
		}
		return wrongUse(fmt.Sprintf("--fresh-id: capture %q%s", c.ID, why), "leave --fresh-id out")
	})
}

// eachWithSigners calls check for each capture until an error, with whoever will
// sign: the endpoints of the Shopbell that runs, else those of the settings.
func (a *archive) eachWithSigners(ids []ulid.ULID, check func(providers.Catalog, []signer, inspector.Capture) error) error {
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
		if err := check(catalog, signers, capture); err != nil {
			return err
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
