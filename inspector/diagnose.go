package inspector

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// diagnosisTime bounds one diagnosis: a person waits for some.
const diagnosisTime = 300 * time.Millisecond

// Diagnose explains a capture's verdict, keeps the diagnosis and returns it;
// nil when there is nothing to explain. It takes about 300 ms at most.
func (i *Inspector) Diagnose(ctx context.Context, id ulid.ULID) (*signature.Diagnosis, error) {
	c, err := i.store.Get(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("reading capture %q: %w", id, err)
	}
	if c.Outcome == signature.Verified || c.Outcome == signature.Unsigned {
		return nil, nil // a handshake needs no signature, whatever its provider
	}
	provider, inquiry := i.inquiry(&c)
	if provider.ID == "" {
		return nil, nil // nobody's signature is expected
	}
	diagnosis, err := i.explainVerdict(ctx, provider, inquiry)
	if err != nil || diagnosis == nil {
		return nil, err
	}
	err = i.store.Change(ctx, id, func(c *Capture) { c.Verdict.Diagnosis = diagnosis })
	if err != nil {
		return diagnosis, fmt.Errorf("keeping the diagnosis of %q: %w", id, err)
	}
	return diagnosis, nil
}

// inquiry is what is asked about a capture: its provider, the secrets of its
// endpoint, those of all others, and where else it may have been sent to.
func (i *Inspector) inquiry(c *Capture) (providers.Provider, signature.Inquiry) {
	provider, _ := i.catalog().Get(c.Provider)
	q := signature.Inquiry{Endpoint: c.Endpoint, Message: c.Message, Now: c.Received, Within: diagnosisTime}
	for _, r := range i.setup.Load().routes {
		secrets := r.secrets()
		switch {
		case r.Name == c.Endpoint:
			q.Own, q.URLs = secrets, i.otherURLs(r, c.Message)
			provider = r.adjust(provider)
			if r.keys != nil && provider.Scheme != nil {
				provider.Scheme = signature.WithKeys(provider.Scheme, oneAddress(r.keys))
			}
		case len(secrets) > 0:
			q.Others = append(q.Others, signature.Keyring{Endpoint: r.Name, Secrets: secrets, Provider: r.Provider})
		}
	}
	return provider, q
}

// otherURLs are addresses that the provider may have had in place of the one
// that it called: that of the shop, the tunnel's as it is now, and the one that
// the Host header names.
func (i *Inspector) otherURLs(r *route, m signature.Message) []string {
	var urls []string
	if a, err := r.address(m.Target); err == nil {
		urls = append(urls, a.String())
	}
	if !strings.HasPrefix(m.Target, "/") {
		return urls
	}
	if base := i.public(); base != "" {
		urls = append(urls, strings.TrimSuffix(base, "/")+m.Target)
	}
	if host := m.Header.Get("Host"); host != "" {
		urls = append(urls, "https://"+host+m.Target, "http://"+host+m.Target)
	}
	return urls
}

// oneAddress lets a diagnosis ask for the keys of one address only, the one
// that the delivery itself named: the search changes the message in a hundred
// ways, and must not fetch what it made up.
func oneAddress(keys signature.KeyFetcher) signature.KeyFetcher {
	var first atomic.Pointer[string]
	return func(address string, fresh bool) ([]byte, error) {
		if first.CompareAndSwap(nil, &address) || *first.Load() == address {
			return keys(address, fresh)
		}
		return nil, errors.New("another address than the delivery's own")
	}
}

// explainVerdict runs the diagnosis in its time; a failure in it is an error,
// since what it reads came from outside.
func (i *Inspector) explainVerdict(ctx context.Context, p providers.Provider, q signature.Inquiry) (d *signature.Diagnosis, err error) {
	defer func() {
		if failure := recover(); failure != nil {
			d, err = nil, fmt.Errorf("diagnosing a delivery of %q: failed with %v", p.ID, failure)
		}
	}()
	return i.catalog().Diagnose(ctx, p, q), nil
}
