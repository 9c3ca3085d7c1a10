package providers

import (
	"errors"
	"testing"
	"time"

	"shopbell/providers/signature"
)

// Every sample of every provider is signed with the provider's own scheme and
// then verifies: what a shop gets from Shopbell is what the provider sends.
func TestEverySampleCanBeSignedAndVerifies(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	for _, p := range embedded(t).All() {
		signs, verifies, err := p.SampleKeys()
		if err != nil {
			t.Fatal(err)
		}
		for _, event := range p.SampleEvents() {
			m, err := p.Simulate(Simulation{Event: event, URL: "https://shop.example/hooks/" + p.ID, Secret: signs, Fresh: true, Now: now})
			if err != nil {
				t.Errorf("%s %q: %v", p.ID, event, err)
				continue
			}
			want := signature.Verified
			if !p.Signs {
				want = signature.Unsigned
			}
			if v := p.Judge(m, []signature.Secret{verifies}, now); v.Outcome != want {
				t.Errorf("%s %q: outcome %s, expected %s\n%v", p.ID, event, v.Outcome, want, v.Steps)
			}
		}
	}
}

func TestAnEventWithoutASampleIsAnError(t *testing.T) {
	p := provider(t, "tweed")
	if _, err := p.Simulate(Simulation{Event: "nothing.happened", URL: "https://shop.example/"}); !errors.Is(err, ErrNoSample) {
		t.Errorf("error %v, expected ErrNoSample", err)
	}
}
