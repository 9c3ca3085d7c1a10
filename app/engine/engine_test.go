package engine_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
	"shopbell/inspector/inspectortest"
	"shopbell/providers"
	"shopbell/providers/signature"
)

func TestSampleArrivesBeforeAnythingIsSetUp(t *testing.T) {
	e := start(t, options(t, ""))
	kinds := map[string]int{}
	for _, p := range e.Catalog().All() {
		if kinds[p.SchemeKind]++; kinds[p.SchemeKind] > 4 {
			continue // package providers simulates them all
		}
		if status, err := e.SendSample(t.Context(), p.ID, "", ""); err != nil || status != 200 {
			t.Fatalf("sample of %s: status %d, error %v", p.ID, status, err)
		}
		got := newest(t, e)
		wanted := signature.Verified
		if !p.Signs {
			wanted = signature.Unsigned
		}
		if got.Provider != p.ID || got.Outcome != wanted {
			t.Errorf("sample of %s came in as %s, %s; expected %s", p.ID, got.Provider, got.Outcome, wanted)
		}
	}
}

func TestEndpointMadeInTheWindowIsInTheFileAndReachable(t *testing.T) {
	shop := openShop(t)
	o := options(t, "[shop]\nurl = \""+shop.URL().String()+"\" # mine\n")
	e := start(t, o)
	ep := settings.Endpoint{Name: "tweed live", Provider: "tweed", Answer: "shop", Unverified: "hold"}
	if err := e.PutEndpoint(t.Context(), "", ep, []string{"s3cret-value"}); err != nil {
		t.Fatal(err)
	}
	text := read(t, o.File)
	if !strings.Contains(text, "# mine") || !strings.Contains(text, `"keyring:tweed live"`) || strings.Contains(text, "s3cret") {
		t.Errorf("the file became\n%s", text)
	}
	if url := e.EndpointURL("tweed live"); !strings.HasPrefix(url, e.Tunnel().URL+"/tweed/") {
		t.Errorf("the endpoint's address is %q", url)
	}
	if status, err := e.SendSample(t.Context(), "tweed", "", ""); err != nil || status != 200 {
		t.Fatalf("sample: status %d, error %v", status, err)
	}
	if got := newest(t, e); got.Endpoint != "tweed live" || got.Outcome != signature.Verified {
		t.Errorf("it came in at %q as %s", got.Endpoint, got.Outcome)
	}
	if n := len(shop.Requests()); n != 1 {
		t.Errorf("the shop got %d requests, expected 1", n)
	}
}

func TestRefusedEndpointCostsNobodyTheirSecret(t *testing.T) {
	o := options(t, "")
	e := start(t, o)
	ep := settings.Endpoint{Name: "tweed", Provider: "tweed", Answer: "shop", Unverified: "hold"}
	for _, name := range []string{"tweed", "ngrok"} {
		ep.Name = name
		if err := e.PutEndpoint(t.Context(), "", ep, []string{"first"}); err != nil {
			t.Fatal(err)
		}
	}
	ep.Name = "tweed"
	if err := e.PutEndpoint(t.Context(), "", ep, []string{"second"}); err == nil {
		t.Error("two endpoints have one name")
	}
	if kept, err := o.Vault.Keyring.Get("tweed"); err != nil || kept != "first" {
		t.Errorf("the secret of the first endpoint is now %q (%v)", kept, err)
	}
	if _, err := o.Vault.Keyring.Get("ngrok"); err == nil {
		t.Error("an endpoint's secret took the place of the ngrok token")
	}
}

func TestReferenceInPlaceOfASecretNeedsNoKeyring(t *testing.T) {
	o := options(t, "")
	o.Vault.Env = []string{"TWEED=s3cret-value"}
	o.Vault.Keyring.Set = func(string, string) error { return errors.New("there is no keyring") }
	e := start(t, o)
	ep := settings.Endpoint{Name: "tweed", Provider: "tweed", Answer: "shop", Unverified: "hold"}
	if err := e.PutEndpoint(t.Context(), "", ep, []string{"env:TWEED"}); err != nil {
		t.Fatal(err)
	}
	if text := read(t, o.File); !strings.Contains(text, `"env:TWEED"`) {
		t.Errorf("the file became\n%s", text)
	}
	if err := e.PutEndpoint(t.Context(), "", settings.Endpoint{Name: "other", Provider: "tweed"}, []string{"pasted"}); err == nil {
		t.Error("a secret was kept without a keyring")
	}
}

func TestNewSecretJudgesKeptCapturesAgain(t *testing.T) {
	e := start(t, options(t, ""))
	ep := settings.Endpoint{Name: "tweed", Provider: "tweed", Path: "/tweed/x", Answer: "shop", Unverified: "forward"}
	if err := e.PutEndpoint(t.Context(), "", ep, []string{"wrong"}); err != nil {
		t.Fatal(err)
	}
	tweed, _ := e.Catalog().Get("tweed")
	m := tweed.Examples[0].Message
	m.Target = "/tweed/x"
	if _, err := inspectortest.Send(t.Context(), e.Local().URL, m); err != nil {
		t.Fatal(err)
	}
	if got := newest(t, e); got.Outcome != signature.Mismatch {
		t.Fatalf("before: %s, expected mismatch", got.Outcome)
	}
	if err := e.PutEndpoint(t.Context(), "tweed", ep, []string{tweed.Examples[0].Secret}); err != nil {
		t.Fatal(err)
	}
	if got := newest(t, e); got.Outcome != signature.Verified {
		t.Errorf("after: %s, expected verified", got.Outcome)
	}
}

func TestStrictStartNamesTheLineOfASecretThatCannotBeRead(t *testing.T) {
	o := options(t, "[[endpoint]]\nname = \"a\"\nprovider = \"tweed\"\npath = \"/a/1\"\nsecrets = [\"env:NOT_SET\"]\n")
	_, err := engine.Start(t.Context(), o)
	problem := new(settings.Problem)
	if !errors.As(err, &problem) || problem.Line != 5 || !strings.Contains(err.Error(), "NOT_SET") {
		t.Fatalf("got %v, expected a problem in line 5 that names NOT_SET", err)
	}
	o.Lenient = true
	e := start(t, o)
	if p := e.Problems(); len(p) != 1 || !strings.Contains(p[0], "NOT_SET") {
		t.Errorf("a lenient start tells of %q", p)
	}
}

func TestMadeUpPathStaysAlthoughTheFileCannotBeWritten(t *testing.T) {
	const config = "[[endpoint]]\nname = \"a\"\nprovider = \"truust\"\n"
	o := options(t, config)
	o.File = filepath.Join(t.TempDir(), "not", "there.toml")
	first, err := engine.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	path := first.Settings().Endpoints[0].Path
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again := options(t, config) // loaded anew, it has another path made up
	o.Settings = again.Settings
	if got := start(t, o).Settings().Endpoints[0].Path; got != path || !strings.HasPrefix(got, "/truust/") {
		t.Errorf("the path %s became %s", path, got)
	}
}

func TestMadeUpPathIsWrittenIntoTheFile(t *testing.T) {
	o := options(t, "[[endpoint]]\nname = \"a\"\nprovider = \"truust\"\n")
	e := start(t, o)
	if path := e.Settings().Endpoints[0].Path; !strings.Contains(read(t, o.File), path) {
		t.Errorf("the file lacks %s:\n%s", path, read(t, o.File))
	}
}

func TestSecondEngineOnTheSameDataIsRefused(t *testing.T) {
	o := options(t, "")
	start(t, o)
	if e, err := engine.Start(t.Context(), o); !errors.Is(err, badgerstore.ErrLocked) {
		if e != nil {
			e.Close()
		}
		t.Fatalf("got %v, expected ErrLocked", err)
	}
}

func TestLocalPortIsKeptAcrossRestarts(t *testing.T) {
	o := options(t, "")
	first, err := engine.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	url := first.Local().URL
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if again := start(t, o).Local().URL; again != url {
		t.Errorf("address %s became %s", url, again)
	}
}

func TestSubscriberHearsOfADelivery(t *testing.T) {
	e := start(t, options(t, ""))
	changed, done := e.Subscribe()
	defer done()
	if _, err := e.SendSample(t.Context(), "yshop", "", ""); err != nil {
		t.Fatal(err)
	}
	select {
	case <-changed:
	case <-time.After(time.Minute):
		t.Error("nobody told of the delivery")
	}
}

// options are for an engine on folders of its own, with a keyring in memory of
// this process: the desktop's belongs to the user.
func options(t *testing.T, config string) engine.Options {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "shopbell.toml")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	chosen, err := settings.Load(file, false, catalog)
	if err != nil {
		t.Fatal(err)
	}
	chosen.Tunnel.Listen = ""
	kept := map[string]string{}
	return engine.Options{
		Settings: chosen, File: file, DataDir: filepath.Join(dir, "data"), Catalog: catalog,
		Vault: settings.Vault{Keyring: settings.Keyring{
			Get: func(name string) (string, error) {
				if v, ok := kept[name]; ok {
					return v, nil
				}
				return "", errors.New("not there")
			},
			Set:    func(name, value string) error { kept[name] = value; return nil },
			Delete: func(name string) error { delete(kept, name); return nil },
		}},
		Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	}
}

func start(t *testing.T, o engine.Options) *engine.Engine {
	t.Helper()
	e, err := engine.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return e
}

func newest(t *testing.T, e *engine.Engine) inspector.Summary {
	t.Helper()
	if err := e.Store().Sync(context.Background()); err != nil {
		t.Fatal(err)
	}
	var q inspector.Query
	page, err := e.Store().Page(t.Context(), q, [16]byte{}, 1)
	if err != nil || len(page) == 0 {
		t.Fatalf("no capture: %v", err)
	}
	return page[0]
}

func openShop(t *testing.T) *inspectortest.Shop {
	t.Helper()
	shop, err := inspectortest.OpenShop(inspectortest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shop.Close() })
	return shop
}

func read(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
