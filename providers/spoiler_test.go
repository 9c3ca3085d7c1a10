package providers

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"shopbell/providers/signature"
)

// Every provider's samples are spoiled in every way that its scheme allows, and
// each is noticed with the outcome that was promised.
func TestEverySpoilingIsNoticedAsPromised(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	could := map[signature.Spoiling]int{}
	for _, p := range embedded(t).All() {
		signs, verifies, err := p.SampleKeys()
		if err != nil {
			t.Fatal(err)
		}
		m, err := p.Simulate(Simulation{URL: "https://shop.example/hooks/" + p.ID, Secret: signs, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		s := signature.Spoiler{Scheme: p.Scheme, Signs: signs, Verifies: verifies, Now: now}
		genuine := p.Judge(m, []signature.Secret{verifies}, now)
		for _, how := range signature.Spoilings() {
			bad, err := s.Spoil(m, how)
			if err != nil {
				if !errors.Is(err, signature.ErrCannotSpoil) {
					t.Errorf("%s: %v", p.ID, err)
				}
				if must(p, genuine, how) {
					t.Errorf("%s (%s, covers %v): %v", p.ID, p.SchemeKind, genuine.Covered, err)
				}
				continue
			}
			could[how]++
			if v := p.Judge(bad, []signature.Secret{verifies}, now); v.Outcome != how.Expected() {
				t.Errorf("%s: %s comes to %s, expected %s", p.ID, how, v.Outcome, how.Expected())
			}
			if how == signature.TamperedBody && (len(bad.Header) != len(m.Header) || bytes.Equal(bad.Body, m.Body)) {
				t.Errorf("%s: %s changed something else than the body", p.ID, how)
			}
			if how == signature.TamperedBody && signature.ValidJSON(m.Body) && !signature.ValidJSON(bad.Body) {
				t.Errorf("%s: the changed body is no JSON any more: %s", p.ID, bad.Body)
			}
		}
	}
	for _, how := range signature.Spoilings() {
		if could[how] < 90 { // a signed time is the rarest
			t.Errorf("%s spoils %d providers, expected those of the catalogue that it fits", how, could[how])
		}
	}
}

// must tells whether a provider that signs so can be spoiled in the way how.
func must(p Provider, genuine signature.Verdict, how signature.Spoiling) bool {
	switch how {
	case signature.TamperedBody:
		return genuine.Cover == signature.CoverBody
	case signature.StaleTimestamp:
		_, several := p.Scheme.(signature.Either) // the other one may have no time
		return p.Tolerance > 0 && !several
	case signature.RenamedHeader:
		return false
	}
	return p.Signs
}
