package providers

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"shopbell/providers/signature"
)

// Simulation is a wish for a delivery as the provider would send it.
type Simulation struct {
	// Event is one of SampleEvents; "" is the first.
	Event string
	// Message is an edited Sample in place of that of Event; nil takes that.
	Message *signature.Message
	// URL is the public URL that it goes to.
	URL string
	// Secret signs it: a shared secret, or a private key where the provider
	// signs with one.
	Secret signature.Secret
	// Fresh gives it a new delivery id, so that it is no duplicate, where the
	// provider has one (see FreshID).
	Fresh bool
	// Spoil makes it wrong in a way that whoever checks it must notice; "" leaves
	// it genuine.
	Spoil signature.Spoiling
	// Verifies is the public key where Secret is a private one; only a spoiled
	// delivery needs it.
	Verifies signature.Secret
	// Now is the time that it is signed at.
	Now time.Time
}

// ErrNoSample is returned for an event that the catalogue has no sample of.
var ErrNoSample = errors.New("the catalogue has no sample of that event")

// SampleEvents lists the events that can be simulated: those of the examples,
// then those of the samples.
func (p Provider) SampleEvents() []string {
	var events []string
	for _, e := range p.Examples {
		if !slices.Contains(events, e.Event) {
			events = append(events, e.Event)
		}
	}
	for _, s := range p.Samples {
		if !slices.Contains(events, s.Event) {
			events = append(events, s.Event)
		}
	}
	return events
}

// Simulate makes a delivery of the provider, signed as of s.Now. One that
// signs nothing gives it unsigned. Errors tell what is missing; ErrNoSample is
// wrapped by that of an unknown event, signature.ErrCannotSpoil by that of a
// spoiling that the scheme does not allow.
func (p Provider) Simulate(s Simulation) (signature.Message, error) {
	m, err := p.Sample(s.Event)
	if s.Message != nil {
		m, err = *s.Message, nil
	}
	if err != nil {
		return m, err
	}
	if m, err = addressed(m, s.URL); err != nil {
		return m, err
	}
	if s.Fresh {
		m, _ = p.FreshID(m)
	}
	signed, err := p.Scheme.Sign(m, s.Secret, s.Now)
	if errors.Is(err, signature.ErrUnsigned) {
		signed, err = m, nil
	}
	if err != nil || s.Spoil == "" {
		return signed, err
	}
	return s.spoiler(p).Spoil(signed, s.Spoil)
}

func (s Simulation) spoiler(p Provider) signature.Spoiler {
	return signature.Spoiler{Scheme: p.Scheme, Signs: s.Secret, Verifies: s.Verifies, Now: s.Now}
}

// Spoilings lists the ways in which the simulated delivery could be spoiled.
func (p Provider) Spoilings(s Simulation) []signature.Spoiling {
	s.Spoil = ""
	m, err := p.Simulate(s)
	if err != nil {
		return nil
	}
	return s.spoiler(p).Possible(m)
}

// Sample is the example or sample of an event, "" the first, as it stands in
// the catalogue: what Simulation.Message is an edited copy of.
func (p Provider) Sample(event string) (signature.Message, error) {
	for _, e := range p.Examples {
		if event == "" || e.Event == event {
			return e.Message, nil
		}
	}
	for _, s := range p.Samples {
		if event == "" || s.Event == event {
			return s.Message()
		}
	}
	return signature.Message{}, fmt.Errorf("simulate %q of %s: %w", event, p.ID, ErrNoSample)
}

// SampleKeys returns a secret that signs samples and one that verifies them:
// both that of the provider's first example, or a throw-away pair where the
// provider signs with a private key. Both are empty where it signs nothing.
func (p Provider) SampleKeys() (signs, verifies signature.Secret, err error) {
	if !p.Signs {
		return signs, verifies, nil
	}
	pair, ok, err := signature.NewPair(p.Scheme)
	if !ok && len(p.Examples) > 0 {
		pair = signature.Pair{Private: p.Examples[0].Secret, Public: p.Examples[0].Secret}
	}
	return signature.NewSecret("sample", pair.Private), signature.NewSecret("sample", pair.Public), err
}

// addressed returns m as if it had been sent to address. A query that the
// example has stays: there are schemes that sign it.
func addressed(m signature.Message, address string) (signature.Message, error) {
	u, err := url.Parse(address)
	if err != nil {
		return m, fmt.Errorf("simulate for %q: %w", address, err)
	}
	if before, err := url.ParseRequestURI(m.Target); err == nil && u.RawQuery == "" {
		u.RawQuery = before.RawQuery
	}
	m.URL, m.Target, m.Head = u.String(), u.RequestURI(), nil
	m.Header = m.Header.With("Host", u.Host)
	return m, nil
}
