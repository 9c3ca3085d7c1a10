package settings_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shopbell/app/settings"
	"shopbell/providers"
)

func Example() {
	catalog, err := providers.Embedded()
	if err != nil {
		panic(err)
	}
	dir, err := os.MkdirTemp("", "shopbell")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "shopbell.toml")
	text := "[[endpoint]]\nname = \"yshop live\"\nprovider = \"yshopp\"\npath = \"/yshop/9f1c\"\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		panic(err)
	}
	_, err = settings.Load(file, false, catalog)
	var wrong *settings.Problem
	if errors.As(err, &wrong) {
		fmt.Println("line", wrong.Line)
		fmt.Println(wrong.Says)
		fmt.Println(wrong.Advice)
	}
	// Output:
	// line 3
	// provider is "yshopp", which is not in the catalogue, did you mean "yshop"
	// Change it to yshop, or look the id up with `shopbell providers`.
}

func catalog(t *testing.T) providers.Catalog {
	t.Helper()
	c, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAFileThatIsNotThereMayBeLeftOut(t *testing.T) {
	file := filepath.Join(t.TempDir(), "shopbell.toml")
	s, err := settings.Load(file, true, catalog(t))
	if err != nil || s.Tunnel.Kind != "local" || s.Keep.Days != 30 || s.Keep.Size != 2_000_000_000 {
		t.Errorf("got %+v (%v), expected the default", s, err)
	}
	_, err = settings.Load(file, false, catalog(t))
	var p *settings.Problem
	if !errors.As(err, &p) || !errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), file+": reading the config file") {
		t.Errorf("got %v, expected a Problem that names the file", err)
	}
}

func TestWhatIsNoConfigFileIsRefused(t *testing.T) {
	dir := t.TempDir()
	big := filepath.Join(dir, "big.toml")
	if err := os.WriteFile(big, make([]byte, 1<<20+1), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{dir, big, filepath.Join(big, "below")} {
		_, err := settings.Load(file, false, catalog(t))
		var p *settings.Problem
		if !errors.As(err, &p) {
			t.Errorf("%s: got %v, expected a Problem", file, err)
		}
	}
}

func TestEverySeedProviderMayBeNamed(t *testing.T) {
	var text strings.Builder
	for _, id := range []string{"twisto", "truust", "everifin", "yshop", "tweed"} {
		fmt.Fprintf(&text, "[[endpoint]]\nname = %q\nprovider = %q\n", id, id)
	}
	file := filepath.Join(t.TempDir(), "shopbell.toml")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := settings.Load(file, false, catalog(t))
	if err != nil || len(s.Endpoints) != 5 || len(s.Generated) != 5 {
		t.Fatalf("got %+v (%v), expected five endpoints", s, err)
	}
	if err := settings.Edit(file).FillPaths(s); err != nil {
		t.Fatal(err)
	}
	again, err := settings.Load(file, false, catalog(t))
	if err != nil || len(again.Generated) != 0 || again.Endpoints[4].Path != s.Endpoints[4].Path {
		t.Errorf("got %+v (%v), expected the paths to be kept", again, err)
	}
}

func TestSettingsMadeInCodeFollowTheSameRules(t *testing.T) {
	s := settings.Default()
	if err := settings.Check(s, catalog(t)); err != nil {
		t.Errorf("the default is refused: %v", err)
	}
	s.Shop.URL = "localhost"
	if err := settings.Check(s, catalog(t)); err == nil || err.Error() != `url is "localhost", expected a URL that begins with http:// or https://` {
		t.Errorf("got %v, expected the same sentence as for a file, without a place", err)
	}
}
