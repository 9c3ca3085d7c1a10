package ui

import (
	"strings"
	"testing"
)

const publicPEM = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
-----END PUBLIC KEY-----
`

func TestFormSaysWhatKindOfSecretAProviderNeeds(t *testing.T) {
	d := openFixed(t)
	f := d.openEndpoint("")
	for id, want := range map[string]struct {
		label, says    string
		public, wanted bool
	}{
		"stripy":   {"Signing secret", "kept in the keyring", false, true},
		"anchor":   {"Token", "sends with each delivery", false, true},
		"keypay":   {"Public key", "several lines are fine", true, true},
		"shopcart": {"Signing secret", "app_key:secret", false, true},
		"nothing":  {"Signing secret", "documents no signature", false, false},
	} {
		f.provider.choose(id)
		text := textOf(f.secret.content)
		if f.secret.label.Text != want.label || !strings.Contains(text, want.says) || f.secret.kind.public != want.public || f.secret.wanted != want.wanted {
			t.Errorf("%s: %s, public %v, wanted %v: %s", id, f.secret.label.Text, f.secret.kind.public, f.secret.wanted, text)
		}
		if f.secret.wanted && f.secret.entry().Password == want.public {
			t.Errorf("%s: what is typed is hidden: %v", id, f.secret.entry().Password)
		}
	}
}

func TestEveryProviderOfTheCatalogueHasAFormThatFits(t *testing.T) {
	for _, p := range embedded(t).All() {
		k := secretKindOf(p)
		if p.Signs && (k.label == "" || k.hint == "" || k.placeholder == "") {
			t.Errorf("%s: %+v", p.ID, k)
		}
	}
}

func TestPastedPublicKeyKeepsItsLines(t *testing.T) {
	d := openFixed(t)
	f := d.openEndpoint("")
	f.provider.choose("keypay")
	f.secret.entry().SetText(publicPEM)
	f.submit()
	d.wait("the endpoint", func() bool { return d.saved != nil })
	refs := d.engine.Settings().Endpoints[0].Secrets
	if len(refs) != 1 || refs[0] != "keyring:Keypay" {
		t.Fatalf("the secrets are %v", refs)
	}
	if kept, err := d.keyring.Get("Keypay"); err != nil || kept != publicPEM {
		t.Errorf("kept is %q (%v)", kept, err)
	}
}

func TestVerifyTokenAndConsentAreSaved(t *testing.T) {
	d := openFixed(t)
	for id, want := range map[string][2]bool{"stripy": {}, "meterpost": {true, false}, "hookside": {false, true}} {
		f := d.openEndpoint("")
		f.provider.choose(id)
		text := textOf(f.sheet.body)
		if strings.Contains(text, "Verify token") != want[0] || strings.Contains(text, "Take the secret") != want[1] {
			t.Errorf("%s: the form asks for %s", id, text)
		}
		f.token.SetText(" crane-7 ")
		f.learn.SetChecked(true)
		d.saved = nil
		f.submit()
		d.wait("the endpoint", func() bool { return d.saved != nil })
		d.saved.sheet.close()
	}
	for _, ep := range d.engine.Settings().Endpoints {
		if (ep.VerifyToken == "crane-7") != (ep.Provider == "meterpost") || ep.LearnSecret != (ep.Provider == "hookside") {
			t.Errorf("%s has the token %q, learns %v", ep.Provider, ep.VerifyToken, ep.LearnSecret)
		}
	}
	d.wait("the model", func() bool { return d.model.endpoint("Meterpost") != nil })
	if f := d.openEndpoint("Meterpost"); f.token.Text != "crane-7" {
		t.Errorf("edited, the token is %q", f.token.Text)
	}
}
