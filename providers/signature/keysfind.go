package signature

import (
	"crypto/x509"
	"errors"
	"strings"
	"time"
)

// keyQuery is what one check needs to find its keys.
type keyQuery struct {
	secrets []Secret
	// text is the key in a secret's value; nil takes the value as it is.
	text  func(value string) (string, error)
	id    string           // the key's name in its set, if the message tells
	value func(Part) Value // reads a part of the message
	now   time.Time
}

// knownKey is a public key with where it came from.
type knownKey struct {
	label string // of the secret, or where the key came from
	key   any
}

// keysFound is the result of a search. Outcome is empty when there are keys;
// else says tells why there are none.
type keysFound struct {
	keys    []knownKey
	outcome Outcome
	says    string
	// from is said in a step: how the keys came here.
	from string
	// unreadable is the label of a secret that holds no key.
	unreadable string
}

// find looks for keys: configured, published, fetched.
func (s KeySource) find(q keyQuery) keysFound {
	found := s.configured(q)
	if len(found.keys) > 0 || found.outcome != "" {
		return found
	}
	if found.unreadable != "" {
		found.outcome, found.says = Malformed, "secret "+found.unreadable+" cannot be read: expected a public key or certificate (PEM, base64 DER, JWK or JWKS)"
		return found
	}
	if s.Fetch != "x509" && len(s.Published) > 0 {
		return s.published(q)
	}
	if s.unset() {
		return keysFound{outcome: NoSecret, says: "none is configured for this endpoint"}
	}
	address, err := s.address(q.value)
	if err != nil {
		return keysFound{outcome: Malformed, says: err.Error()}
	}
	found = s.fetched(address, "fetched from "+keyHost(address), q)
	if found.outcome == NoSecret && s.fetcher != nil && s.chosenBySender() {
		// Else a sender could get around a check by naming a key that is not there.
		found.outcome = Malformed
	}
	return found
}

// chosenBySender tells whether a part of the message leads to the address.
func (s KeySource) chosenBySender() bool { return !s.At.IsZero() || len(s.URL.Parts()) > 0 }

// configured reads the endpoint's own keys. One that is an https address says
// where the keys stand: the user chose it, so that no pattern has to.
func (s KeySource) configured(q keyQuery) keysFound {
	var found keysFound
	for _, secret := range q.secrets {
		text := secret.value
		if q.text != nil {
			var err error
			if text, err = q.text(text); err != nil {
				found.unreadable = secret.Label
				continue
			}
		}
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if s.Fetch != "" && strings.HasPrefix(text, "https://") {
			more := s.fetched(text, secret.Label, q)
			if more.outcome != "" && len(found.keys) == 0 {
				found.outcome, found.says = more.outcome, more.says
			}
			found.add(more.keys)
			continue
		}
		keys, err := parsePublicKeys(text)
		if err != nil {
			found.unreadable = secret.Label
			continue
		}
		found.add(chosen(keys, q.id, secret.Label))
	}
	return found
}

// add takes keys in; with one at hand, an earlier failure has no weight.
func (f *keysFound) add(keys []knownKey) {
	if f.keys = append(f.keys, keys...); len(f.keys) > 0 {
		f.outcome, f.says = "", ""
	}
	f.keys = f.keys[:min(len(f.keys), maxPublicKeys)]
}

func (s KeySource) published(q keyQuery) keysFound {
	found := keysFound{from: "published by the provider"}
	for _, text := range s.Published {
		if keys, err := parsePublicKeys(text); err == nil {
			found.add(chosen(keys, q.id, "published by the provider"))
		}
	}
	return found
}

// fetched gets the keys at an address, a second time when the one asked for is
// not among those remembered: the provider may have changed its keys.
func (s KeySource) fetched(address, label string, q keyQuery) keysFound {
	host := keyHost(address)
	if s.fetcher == nil {
		return keysFound{outcome: NoSecret, says: "the key is fetched from " + host + ", and no network was allowed here: configure the key to check without one"}
	}
	keys, err := s.fetch(address, false, q.now)
	if err == nil && q.id != "" && !named(keys, q.id) {
		if again, err := s.fetch(address, true, q.now); err == nil {
			keys = again
		}
	}
	if err != nil {
		return keysFound{outcome: NoSecret, says: "the key could not be fetched from " + host + ": " + err.Error()}
	}
	return keysFound{keys: chosen(keys, q.id, label), from: "fetched from " + host}
}

func (s KeySource) fetch(address string, fresh bool, now time.Time) ([]publicKey, error) {
	body, err := s.fetcher(address, fresh)
	if err != nil {
		return nil, err
	}
	switch path, inJSON := strings.CutPrefix(s.Fetch, "json:"); {
	case s.Fetch == "x509":
		return s.certified(string(body), now)
	case inJSON:
		text, err := memberText(body, path)
		if err != nil {
			return nil, errors.New("the answer holds no key at " + path)
		}
		body = text
	}
	keys, err := parsePublicKeys(string(body))
	if err != nil {
		return nil, errors.New("the answer holds no public key that can be read")
	}
	return keys, nil
}

// certified reads a chain of certificates in PEM and checks the first one: its
// dates, its name, and that it leads to a root where one is given.
func (s KeySource) certified(text string, now time.Time) ([]publicKey, error) {
	blocks, err := pemBlocks(text[:min(len(text), maxFetched)])
	if err != nil || len(blocks) == 0 {
		return nil, errors.New("the answer holds no certificate that can be read")
	}
	var chain []*x509.Certificate
	for _, b := range blocks {
		c, err := x509.ParseCertificate(b.der)
		if err != nil {
			return nil, errors.New("the answer holds a certificate that cannot be read")
		}
		chain = append(chain, c)
	}
	leaf := chain[0]
	if now.Before(leaf.NotBefore) || now.After(leaf.NotAfter) {
		return nil, errors.New("the certificate is not valid at the time of the check")
	}
	if s.Name != "" && leaf.VerifyHostname(s.Name) != nil {
		return nil, errors.New("the certificate is not made out to " + s.Name)
	}
	if err := s.checkChain(chain, now); err != nil {
		return nil, err
	}
	if err := checkKey(leaf.PublicKey); err != nil {
		return nil, err
	}
	return []publicKey{{key: leaf.PublicKey}}, nil
}

// checkChain checks that the first certificate leads to a published root, or
// to one of the system's.
func (s KeySource) checkChain(chain []*x509.Certificate, now time.Time) error {
	options := x509.VerifyOptions{CurrentTime: now, Intermediates: x509.NewCertPool(), KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}}
	for _, c := range chain[1:] {
		options.Intermediates.AddCert(c)
	}
	switch {
	case len(s.Published) > 0:
		options.Roots = x509.NewCertPool()
		for _, root := range s.Published {
			options.Roots.AppendCertsFromPEM([]byte(root))
		}
	case !s.Chain:
		return nil
	}
	if _, err := chain[0].Verify(options); err != nil {
		return errors.New("the certificate does not lead to a root that is trusted for it")
	}
	return nil
}

func named(keys []publicKey, id string) bool {
	for _, k := range keys {
		if k.id == id {
			return true
		}
	}
	return false
}

// chosen takes the keys of that name; all of them when none bears it, because
// keys are pasted with and without their names.
func chosen(keys []publicKey, id, label string) []knownKey {
	only := named(keys, id)
	var out []knownKey
	for _, k := range keys {
		if !only || k.id == id {
			out = append(out, knownKey{label, k.key})
		}
	}
	return out
}

// WithKeys returns a copy of s whose keys may be fetched with f. A scheme that
// fetches nothing is returned as it is.
func WithKeys(s Scheme, f KeyFetcher) Scheme {
	if fetching, ok := s.(interface{ WithKeys(KeyFetcher) Scheme }); ok {
		return fetching.WithKeys(f)
	}
	return s
}
