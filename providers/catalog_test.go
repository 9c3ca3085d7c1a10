package providers

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

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

func provider(t testing.TB, id string) Provider {
	t.Helper()
	p, ok := embedded(t).Get(id)
	if !ok {
		t.Fatalf("no provider %q in the catalogue", id)
	}
	return p
}

// example returns the example of p in a file whose name ends in name.http.
func example(t testing.TB, name string) (Provider, Example) {
	t.Helper()
	for _, p := range embedded(t).All() {
		for _, e := range p.Examples {
			if e.File == "examples/"+name+".http" {
				return p, e
			}
		}
	}
	t.Fatalf("no example %q in the catalogue", name)
	return Provider{}, Example{}
}

func (e Example) secrets() []signature.Secret {
	return []signature.Secret{signature.NewSecret("#1", e.Secret)}
}

func post(body string, fields ...string) signature.Message {
	m := signature.Message{Method: "POST", URL: "https://shop.example/hook", Target: "/hook", Body: []byte(body)}
	for i := 0; i+1 < len(fields); i += 2 {
		m.Header = append(m.Header, signature.Field{Name: fields[i], Value: fields[i+1]})
	}
	return m
}

func TestEveryProviderIsComplete(t *testing.T) {
	for _, p := range embedded(t).All() {
		if p.Scheme == nil || p.Advice == "" || p.Signs != (p.SecretWhere != "") || p.Signs != (p.SchemeKind != "unsigned") || len(p.Examples) == 0 {
			t.Errorf("%s: %+v", p.ID, p)
		}
	}
	for _, id := range []string{"everifin", "truust", "tweed", "twisto", "yshop"} {
		provider(t, id)
	}
	if _, ok := embedded(t).Get("nobody"); ok {
		t.Error("got a provider called nobody")
	}
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

func TestExamplesAreSignedAgainAndStillVerify(t *testing.T) {
	for _, p := range embedded(t).All() {
		for _, e := range p.Examples {
			m, err := p.Scheme.Sign(e.Message, e.secrets()[0], e.At)
			if !p.Signs {
				if err != signature.ErrUnsigned {
					t.Errorf("%s: error %v, expected ErrUnsigned", e.File, err)
				}
				continue
			}
			if err != nil {
				// Where the secret is a public key, the sample tests sign with a private one.
				if p.SchemeKind == "public-key" || p.SchemeKind[0] == 'j' || p.SchemeKind == "http-signature" {
					continue
				}
				t.Fatalf("%s: %v", e.File, err)
			}
			if p.SchemeKind == "public-key" {
				continue // 32 bytes in hex are taken for a private key
			}
			if v := p.Judge(m, e.secrets(), e.At); v.Outcome != signature.Verified {
				t.Errorf("%s: outcome %s after signing again", e.File, v.Outcome)
			}
		}
	}
}

func TestTheSecretOfAnExampleIsNeverInItsVerdict(t *testing.T) {
	for _, p := range embedded(t).All() {
		for _, e := range p.Examples {
			for _, secrets := range [][]signature.Secret{e.secrets(), {signature.NewSecret("#1", "other-"+e.Secret)}} {
				v := p.Judge(e.Message, secrets, e.At)
				v.Diagnosis = signature.Diagnose(t.Context(), p.Scheme, e.Message, secrets,
					[]signature.Keyring{{Endpoint: "other", Secrets: e.secrets()}}, e.At)
				out, err := json.Marshal(v)
				if err != nil {
					t.Fatal(err)
				}
				if e.Secret != "" && strings.Contains(string(out), e.Secret) {
					t.Errorf("%s: the secret stands in %s", e.File, out)
				}
			}
		}
	}
}

func TestCoverIsWhatTheProviderDocuments(t *testing.T) {
	for name, want := range map[string]string{
		"tweed-done": "body body", "yshop-paid": "fields json:id json:date",
		"everifin-refund": "body body", "truust-published": "", "twisto-check": "",
	} {
		p, e := example(t, name)
		v := p.Judge(e.Message, e.secrets(), e.At)
		if got := strings.TrimSpace(string(v.Cover) + " " + strings.Join(v.Covered, " ")); got != want {
			t.Errorf("%s covers %q, expected %q", name, got, want)
		}
	}
}

func TestASampleCanBeSignedInTheOtherDocumentedForm(t *testing.T) {
	p, e := example(t, "everifin-refund")
	for _, variant := range []string{"timestamp.body", "body.timestamp"} {
		m, err := p.Prefer(variant).Scheme.Sign(e.Message, e.secrets()[0], e.At)
		if err != nil {
			t.Fatal(err)
		}
		if v := p.Judge(m, e.secrets(), e.At); v.Variant != variant {
			t.Errorf("variant %q, expected %q", v.Variant, variant)
		}
	}
}

func TestADateOfFreeFormHasAnAgeWhenItCanBeRead(t *testing.T) {
	for name, want := range map[string]string{
		"yshop-paid":      "signed 1.0 s before the time it was judged at; any age is accepted",
		"yshop-free-date": "its age is not known",
	} {
		p, e := example(t, name)
		v := p.Judge(e.Message, e.secrets(), e.At)
		if v.Outcome != signature.Verified || !strings.Contains(v.Steps[1].Evidence, want) {
			t.Errorf("%s: %s with %+v, expected %q", name, v.Outcome, v.Steps, want)
		}
	}
}

func TestToleranceIsTheUsersToChange(t *testing.T) {
	p, e := example(t, "everifin-refund")
	late := e.At.Add(2 * p.Tolerance)
	if v := p.Judge(e.Message, e.secrets(), late); v.Outcome != signature.Stale {
		t.Errorf("outcome %s, expected stale", v.Outcome)
	}
	wide := p.WithTolerance(3 * p.Tolerance)
	if v := wide.Judge(e.Message, e.secrets(), late); v.Outcome != signature.Verified {
		t.Errorf("outcome %s with the wider tolerance, expected verified", v.Outcome)
	}
	if v := p.WithTolerance(0).Judge(e.Message, e.secrets(), late); v.Outcome != signature.Stale {
		t.Errorf("outcome %s, expected 0 to leave the provider's tolerance", v.Outcome)
	}
	if tweed := provider(t, "tweed").WithTolerance(1); tweed.Tolerance != 0 {
		t.Errorf("tweed got the tolerance %s, it has no timestamp", tweed.Tolerance)
	}
}

func TestTheRulesOfTheSeedProvidersAreRead(t *testing.T) {
	everifin := provider(t, "everifin")
	if everifin.LocalFault != 503 || everifin.Tolerance != 5*time.Minute || !everifin.OwnTolerance {
		t.Errorf("everifin: %d, %s, %v", everifin.LocalFault, everifin.Tolerance, everifin.OwnTolerance)
	}
	if truust := provider(t, "truust"); truust.AnswerWithin != 8*time.Second || truust.LocalFault != 0 {
		t.Errorf("truust: %s, %d", truust.AnswerWithin, truust.LocalFault)
	}
	if len(provider(t, "twisto").Personal) == 0 {
		t.Error("twisto has no personal keys")
	}
}

func BenchmarkTheCatalogueIsRead(b *testing.B) {
	for b.Loop() {
		if _, err := Embedded(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAProviderIsRecognised(b *testing.B) {
	c, err := Embedded()
	if err != nil {
		b.Fatal(err)
	}
	p, _ := c.Get("tweed")
	for b.Loop() {
		c.DetectAll(p.Examples[0].Message)
	}
}
