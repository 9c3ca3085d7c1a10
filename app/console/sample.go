package console

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// sample is the provider's example for event, or its first one, sent to
// address and signed as of now. A provider that does not sign needs no secret.
func sample(p providers.Provider, event, address string, secret signature.Secret, fresh bool, now time.Time) (signature.Message, error) {
	e, err := example(p, event)
	if err != nil {
		return signature.Message{}, err
	}
	m, err := addressed(e.Message, address)
	if err != nil {
		return signature.Message{}, err
	}
	if fresh {
		m = freshened(p, m)
	}
	signed, err := p.Scheme.Sign(m, secret, now)
	if errors.Is(err, signature.ErrUnsigned) {
		return m, nil
	}
	return signed, err
}

// example finds the example by its event.
func example(p providers.Provider, event string) (providers.Example, error) {
	var events []string
	for _, e := range p.Examples {
		if event == "" || e.Event == event {
			return e, nil
		}
		events = append(events, fmt.Sprintf("%q", e.Event))
	}
	return providers.Example{}, wrongUse(fmt.Sprintf("%s has no sample of event %q", p.ID, event), "there are: "+strings.Join(events, ", "))
}

// addressed returns m as if it had been sent to address.
func addressed(m signature.Message, address string) (signature.Message, error) {
	u, err := url.Parse(address)
	if err != nil {
		return m, err
	}
	m.URL, m.Target, m.Head = address, u.RequestURI(), nil
	m.Header = m.Header.With("Host", u.Host)
	return m, nil
}

// freshened gives m a new delivery id, in the header or JSON string that held
// the old one. One that Shopbell put together itself stands nowhere and stays.
func freshened(p providers.Provider, m signature.Message) signature.Message {
	old := p.DeliveryID(m)
	if old.Text == "" || old.Derived {
		return m
	}
	id := newID()
	for _, f := range m.Header {
		if f.Value == old.Text {
			m.Header = m.Header.With(f.Name, id)
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
