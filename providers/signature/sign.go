package signature

import (
	"errors"
	"fmt"
	"time"
)

// ErrUnsigned is returned by Sign for a provider that documents no signature.
var ErrUnsigned = errors.New("sign: this provider documents no signature")

// Sign implements Scheme. Only a signature in a header can be made; parts of
// the message that it covers must be there already.
func (s Shared) Sign(m Message, secret Secret, now time.Time) (Message, error) {
	if s.At.Kind != PartHeader {
		return m, fmt.Errorf("sign: the signature stands in %s, expected a header", s.At.inWords())
	}
	if secret.value == "" {
		return m, errors.New("sign: the secret is empty, expected the provider's signing secret")
	}
	k, err := s.Secret.key(secret.value)
	if err != nil {
		return m, fmt.Errorf("sign: %s cannot be decoded, expected %s", secret, s.Secret.inWords())
	}
	stamp := ""
	if at := s.Timestamp.At; !at.IsZero() {
		stamp = s.Timestamp.Format.format(now)
		if at.Kind == PartHeader {
			m.Header = m.Header.With(at.Name, stamp)
		} else if at.Kind != PartKey {
			stamp = ReadFields(m).Get(at).Text
		}
	}
	c := check{Shared: s, m: m, fields: ReadFields(m), stamp: stamp, keys: []key{{secret.Label, secret.value, k}}}
	c.hide()
	if s.JSONObject && !c.fields.Object() {
		return m, errors.New("sign: the body is not one JSON object, as this scheme needs")
	}
	var lines []string
	pieces, missing := c.fill(s.Templates[0], &lines)
	if missing != nil {
		return m, errors.New("sign: " + missing.evidence)
	}
	value := s.Prefix + s.Encoding.encode(s.Algorithm.sum(s.Keyed, k, pieces))
	m.Header = m.Header.With(s.At.Name, s.wrap(value, stamp))
	m.Head = nil
	return m, nil
}

// wrap puts a signature into the list, if the scheme has one.
func (s Shared) wrap(value, stamp string) string {
	if s.List.isZero() {
		return value
	}
	out := s.List.first() + s.List.Equals + value
	if s.Timestamp.At.Kind == PartKey {
		out = s.Timestamp.At.Name + s.List.Equals + stamp + s.List.Pairs + out
	}
	return out
}
