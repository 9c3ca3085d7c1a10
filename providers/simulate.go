package providers

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
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
	// URL is the public URL that it goes to.
	URL string
	// Secret signs it: a shared secret, or a private key where the provider
	// signs with one.
	Secret signature.Secret
	// Fresh gives it a new delivery id, so that it is no duplicate.
	Fresh bool
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
// wrapped by that of an unknown event.
func (p Provider) Simulate(s Simulation) (signature.Message, error) {
	m, err := p.unsigned(s.Event)
	if err != nil {
		return m, err
	}
	if m, err = addressed(m, s.URL); err != nil {
		return m, err
	}
	if s.Fresh {
		m = p.freshened(m)
	}
	signed, err := p.Scheme.Sign(m, s.Secret, s.Now)
	if errors.Is(err, signature.ErrUnsigned) {
		return m, nil
	}
	return signed, err
}

// unsigned is the example or sample of an event.
func (p Provider) unsigned(event string) (signature.Message, error) {
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

// freshened gives m a new delivery id, in the header or JSON string that held
// the old one. One that Shopbell put together itself stands nowhere and stays.
func (p Provider) freshened(m signature.Message) signature.Message {
	old := p.DeliveryID(m)
	if old.Text == "" || old.Derived {
		return m
	}
	id := newID()
	m.Header = slices.Clone(m.Header)
	for i, f := range m.Header {
		if f.Value == old.Text {
			m.Header[i].Value = id
		}
	}
	before, err := json.Marshal(old.Text)
	if err == nil {
		m.Body = bytes.ReplaceAll(m.Body, before, []byte(`"`+id+`"`))
	}
	return m
}

// newID is a random UUID, version 4 of RFC 9562.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the process instead
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
