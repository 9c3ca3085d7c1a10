package inspector

import (
	"context"
	"fmt"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// diagnosisTime bounds one diagnosis.
const diagnosisTime = time.Second

// Diagnose explains a capture's verdict, keeps the diagnosis and returns it;
// nil when there is nothing to explain. It takes at most a second.
func (i *Inspector) Diagnose(ctx context.Context, id ulid.ULID) (*signature.Diagnosis, error) {
	c, err := i.store.Get(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("reading capture %q: %w", id, err)
	}
	if c.Outcome == signature.Verified {
		return nil, nil
	}
	provider, own, others := i.suspects(&c)
	if provider.ID == "" {
		return nil, nil // nobody's signature is expected
	}
	diagnosis, err := i.explainVerdict(ctx, provider, &c, own, others)
	if err != nil || diagnosis == nil {
		return nil, err
	}
	err = i.store.Change(ctx, id, func(c *Capture) { c.Verdict.Diagnosis = diagnosis })
	if err != nil {
		return diagnosis, fmt.Errorf("keeping the diagnosis of %q: %w", id, err)
	}
	return diagnosis, nil
}

// suspects returns who is asked about a capture: its provider, the secrets of
// its endpoint, and those of all others.
func (i *Inspector) suspects(c *Capture) (providers.Provider, []signature.Secret, []signature.Keyring) {
	provider, _ := i.catalog().Get(c.Provider)
	var own []signature.Secret
	var others []signature.Keyring
	for _, r := range i.setup.Load().routes {
		secrets := r.secrets()
		switch {
		case r.Name == c.Endpoint:
			own = secrets
			provider = r.adjust(provider)
		case len(secrets) > 0:
			others = append(others, signature.Keyring{Endpoint: r.Name, Secrets: secrets, Provider: r.Provider})
		}
	}
	return provider, own, others
}

// explainVerdict runs the diagnosis in its time; a failure in it is an error,
// since what it reads came from outside.
func (i *Inspector) explainVerdict(ctx context.Context, p providers.Provider, c *Capture, own []signature.Secret, others []signature.Keyring) (d *signature.Diagnosis, err error) {
	defer func() {
		if failure := recover(); failure != nil {
			d, err = nil, fmt.Errorf("diagnosing capture %q: failed with %v", c.ID, failure)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, diagnosisTime)
	defer cancel()
	return p.Diagnose(ctx, c.Message, own, others, c.Received), nil
}
