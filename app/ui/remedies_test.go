package ui

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

// endpoint configures an endpoint of the fixed catalogue.
func endpoint(t *testing.T, e *engine.Engine, name, provider string, secrets ...string) {
	t.Helper()
	ep := settings.Endpoint{Name: name, Provider: provider, Path: "/" + strings.ReplaceAll(name, " ", "-"), Answer: "shop", Unverified: "hold"}
	if name == "everything" {
		ep.Path = "/"
	}
	if err := e.PutEndpoint(t.Context(), "", ep, secrets); err != nil {
		t.Fatal(err)
	}
}

// deliver sends a message to the window's engine and opens it in the window.
func (d *desk) deliver(m signature.Message) {
	d.t.Helper()
	if _, err := inspectortest.Send(d.t.Context(), d.engine.Local().URL, m); err != nil {
		d.t.Fatal(err)
	}
	if err := d.engine.Store().Sync(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	page, err := d.engine.Store().Page(d.t.Context(), inspector.Query{}, ulid.ULID{}, 1)
	if err != nil {
		d.t.Fatal(err)
	}
	d.open(page[0].ID)
	d.wait("the capture", func() bool { return d.detail.capture != nil && d.detail.capture.ID == page[0].ID })
	if needsDiagnosis(*d.detail.capture) || d.detail.capture.Verdict.Diagnosis != nil {
		d.diagnosed(page[0].ID)
	}
}

// diagnosed has a capture diagnosed until a fix is found: one diagnosis has 300
// ms, which a busy machine may not give it.
func (d *desk) diagnosed(id ulid.ULID) {
	d.t.Helper()
	for range 100 {
		found, err := d.engine.Inspector().Diagnose(d.t.Context(), id)
		if err != nil {
			d.t.Fatal(err)
		}
		if found.Fix != nil {
			break
		}
	}
	d.readCapture(id)
	d.wait("the diagnosis", func() bool {
		found := d.detail.capture.Verdict.Diagnosis
		return found != nil && found.Fix != nil
	})
}

// signedBy is a delivery of a provider of the fixed catalogue.
func (d *desk) signedBy(provider, path, secret string) signature.Message {
	d.t.Helper()
	p, _ := d.engine.Catalog().Get(provider)
	m := signature.Message{Method: "POST", Target: path, Body: []byte(`{"paid":true}`), Header: signature.Header{{Name: "Content-Type", Value: "application/json"}}}
	m, err := p.Scheme.Sign(m, signature.NewSecret("", secret), sceneNow())
	if err != nil {
		d.t.Fatal(err)
	}
	return m
}

func openFixedWith(t *testing.T, prepare func(*engine.Engine)) *desk {
	t.Helper()
	d := openDeskWith(t, "http://127.0.0.1:9", prepare, func(o *engine.Options) { o.Catalog = fixedCatalog(t) })
	d.rest()
	return d
}

func TestTheSecretIsTrimmedByAButton(t *testing.T) {
	d := openFixedWith(t, func(e *engine.Engine) { endpoint(t, e, "stripy", "stripy", " the signing secret\n") })
	d.deliver(d.signedBy("stripy", "/stripy", "the signing secret"))
	d.press("Trim the stored secret")
	d.wait("the new verdict", func() bool { return d.detail.capture.Outcome == signature.Verified && d.notice.said > 0 })
	if !strings.Contains(d.notice.text, "judged again; 1 verdict changed") {
		t.Errorf("the message is %q", d.notice.text)
	}
	if kept, _ := d.keyring.Get("stripy"); kept != "the signing secret" {
		t.Error("the keyring holds another text")
	}
}

func TestTheProviderIsChangedByAButton(t *testing.T) {
	d := openFixedWith(t, func(e *engine.Engine) { endpoint(t, e, "shop", "basecart", "the signing secret") })
	d.deliver(d.signedBy("hookside", "/shop", "the signing secret"))
	d.press("Change to Hookside")
	d.wait("the new verdict", func() bool { return d.detail.capture.Outcome == signature.Verified })
	if ep := d.engine.Settings().Endpoints[0]; ep.Provider != "hookside" {
		t.Errorf("the provider is %s", ep.Provider)
	}
	if text := textOf(d.detail.pane.Object()); !strings.Contains(text, "About Hookside") && !strings.Contains(text, "ABOUT HOOKSIDE") {
		t.Errorf("the pane is still about another provider: %s", text)
	}
}

func TestSwitchingTheEnvironmentOffersBothWays(t *testing.T) {
	d := openFixedWith(t, func(e *engine.Engine) {
		endpoint(t, e, "stripy test", "stripy", "the test secret")
		endpoint(t, e, "stripy live", "stripy", "the live secret")
	})
	d.deliver(d.signedBy("stripy", "/stripy-test", "the live secret"))
	d.press("Copy the address of stripy live")
	if got := d.app.Clipboard().Content(); got != d.engine.EndpointURL("stripy live") || got == "" {
		t.Errorf("copied %q", got)
	}
	d.press("Use its key here")
	d.wait("the new verdict", func() bool { return d.detail.capture.Outcome == signature.Verified })
}

func TestWhatTheWindowCannotMendHasNoButton(t *testing.T) {
	d := openDeskWith(t, "http://127.0.0.1:9", func(e *engine.Engine) { endpoint(t, e, "stripy", "stripy", "env:STRIPY") }, func(o *engine.Options) {
		o.Catalog, o.Vault.Env = fixedCatalog(t), []string{"STRIPY= the signing secret "}
	})
	d.rest()
	d.deliver(d.signedBy("stripy", "/stripy", "the signing secret"))
	c := *d.detail.capture
	if c.Verdict.Diagnosis.Cause != signature.SecretWhitespace || len(d.remedies(c)) != 0 {
		t.Errorf("the diagnosis is %+v, the buttons %+v", c.Verdict.Diagnosis, d.remedies(c))
	}
	if text := textOf(d.detail.pane.Object()); !strings.Contains(text, "Enter the secret again") {
		t.Errorf("the pane does not say what to do: %s", text)
	}
}

func TestAFixThatFailsSaysWhy(t *testing.T) {
	d := openFixedWith(t, func(e *engine.Engine) { endpoint(t, e, "shop", "basecart", "the signing secret") })
	d.deliver(d.signedBy("hookside", "/shop", "the signing secret"))
	if err := os.WriteFile(d.engine.File(), []byte("this is [not TOML"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.press("Change to Hookside")
	d.wait("the reason", func() bool { return strings.Contains(d.notice.text, "shopbell.toml") })
	if d.engine.Settings().Endpoints[0].Provider != "basecart" {
		t.Error("the provider was changed all the same")
	}
}

func TestAnOfferedSecretIsUsedAndNeverShown(t *testing.T) {
	const secret = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
	d := openFixedWith(t, func(e *engine.Engine) { endpoint(t, e, "hooks", "hookside") })
	d.deliver(signature.Message{Method: "POST", Target: "/hooks", Header: signature.Header{{Name: "X-Hook-Secret", Value: secret}}})
	c := d.detail.capture
	row := describe(row{Summary: c.Summary}, d.engine.Catalog(), sceneNow())
	if row.title != "handshake" || row.tone != signature.Neutral || !strings.Contains(row.second, "handshake answered · offers a secret") || row.state != "answered" {
		t.Errorf("the row says %+v", row)
	}
	if text := textOf(d.detail.pane.Object()); !strings.Contains(text, "Hookside offers the secret of a new webhook.") || strings.Contains(text, secret) {
		t.Errorf("the pane says %s", text)
	}
	d.copyRaw()
	if got := d.app.Clipboard().Content(); strings.Contains(got, secret) || !strings.Contains(strings.ToLower(got), "x-hook-secret: •") {
		t.Errorf("copied %q", got)
	}
	d.press("Use this secret")
	d.wait("the secret", func() bool { return len(d.engine.Settings().Endpoints[0].Secrets) == 1 && d.notice.text != "" })
	if kept, err := d.keyring.Get("hooks"); err != nil || kept != secret || strings.Contains(d.notice.text, secret) {
		t.Errorf("kept %v (%v), the message is %q", kept == secret, err, d.notice.text)
	}
	d.deliver(d.signedBy("hookside", "/hooks", secret))
	if d.detail.capture.Outcome != signature.Verified {
		t.Errorf("the next delivery is %s", d.detail.capture.Outcome)
	}
}

func TestATieIsDecidedByAnEndpointOfTheChosenProvider(t *testing.T) {
	d := openFixedWith(t, func(e *engine.Engine) { endpoint(t, e, "everything", "") })
	d.deliver(d.signedBy("stripy", "/hooks/pay?a=1", "anything"))
	if text := textOf(d.detail.pane.Object()); !strings.Contains(text, "Could be Stripy or Twin: which one decides") {
		t.Fatalf("the pane says %s", text)
	}
	d.press("Twin")
	if len(d.sheets) != 1 {
		t.Fatal("no form was opened")
	}
	text := textOf(d.sheets[0].body)
	if !strings.Contains(text, "Twin") || !strings.Contains(text, "/hooks/pay") || strings.Contains(text, "a=1") {
		t.Errorf("the form says %s", text)
	}
}

func TestOwnProviderWithAMistakeIsALastingMessage(t *testing.T) {
	d := openOwn(t, "id = \"mine\"\nnonsense = 1\n")
	d.wait("the message", func() bool { return strings.Contains(d.notice.text, "mine.toml:2") })
	d.notice.putAway()
	d.own("mine.toml", "id = \"mine\"\nname = 3\n")
	d.wait("the next message", func() bool { return strings.Contains(d.notice.text, "mine.toml") })
	if err := os.Remove(d.folder + "/mine.toml"); err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	d.wait("its end", func() bool { return d.notice.text == "" })
}

func TestOwnProviderInPlaceOfABuiltInOneIsAMessage(t *testing.T) {
	d := openOwn(t, `id = "tweed"
name = "Mine"
category = "own"
docs = "https://mine.example"
sure = "primary"
mark = "Mi"
colour = "#0f766e"
[scheme]
kind = "unsigned"
`)
	d.wait("the message", func() bool {
		return strings.Contains(d.notice.text, `mine.toml stands in place of the built-in provider "tweed"`)
	})
}
