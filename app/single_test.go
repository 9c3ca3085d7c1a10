package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shopbell/app/engine"
	"shopbell/app/localapi"
	"shopbell/app/settings"
	"shopbell/providers"
)

// running is an engine with its local API on a folder of the test's own.
func running(t *testing.T, raise func()) (dir string) {
	t.Helper()
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	chosen := settings.Default()
	chosen.Tunnel.Listen = "127.0.0.1:0"
	e, err := engine.Start(t.Context(), engine.Options{Settings: chosen, DataDir: dir, Catalog: catalog, Lenient: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	api, err := localapi.Options{Engine: e, DataDir: dir, Addr: "127.0.0.1:0", Raise: raise}.Serve(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { api.Close() })
	return dir
}

func TestASecondStartRaisesTheFirstWindow(t *testing.T) {
	first := &curtain{}
	dir := running(t, first.ask)
	var out, errs bytes.Buffer
	if code, runs := raiseOther(dir, &out, &errs); code != 0 || !runs || !strings.Contains(out.String(), "runs already") || errs.Len() > 0 {
		t.Errorf("code %d, runs %v, says %q %q", code, runs, &out, &errs)
	}
	raised := 0
	if asked := first.open(func() { raised++ }); !asked {
		t.Error("what was asked for before there was a window is forgotten")
	}
	raiseStarting(dir, &out, &errs)
	if raised != 1 {
		t.Errorf("raised %d times", raised)
	}
}

func TestASecondStartSaysThatACommandHoldsTheFolder(t *testing.T) {
	var out, errs bytes.Buffer
	code, runs := raiseOther(running(t, nil), &out, &errs)
	if code != 3 || !runs || !strings.Contains(errs.String(), "shopbell serve") || !strings.Contains(errs.String(), "--data") {
		t.Errorf("code %d, runs %v, says %q", code, runs, &errs)
	}
}

func TestWhatACrashLeftBehindDoesNotKeepTheWindowShut(t *testing.T) {
	dir := t.TempDir()
	left := `{"url":"http://127.0.0.1:9","token":"t","pid":1}`
	if err := os.WriteFile(filepath.Join(dir, "api.json"), []byte(left), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if _, runs := raiseOther(dir, &out, &errs); runs || out.Len()+errs.Len() > 0 {
		t.Errorf("runs %v, says %q %q", runs, &out, &errs)
	}
}

func TestHiddenNeedsNoCommand(t *testing.T) {
	p, ok := windowPlaces([]string{"--hidden", "--data", "d"})
	if !ok || !p.hidden || p.data != "d" {
		t.Errorf("got %+v, %v", p, ok)
	}
	if _, ok := windowPlaces([]string{"--hidden", "serve"}); ok {
		t.Error("a command is taken for the window")
	}
}
