package engine_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"shopbell/app/engine"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

const twoTweeds = `# the shop's webhooks
[[endpoint]]
name = "wrong"       # was copied in a hurry
provider = "tweed"
path = "/tweed/wrong"
secrets = ["keyring:wrong"]

[[endpoint]]
name = "right"
provider = "tweed"
path = "/tweed/right"
secrets = ["keyring:right"] # from the dashboard
`

// deliver sends the first example of tweed to a path and returns the diagnosis.
func deliver(t *testing.T, e *engine.Engine, path string) *signature.Diagnosis {
	t.Helper()
	p, _ := e.Catalog().Get("tweed")
	m := p.Examples[0].Message
	m.Target = path
	if _, err := inspectortest.Send(t.Context(), e.Local().URL, m); err != nil {
		t.Fatal(err)
	}
	for range 100 { // one diagnosis has 300 ms, which a busy machine may not give it
		d, err := e.Inspector().Diagnose(t.Context(), newest(t, e).ID)
		if err != nil || d == nil {
			t.Fatalf("the diagnosis is %+v (%v)", d, err)
		}
		if d.Fix != nil {
			return d
		}
	}
	t.Fatal("no diagnosis has a fix")
	return nil
}

// scene is an engine on a file, with these secrets in the keyring.
func scene(t *testing.T, config string, secrets map[string]string) (*engine.Engine, engine.Options) {
	t.Helper()
	o := options(t, config)
	for name, value := range secrets {
		if err := o.Vault.Keyring.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	return start(t, o), o
}

func tweedSecret(t *testing.T) string {
	t.Helper()
	p, _ := options(t, "").Catalog.Get("tweed")
	return p.Examples[0].Secret
}

func TestTheOtherEndpointsKeyIsTakenAndCommentsStay(t *testing.T) {
	e, o := scene(t, twoTweeds, map[string]string{"wrong": "another key", "right": tweedSecret(t)})
	d := deliver(t, e, "/tweed/wrong")
	if d.Cause != signature.SecretOfOtherEndpoint || !e.Fixable("wrong", *d.Fix) {
		t.Fatalf("the diagnosis is %+v, fix %+v", d, d.Fix)
	}
	changed, err := e.ApplyFix(t.Context(), "wrong", *d.Fix)
	if err != nil || changed != 1 || newest(t, e).Outcome != signature.Verified {
		t.Errorf("%d outcomes changed (%v), the capture is %s", changed, err, newest(t, e).Outcome)
	}
	want := strings.Replace(twoTweeds, `["keyring:wrong"]`, `["keyring:right"]`, 1)
	if text := read(t, o.File); text != want {
		t.Errorf("the file became\n%s\nexpected\n%s", text, want)
	}
}

func TestWithSeveralKeysTheOthersStay(t *testing.T) {
	config := strings.Replace(twoTweeds, `["keyring:wrong"]`, `["keyring:wrong", "keyring:older"]`, 1)
	e, _ := scene(t, config, map[string]string{"wrong": "another key", "older": "a third key", "right": tweedSecret(t)})
	fix := signature.Fix{Kind: signature.UseSecret, Endpoint: "right", Secret: "keyring:right"}
	if _, err := e.ApplyFix(t.Context(), "wrong", fix); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(e.Settings().Endpoints[0].Secrets); got != "[keyring:right keyring:wrong keyring:older]" {
		t.Errorf("the references are %s", got)
	}
}

func TestAStoredSecretIsTrimmedForAllThatHaveIt(t *testing.T) {
	config := strings.Replace(twoTweeds, `"keyring:right"`, `"keyring:wrong"`, 1)
	secret := tweedSecret(t)
	e, o := scene(t, config, map[string]string{"wrong": " " + secret + "\r\n"})
	deliver(t, e, "/tweed/right")
	d := deliver(t, e, "/tweed/wrong")
	if d.Fix.Kind != signature.TrimSecret {
		t.Fatalf("the fix is %+v", d.Fix)
	}
	changed, err := e.ApplyFix(t.Context(), "wrong", *d.Fix)
	if err != nil || changed != 2 {
		t.Errorf("%d outcomes changed (%v), expected those of both endpoints", changed, err)
	}
	if kept, _ := o.Vault.Keyring.Get("wrong"); kept != secret {
		t.Error("the secret is kept in another form than trimmed")
	}
	if read(t, o.File) != config {
		t.Error("the file was changed")
	}
	if _, err := e.ApplyFix(t.Context(), "wrong", *d.Fix); err == nil {
		t.Error("a secret without white space was trimmed once more")
	}
}

func TestAProviderIsChangedAndItsCapturesVerify(t *testing.T) {
	config := strings.Replace(twoTweeds, `provider = "tweed"`, `provider = "everifin" # was it?`, 1)
	e, o := scene(t, config, map[string]string{"wrong": tweedSecret(t), "right": "any"})
	d := deliver(t, e, "/tweed/wrong")
	if d.Fix.Kind != signature.ChangeProvider {
		t.Fatalf("the diagnosis is %+v, fix %+v", d, d.Fix)
	}
	fix := *d.Fix
	fix.Provider = "tweed" // several sign as Tweed does
	before := newest(t, e)
	if _, err := e.ApplyFix(t.Context(), "wrong", fix); err != nil {
		t.Fatal(err)
	}
	if got := newest(t, e); got.Outcome != signature.Verified || got.Provider != "tweed" || got.Event == before.Event {
		t.Errorf("the capture is %s of %q, event %q; before it was of %q, event %q", got.Outcome, got.Provider, got.Event, before.Provider, before.Event)
	}
	if text := read(t, o.File); !strings.Contains(text, `provider = "tweed" # was it?`) {
		t.Errorf("the file became\n%s", text)
	}
}

func TestAToleranceIsWidenedInTheFile(t *testing.T) {
	e, o := scene(t, twoTweeds, map[string]string{"wrong": "a", "right": "b"})
	fix := signature.Fix{Kind: signature.WidenTolerance, Tolerance: 420}
	if _, err := e.ApplyFix(t.Context(), "wrong", fix); err != nil {
		t.Fatal(err)
	}
	if text := read(t, o.File); !strings.Contains(text, `tolerance = "420s"`) || !strings.Contains(text, "# was copied in a hurry") {
		t.Errorf("the file became\n%s", text)
	}
}

func TestWhatOnlyAPersonCanDoIsRefused(t *testing.T) {
	config := strings.Replace(twoTweeds, "keyring:wrong", "env:WRONG", 1)
	o := options(t, config)
	o.Vault.Env = []string{"WRONG= spaced "}
	o.Lenient = true
	e := start(t, o)
	for _, fix := range []signature.Fix{
		{Kind: signature.TrimSecret, Secret: "env:WRONG"},
		{Kind: signature.TrimSecret, Secret: "keyring:right"},
		{Kind: signature.UseSecret, Endpoint: "right", Secret: "offered by the provider"},
		{Kind: signature.UseSecret, Endpoint: "nobody", Secret: "keyring:right"},
		{Kind: signature.SetURL, URL: "https://shop.example"},
		{Kind: signature.MoveToEndpoint, Endpoint: "right", Secret: "keyring:right"},
		{Kind: signature.ChangeProvider, Provider: "nobody"},
		{Kind: signature.WidenTolerance},
		{},
	} {
		if _, err := e.ApplyFix(t.Context(), "wrong", fix); !errors.Is(err, engine.ErrNotFixable) || e.Fixable("wrong", fix) {
			t.Errorf("%+v gave %v, fixable %v", fix, err, e.Fixable("wrong", fix))
		}
	}
	if _, err := e.ApplyFix(t.Context(), "nobody", signature.Fix{Kind: signature.TrimSecret}); !errors.Is(err, engine.ErrNoEndpoint) {
		t.Errorf("an endpoint that is not there gave %v", err)
	}
}

func TestAFixThatFailsLeavesNothingHalfDone(t *testing.T) {
	secret := tweedSecret(t)
	e, o := scene(t, twoTweeds, map[string]string{"wrong": secret + " ", "right": "b"})
	d := deliver(t, e, "/tweed/wrong")
	before := e.Settings()
	if err := os.WriteFile(o.File, []byte("this is [not TOML"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, fix := range []signature.Fix{
		{Kind: signature.UseSecret, Endpoint: "right", Secret: "keyring:right"},
		{Kind: signature.WidenTolerance, Tolerance: 60},
		{Kind: signature.ChangeProvider, Provider: "yshop"},
	} {
		if _, err := e.ApplyFix(t.Context(), "wrong", fix); err == nil {
			t.Errorf("%s went well although the file can't be changed", fix.Kind)
		}
	}
	if err := o.Vault.Keyring.Delete("right"); err != nil { // then no settings can be applied
		t.Fatal(err)
	}
	if _, err := e.ApplyFix(t.Context(), "wrong", *d.Fix); err == nil {
		t.Error("a secret was trimmed although another one can't be read")
	}
	if kept, _ := o.Vault.Keyring.Get("wrong"); kept != secret+" " {
		t.Error("the keyring holds the trimmed secret although the fix failed")
	}
	if fmt.Sprintf("%+v", e.Settings().Endpoints) != fmt.Sprintf("%+v", before.Endpoints) || newest(t, e).Outcome != signature.Mismatch {
		t.Errorf("the settings became %+v, the capture %s", e.Settings().Endpoints, newest(t, e).Outcome)
	}
}
