package console

import (
	"fmt"

	"shopbell/app/settings"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// judge is what a message is judged with.
type judge struct {
	catalog  providers.Catalog
	provider providers.Provider
	secrets  []signature.Secret
	// others are the secrets of other endpoints, for the diagnosis.
	others []signature.Keyring
}

// judge puts flags and endpoint together; a flag goes before the endpoint.
func (c *verifyCommand) judge(s *session) (judge, error) {
	if c.Provider == "" && c.Endpoint == "" {
		return judge{}, wrongUse("verify needs --provider or --endpoint", `"shopbell providers" lists the known providers`)
	}
	catalog, err := s.catalog()
	if err != nil {
		return judge{}, err
	}
	var found judge
	if c.Endpoint != "" {
		if found, err = s.judgeOf(catalog, c.Endpoint, len(c.Secret) == 0); err != nil {
			return judge{}, err
		}
	}
	if c.Provider != "" {
		if found.provider, err = provider(catalog, c.Provider); err != nil {
			return judge{}, err
		}
	}
	if found.provider.ID == "" {
		return judge{}, wrongUse(fmt.Sprintf("endpoint %q has no provider of its own", c.Endpoint), "name one with --provider")
	}
	found.catalog = catalog
	if len(c.Secret) > 0 {
		found.secrets, err = s.secrets(c.Secret)
	}
	return found, err
}

// judgeOf takes the judge of a configured endpoint. Secrets of other endpoints
// that cannot be read are left out with a word; they only help the diagnosis.
func (s *session) judgeOf(catalog providers.Catalog, name string, withSecrets bool) (judge, error) {
	chosen, err := s.settings(catalog)
	if err != nil {
		return judge{}, err
	}
	e, err := endpoint(chosen, name)
	if err != nil {
		return judge{}, err
	}
	var found judge
	if p, ok := catalog.Get(e.Provider); ok {
		found.provider = p
		if e.Tolerance != 0 {
			found.provider = p.WithTolerance(e.Tolerance)
		}
	}
	if withSecrets {
		if found.secrets, err = s.vault().ResolveEndpoint(chosen, name); err != nil {
			return judge{}, err
		}
	}
	found.others = s.others(chosen, name)
	return found, nil
}

func (s *session) others(chosen settings.Settings, name string) []signature.Keyring {
	var others []signature.Keyring
	for _, e := range chosen.Endpoints {
		if e.Name == name || len(e.Secrets) == 0 {
			continue
		}
		secrets, err := s.vault().ResolveEndpoint(chosen, e.Name)
		if err != nil {
			s.err.line("shopbell: leaving out " + clean(oneLine(err)))
			continue
		}
		others = append(others, signature.Keyring{Endpoint: e.Name, Provider: e.Provider, Secrets: secrets})
	}
	return others
}

// endpoint returns the configured endpoint with that name.
func endpoint(chosen settings.Settings, name string) (settings.Endpoint, error) {
	var names []string
	for _, e := range chosen.Endpoints {
		if e.Name == name {
			return e, nil
		}
		names = append(names, e.Name)
	}
	advice := "add it to the settings file, or name one that is there"
	if near := settings.Nearest(name, names); near != "" {
		advice = fmt.Sprintf("did you mean %q?", near)
	}
	return settings.Endpoint{}, wrongUse(fmt.Sprintf("the settings have no endpoint %q", name), advice)
}
