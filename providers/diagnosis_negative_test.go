package providers

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"shopbell/providers/signature"
)

// tamper is what nobody does by accident: no cause may be named for it.
type tamper struct {
	how string
	do  func(*scene, *rand.Rand) bool
}

func tampering() []tamper {
	return []tamper{
		{"a flipped bit", func(s *scene, r *rand.Rand) bool {
			body := bytes.Clone(s.m.Body)
			if len(body) == 0 {
				return false
			}
			// A letter is flipped into another one: white space is an accident.
			i := r.IntN(len(body))
			if body[i] < 'a' || body[i] > 'z' {
				i = bytes.IndexFunc(body, func(c rune) bool { return c >= 'a' && c <= 'z' })
			}
			if i < 0 {
				return false
			}
			body[i] = 'a' + (body[i]-'a'+1+byte(r.IntN(24)))%26
			return s.received(body)
		}},
		{"a forged body", func(s *scene, _ *rand.Rand) bool { return s.received([]byte(`{"id":"evil","date":"now","paid":true}`)) }},
		{"an empty body", func(s *scene, _ *rand.Rand) bool { return s.received(nil) }},
		{"half of a body", func(s *scene, _ *rand.Rand) bool { return s.received(s.m.Body[:len(s.m.Body)/2]) }},
		{"a random secret", func(s *scene, r *rand.Rand) bool {
			s.own = fmt.Sprintf("%016x%016x", r.Uint64(), r.Uint64())
			return true
		}},
		{"another digit in the signature", func(s *scene, _ *rand.Rand) bool {
			return s.rewrite(func(value string) string {
				return digests(value, func(raw []byte, hexed bool) string { return "0" })
			})
		}},
		{"no signature", func(s *scene, _ *rand.Rand) bool {
			names := s.places()
			for _, name := range names {
				s.m.Header = s.m.Header.Without(name)
			}
			s.m.Head = nil
			return len(names) > 0
		}},
	}
}

// Each provider's genuine delivery is tampered with, beside endpoints that hold
// other secrets and the schemes of all other providers.
func TestTamperingIsNeverExplained(t *testing.T) {
	all := withSynthetic(t)
	judged, named := 0, 0
	corpus := shuffled(corpusProviders(all), "tampering")
	for _, p := range corpus[:min(len(corpus), sampleOf(20))] {
		for i, one := range tampering() {
			r := rand.New(rand.NewPCG(17, uint64(i)))
			s := newScene(p, p.Examples[0])
			s.dropCopies()
			if !one.do(&s, r) || s.verdict().Outcome == signature.Verified {
				continue
			}
			s.beside(corpus, r)
			judged++
			if d := s.diagnose(t, all); d == nil || d.Cause != signature.Unexplained && !otherVersion(s, all, d) {
				named++
				t.Errorf("%s: %s is taken for %+v", p.ID, one.how, d)
			}
		}
	}
	t.Logf("%d tampered deliveries, %d falsely explained", judged, named)
	if judged < 100 {
		t.Errorf("only %d deliveries were tampered with", judged)
	}
}

// beside sets up other endpoints, with secrets that sign nothing here.
func (s *scene) beside(corpus []Provider, r *rand.Rand) {
	for i := range 8 {
		s.others = append(s.others, signature.Keyring{Endpoint: fmt.Sprint("other ", i), Provider: corpus[r.IntN(len(corpus))].ID,
			Secrets: []signature.Secret{signature.NewSecret("#1", fmt.Sprintf("%016x", r.Uint64()))}})
	}
}

// dropCopies takes away copies and older versions of the signature under other
// names, which would hold whatever happens to it.
func (s *scene) dropCopies() {
	for _, name := range s.places() {
		value := s.m.Header.Get(name)
		s.m.Header = slices.DeleteFunc(slices.Clone(s.m.Header), func(f signature.Field) bool {
			other := !strings.EqualFold(f.Name, name)
			return other && (f.Value == value || strings.Contains(strings.ToLower(f.Name), "signature") && !strings.HasPrefix(s.p.ID, syntheticPrefix))
		})
	}
}

// otherVersion tells whether the delivery bears a genuine signature of another
// version beside the one that was tampered with: naming that is right.
func otherVersion(s scene, all Catalog, d *signature.Diagnosis) bool {
	if d.Cause != signature.SchemeVersion || d.Fix == nil {
		return false
	}
	p, _ := all.Get(d.Fix.Provider)
	return p.Scheme != nil && p.Judge(s.m, s.secrets(), s.at).Outcome == signature.Verified
}

// Two accidents at once are both named.
func TestTwoAccidentsAreBothNamed(t *testing.T) {
	all := withSynthetic(t)
	applied := 0
	for _, p := range corpusProviders(all) {
		s := newScene(p, p.Examples[0])
		if _, shared := p.Scheme.(signature.Shared); !shared || !slices.ContainsFunc(bodyAccidents()[:1], func(a accident) bool { return a.spoil(&s, all) }) {
			continue
		}
		s.others = []signature.Keyring{{Endpoint: "shop live", Provider: p.ID, Secrets: []signature.Secret{signature.NewSecret("#1", s.secret)}}}
		s.own = another(s.secret)
		if s.own == s.secret || s.verdict().Outcome == signature.Verified {
			continue
		}
		d := s.diagnose(t, all)
		if d != nil && d.Cause == signature.SecretOfOtherEndpoint && d.Also == "" {
			continue // the body is not covered
		}
		applied++
		if d == nil || d.Cause != signature.SecretOfOtherEndpoint || d.Also != signature.BodyReencoded || d.Endpoint != "shop live" {
			t.Errorf("%s: %+v, expected another endpoint's secret and a body encoded anew", p.ID, d)
		}
	}
	if applied < 20 {
		t.Errorf("two accidents happened to %d providers, expected 20 at least", applied)
	}
}
