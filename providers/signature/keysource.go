package signature

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// KeySource is where the public keys of a scheme come from. Keys that are
// configured as the endpoint's secret go first, and then nothing is fetched;
// next the published ones; last those that are fetched.
type KeySource struct {
	// Published are keys that the provider prints in its documentation. With
	// Fetch "x509" they are root certificates instead: a fetched certificate
	// must lead to one of them.
	Published []string
	// Fetch says what stands at the address: "jwks", "x509" (certificates in
	// PEM), "pem", or "json:PATH" (a key in a JSON answer). Empty: nothing is fetched.
	Fetch string
	// URL is the address, with parts of the message in its path or query. The
	// host must be written out.
	URL Template
	// At is the part of the message that names the address instead; Hosts are
	// those that it may name, with "*" for one label and "<region>" for a
	// region of Amazon's.
	At    Part
	Hosts []string
	// Name is the DNS name that a fetched certificate must be made out to.
	Name string
	// Chain asks that a fetched certificate leads to a root of this system.
	Chain bool
	// ID is the part that names the key of a set. Tokens have their own "kid".
	ID Part

	// fetcher is nil until WithKeys was called.
	fetcher KeyFetcher
}

// isZero tells whether s has nothing but configured keys.
func (s KeySource) isZero() bool { return len(s.Published) == 0 && s.Fetch == "" }

// unset tells whether s has no keys of its own: only those that are configured.
func (s KeySource) unset() bool {
	return (len(s.Published) == 0 || s.Fetch == "x509") && len(s.URL) == 0 && s.At.IsZero()
}

// Check tells what is wrong with s, nil if nothing is.
func (s KeySource) Check() error {
	for _, text := range s.Published {
		if _, err := parsePublicKeys(text); err != nil {
			return fmt.Errorf("check published key: %w", err)
		}
	}
	switch path, inJSON := strings.CutPrefix(s.Fetch, "json:"); {
	case s.Fetch != "" && s.Fetch != "jwks" && s.Fetch != "x509" && s.Fetch != "pem" && (!inJSON || path == ""):
		return fmt.Errorf("check key: fetch %q, expected jwks, x509, pem or json:PATH", s.Fetch)
	case s.Fetch == "" && (len(s.URL) > 0 || !s.At.IsZero()):
		return errors.New("check key: an address without fetch, expected what stands there")
	case len(s.URL) > 0 && !s.At.IsZero():
		return errors.New("check key: url and at, expected one of them")
	case s.At.IsZero() != (len(s.Hosts) == 0):
		return errors.New("check key: expected hosts exactly when the message names the address")
	case (s.Name != "" || s.Chain) && s.Fetch != "x509":
		return errors.New("check key: name or chain, expected with fetch x509 only")
	}
	for _, host := range s.Hosts {
		if !pinned(host) {
			return fmt.Errorf("check key: host %q, expected a name whose last two labels are written out", host)
		}
	}
	return s.checkURL()
}

// checkURL wants the host to be written out, so that nothing of a message can
// change it.
func (s KeySource) checkURL() error {
	if len(s.URL) == 0 {
		return nil
	}
	host, _, path := strings.Cut(strings.TrimPrefix(s.URL[0].Name, "https://"), "/")
	if s.URL[0].Kind != PartLiteral || !path || checkAddress("https://"+host+"/") != nil || !strings.HasPrefix(s.URL[0].Name, "https://") {
		return fmt.Errorf("check key: url %q, expected https, a host and a slash before the first part", s.URL)
	}
	return nil
}

// address returns where the key of a message is fetched, and the host for
// people; "" when only the configured secret may name one.
func (s KeySource) address(value func(Part) Value) (string, error) {
	if !s.At.IsZero() {
		v := value(s.At)
		if v.Times != 1 {
			return "", errors.New(s.At.inWords() + " is not there once, it names the address of the key")
		}
		return v.Text, s.checkPin(v.Text)
	}
	var b strings.Builder
	for _, p := range s.URL {
		if p.Kind == PartLiteral {
			b.WriteString(p.Name)
			continue
		}
		v := value(p)
		if v.Times != 1 || v.Text == "" || len(v.Text) > 256 || strings.Trim(v.Text, ".") == "" {
			return "", errors.New(p.inWords() + " cannot name a key")
		}
		b.WriteString(strictEscape(v.Text))
	}
	return b.String(), nil
}

// checkPin tells whether an address that a message names is one of the hosts.
func (s KeySource) checkPin(address string) error {
	if err := checkAddress(address); err != nil {
		return err
	}
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	for _, pattern := range s.Hosts {
		if hostMatches(pattern, u.Hostname()) {
			return nil
		}
	}
	return errors.New("the address of the key is not one of this provider's hosts")
}

// keyHost names the host of an address for a person.
func keyHost(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "an address that cannot be read"
	}
	return u.Hostname()
}
