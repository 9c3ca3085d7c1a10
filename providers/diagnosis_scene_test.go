package providers

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"shopbell/providers/signature"
)

// scene is a delivery, and all that an endpoint knows when it judges it.
type scene struct {
	p      Provider
	m      signature.Message
	secret string // verifies m
	signer string // signs for it; empty when nothing at hand can
	own    string // what the endpoint has configured
	others []signature.Keyring
	urls   []string
	at     time.Time
}

// accident spoils a genuine delivery, or the endpoint that takes it, in one
// way. It returns false where that can't happen to the provider.
type accident struct {
	cause signature.Cause
	// same are causes that describe the accident as truly: which of them is
	// named depends on the provider.
	same  []signature.Cause
	spoil func(s *scene, all Catalog) bool
}

// newScene is the genuine example, freshly signed with a plain body if possible.
func newScene(p Provider, e Example) scene {
	s := scene{p: p, m: e.Message, secret: e.Secret, own: e.Secret, at: e.At}
	if strings.Contains(e.Secret, "BEGIN") || p.SchemeKind == "public-key" {
		s.signer = privateKey(e.Secret)
		return s
	}
	if _, err := p.Scheme.Sign(e.Message, signature.NewSecret("#1", e.Secret), e.At); err == nil {
		s.signer = e.Secret
	}
	return s
}

// sign signs m anew with the scheme given, false where that can't be done.
func (s *scene) sign(scheme signature.Scheme, m signature.Message) bool {
	if s.signer == "" {
		return false
	}
	signed, err := scheme.Sign(m, signature.NewSecret("#1", s.signer), s.at)
	if err != nil {
		return false
	}
	s.m = signed
	return true
}

// withBody signs another body.
func (s *scene) withBody(body string) bool {
	m := s.m
	m.Body, m.Head = []byte(body), nil
	return s.sign(s.p.Scheme, m)
}

// received puts another body in the place of the signed one.
func (s *scene) received(body []byte) bool {
	if bytes.Equal(body, s.m.Body) {
		return false
	}
	s.m.Body, s.m.Head = body, nil
	return true
}

func (s *scene) secrets() []signature.Secret {
	if s.own == "" {
		return nil
	}
	return []signature.Secret{signature.NewSecret("#1", s.own)}
}

func (s *scene) verdict() signature.Verdict { return s.p.Judge(s.m, s.secrets(), s.at) }

// diagnose explains the scene with time enough for all looks.
func (s *scene) diagnose(t testing.TB, all Catalog) *signature.Diagnosis {
	return all.Diagnose(t.Context(), s.p, signature.Inquiry{
		Message: s.m, Own: s.secrets(), Others: s.others, URLs: s.urls, Now: s.at, Endpoint: "shop", Within: time.Minute,
	})
}

// places are the headers in which a signature of p may stand.
func (s *scene) places() (names []string) {
	for _, at := range signature.FactsOf(s.p.Scheme).At {
		if at.Kind == signature.PartHeader && s.m.Header.Has(at.Name) {
			names = append(names, at.Name)
		}
	}
	return names
}

// rewrite changes the value of the header that holds the signature, where that
// is the signature itself and no wrapping of it.
func (s *scene) rewrite(to func(value string) string) bool {
	if slices.ContainsFunc(signature.FactsOf(s.p.Scheme).At, func(p signature.Part) bool { return len(p.Filters) > 0 }) {
		return false
	}
	for _, name := range s.places() {
		value := s.m.Header.Get(name)
		if changed := to(value); changed != value {
			s.m.Header, s.m.Head = s.m.Header.With(name, changed), nil
			return true
		}
	}
	return false
}

var (
	hexDigest    = regexp.MustCompile(`[0-9a-fA-F]{32,128}`)
	base64Digest = regexp.MustCompile(`[A-Za-z0-9+/]{20,1000}={0,2}$`)
)

// digests replaces what looks like a digest in value.
func digests(value string, to func(raw []byte, hexed bool) string) string {
	if strings.ContainsAny(value, "-_") {
		return value // base64url
	}
	if found := hexDigest.FindString(value); found != "" {
		raw, err := hex.DecodeString(found)
		if err != nil {
			return value
		}
		return strings.Replace(value, found, to(raw, true), 1)
	}
	if found := base64Digest.FindString(value); found != "" {
		raw, err := base64.StdEncoding.DecodeString(found)
		if err != nil || len(raw) < 16 {
			return value
		}
		return strings.Replace(value, found, to(raw, false), 1)
	}
	return value
}

// another is a secret of the same form with other letters.
func another(secret string) string {
	swap := strings.NewReplacer("0", "1", "1", "0", "a", "b", "b", "a", "e", "f", "f", "e", "A", "B", "B", "A", "m", "n", "n", "m", "s", "t", "t", "s", "ą", "ę")
	prefix := ""
	if strings.HasPrefix(secret, "whsec_") {
		prefix, secret = "whsec_", strings.TrimPrefix(secret, "whsec_")
	}
	return prefix + swap.Replace(secret)
}

// shared are the schemes with a shared secret that p is made of.
func (s *scene) shared() (signature.Shared, bool) {
	switch scheme := s.p.Scheme.(type) {
	case signature.Shared:
		return scheme, true
	case signature.Either:
		for _, one := range scheme.Schemes {
			if found, ok := one.(signature.Shared); ok && s.p.SchemeKind != "token" {
				return found, true
			}
		}
	}
	return signature.Shared{}, false
}
