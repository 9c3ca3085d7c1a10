package providers

import (
	"testing"

	"shopbell/providers/signature"
)

func embedded(t testing.TB) Catalog {
	t.Helper()
	c, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryExampleIsJudgedAsItsProviderPromises(t *testing.T) {
	for _, p := range embedded(t).All() {
		for _, e := range p.Examples {
			v := p.Judge(e.Message, e.secrets(), e.At)
			want := signature.Verified
			if !p.Signs {
				want = signature.Unsigned
			}
			if v.Outcome != want || v.Provider != p.ID {
				t.Errorf("%s: outcome %s of %q, expected %s\n%v", e.File, v.Outcome, v.Provider, want, v.Steps)
			}
		}
	}
}

func (e Example) secrets() []signature.Secret {
	return []signature.Secret{signature.NewSecret("#1", e.Secret)}
}
