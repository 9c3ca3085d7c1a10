package engine_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// said gets the text of each line that is logged.
type said struct {
	slog.Handler
	lines chan string
}

func (s said) Handle(_ context.Context, r slog.Record) error {
	s.lines <- r.Message
	return nil
}

func TestAnOwnProviderInPlaceOfABuiltInOneIsLogged(t *testing.T) {
	o := options(t, "")
	o.OwnProviders = t.TempDir()
	text := "id = \"tweed\"\nname = \"Mine\"\ncategory = \"own\"\ndocs = \"https://example.com/hooks\"\n" +
		"sure = \"primary\"\nmark = \"Mi\"\ncolour = \"#495057\"\n[scheme]\nkind = \"unsigned\"\n"
	if err := os.WriteFile(filepath.Join(o.OwnProviders, "better.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	log := said{slog.NewTextHandler(os.Stderr, nil), make(chan string, 100)}
	o.Log = slog.New(log)
	e := start(t, o)
	const want = `reading own providers: better.toml stands in place of the built-in provider "tweed"`
	for {
		select {
		case line := <-log.lines:
			if line == want {
				if p, _ := e.Catalog().Get("tweed"); p.Name != "Mine" {
					t.Errorf("the provider is %q, expected the own one", p.Name)
				}
				return
			}
		case <-time.After(30 * time.Second):
			t.Fatalf("nobody said %q", want)
		}
	}
}
