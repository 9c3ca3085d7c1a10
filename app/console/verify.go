package console

import (
	"context"
	"fmt"
	"time"

	"shopbell/app/settings"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// diagnoseWithin bounds the search for the reason of a failure. A person waits
// for it at the command line, so it may take longer than beside live traffic.
const diagnoseWithin = 5 * time.Second

type verifyCommand struct {
	Provider string   `help:"Who sent it; \"shopbell providers\" lists the known ones." placeholder:"ID"`
	Secret   []string `help:"Secret to check with, or env:NAME, file:PATH, keyring:NAME. May be repeated." placeholder:"S" sep:"none"`
	Endpoint string   `help:"Take provider and secrets from this endpoint of the settings, and look among the secrets of the others for the reason of a failure." placeholder:"NAME"`
	At       string   `help:"Judge as of this time: RFC 3339 or Unix seconds. Now when left out." placeholder:"TIME"`
	URL      string   `help:"The public URL that the sender called." placeholder:"URL"`
	JSON     bool     `help:"Print one JSON object."`
	File     string   `arg:"" help:"File of a raw HTTP request, or - for standard input."`
}

// Run prints the verdict on one request. Only "verified" is a yes.
func (c *verifyCommand) Run(s *session) error {
	judge, err := c.judge(s)
	if err != nil {
		return err
	}
	now, err := instant(c.At, s.now())
	if err != nil {
		return err
	}
	m, err := s.message(c.File, c.URL)
	if err != nil {
		return err
	}
	v := judge.provider.Judge(m, judge.secrets, now)
	ctx, cancel := context.WithTimeout(s.ctx, diagnoseWithin)
	defer cancel()
	v.Diagnosis = signature.Diagnose(ctx, judge.provider.Scheme, m, judge.secrets, judge.others, now)
	if err := c.print(s, v); err != nil {
		return err
	}
	if v.Outcome != signature.Verified {
		return errNo
	}
	return nil
}

func (c *verifyCommand) print(s *session, v signature.Verdict) error {
	if c.JSON {
		return s.out.object(verdictObject(v))
	}
	s.out.verdict(v)
	return s.out.err()
}

// judge is what a message is judged with.
type judge struct {
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
		if found.secrets, err = s.secretsOf(e); err != nil {
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
		secrets, err := s.secretsOf(e)
		if err != nil {
			s.err.line("shopbell: leaving out " + clean(oneLine(err)))
			continue
		}
		others = append(others, signature.Keyring{Endpoint: e.Name, Secrets: secrets})
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
	if near := nearest(name, names); near != "" {
		advice = fmt.Sprintf("did you mean %q?", near)
	}
	return settings.Endpoint{}, wrongUse(fmt.Sprintf("the settings have no endpoint %q", name), advice)
}
