package ui

import (
	"os"
	"strings"
	"testing"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

const typedSecret = "s3cret of the tweed hook"

// addEndpoint fills in the form and saves it.
func (d *desk) addEndpoint(provider, name, secret string) *endpointForm {
	d.t.Helper()
	f := d.openEndpoint("")
	f.provider.choose(provider)
	f.name.SetText(name)
	f.secret.entry().SetText(secret)
	f.submit()
	d.wait("the endpoint "+name, func() bool { return d.saved != nil && d.model.endpoint(name) != nil })
	return f
}

func TestEndpointAddedInTheDialogIsInTheConfigAndShowsItsAddress(t *testing.T) {
	d := openDesk(t, nil)
	d.addEndpoint("tweed", "tweed live", typedSecret)
	text, err := os.ReadFile(d.engine.File())
	if err != nil {
		t.Fatal(err)
	}
	for _, expected := range []string{`name = "tweed live"`, `provider = "tweed"`, `"keyring:tweed live"`} {
		if !strings.Contains(string(text), expected) {
			t.Errorf("the config has no %s:\n%s", expected, text)
		}
	}
	if strings.Contains(string(text), "s3cret") {
		t.Error("the config holds the secret itself")
	}
	shown := d.saved.url.text.Text
	if shown == "" || shown != d.engine.EndpointURL("tweed live") {
		t.Errorf("the dialog shows %q, the address is %q", shown, d.engine.EndpointURL("tweed live"))
	}
	d.saved.url.copy.OnTapped()
	if got := d.app.Clipboard().Content(); got != shown {
		t.Errorf("copied %q, expected %q", got, shown)
	}
}

func TestSampleToTheNewEndpointVerifiesWithTheTypedSecret(t *testing.T) {
	d := openDesk(t, nil)
	d.addEndpoint("tweed", "tweed live", typedSecret)
	d.send("tweed", "tweed live")
	d.wait("a verified capture", func() bool {
		c, ok := d.newest()
		return ok && c.Endpoint == "tweed live" && c.Outcome == signature.Verified && c.State == inspector.Done
	})
	if d.first.content.Visible() || !d.working.Visible() {
		t.Error("the first steps are still there")
	}
}

// newest is the first row of the list.
func (d *desk) newest() (inspector.Summary, bool) {
	if d.list.listing == nil || d.list.rows.Count() == 0 {
		return inspector.Summary{}, false
	}
	r, ok, _ := d.list.listing.look(d.list.extent.top)
	return r.Summary, ok
}

func TestWrongFieldsAreNamedInPlaceAndNothingIsSaved(t *testing.T) {
	d := openDesk(t, nil)
	d.addEndpoint("tweed", "tweed live", typedSecret)
	taken := d.model.endpoint("tweed live").Path
	f := d.openEndpoint("")
	f.submit()
	if !strings.Contains(f.providerField.wrong.Text(), "Choose the provider") {
		t.Errorf("without a provider it says %q", f.providerField.wrong.Text())
	}
	f.provider.choose("tweed")
	for _, c := range []struct {
		name, path, forward string
		wrong               *field
		says                string
	}{
		{"", "/a", "", f.nameField, "needs a name"},
		{"tweed live", "/a", "", f.nameField, "Another endpoint"},
		{"b", "a", "", f.pathField, "begins with /"},
		{"b", "/a?x", "", f.pathField, "holds no space"},
		{"b", taken, "", f.pathField, "tweed live has this path"},
		{"b", "/a", "shop", f.forwardField, "begins with /"},
		{"b", "/a", "ftp://host/x", f.forwardField, "http://"},
	} {
		f.name.SetText(c.name)
		f.path.SetText(c.path)
		f.forward.SetText(c.forward)
		f.submit()
		d.rest()
		if !c.wrong.wrong.Visible() || !strings.Contains(c.wrong.wrong.Text(), c.says) {
			t.Errorf("%+v: the field says %q", c, c.wrong.wrong.Text())
		}
	}
	if n := len(d.engine.Settings().Endpoints); n != 1 {
		t.Errorf("there are %d endpoints, expected 1", n)
	}
}

func TestRefusalOfTheEngineStandsInTheDialog(t *testing.T) {
	d := openDesk(t, nil)
	if err := os.WriteFile(d.engine.File(), []byte("this is [not TOML"), 0o600); err != nil {
		t.Fatal(err)
	}
	f := d.openEndpoint("")
	f.provider.choose("tweed")
	f.submit()
	d.wait("the refusal", func() bool { return f.sheet.wrong.Visible() })
	if !strings.Contains(f.sheet.wrong.Text(), "shopbell.toml") || f.save.Disabled() {
		t.Errorf("it says %q", f.sheet.wrong.Text())
	}
}

func TestEditingKeepsTheSecretThatIsNotTypedAgain(t *testing.T) {
	d := openDesk(t, nil)
	d.addEndpoint("tweed", "tweed live", typedSecret)
	d.saved.sheet.close()
	f := d.openEndpoint("tweed live")
	if f.secret.text() != "" {
		t.Error("the form shows the secret")
	}
	f.forward.SetText("/webhooks/tweed")
	f.submit()
	d.wait("the change", func() bool { return d.model.endpoint("tweed live").Forward == "/webhooks/tweed" })
	if refs := d.engine.Settings().Endpoints[0].Secrets; len(refs) != 1 || refs[0] != "keyring:tweed live" {
		t.Errorf("the secrets became %v", refs)
	}
}

func TestProviderFillsInNameAndPathUntilTheUserDoes(t *testing.T) {
	d := openDesk(t, nil)
	f := d.openEndpoint("")
	f.provider.choose("twisto")
	if f.name.Text != "Twisto" || !strings.HasPrefix(f.path.Text, "/twisto/") || f.secret.wanted {
		t.Errorf("for Twisto: name %q, path %q, a secret is asked for: %v", f.name.Text, f.path.Text, f.secret.wanted)
	}
	f.name.SetText("mine")
	f.provider.choose("tweed")
	if f.name.Text != "mine" || !strings.HasPrefix(f.path.Text, "/tweed/") || !f.secret.wanted {
		t.Errorf("for Tweed: name %q, path %q", f.name.Text, f.path.Text)
	}
}

func TestRemovingAnEndpointAsksAndKeepsItsCaptures(t *testing.T) {
	d := openDesk(t, nil)
	d.addEndpoint("tweed", "tweed live", typedSecret)
	d.send("tweed", "tweed live")
	d.wait("a capture", func() bool { return d.model.counts.All == 1 })
	d.choose(scope{kind: scopeEndpoint, endpoint: "tweed live"})
	ask := d.removeEndpoint("tweed live")
	ask.close()
	d.rest()
	if len(d.engine.Settings().Endpoints) != 1 {
		t.Fatal("it was removed without an answer")
	}
	d.removeEndpoint("tweed live").enter()
	d.wait("the removal", func() bool { return !d.model.configured() })
	if d.model.counts.All != 1 || d.list.scope != (scope{}) {
		t.Errorf("%d captures are left, the list shows %s", d.model.counts.All, d.list.scope.name())
	}
	if d.model.endpoint("tweed live") == nil {
		t.Error("the captures of the removed endpoint cannot be reached")
	}
}
