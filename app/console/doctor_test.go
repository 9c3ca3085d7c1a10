package console_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shopbell/app/console"
	"shopbell/inspector/badgerstore"
)

type finding struct{ Check, Health, Says, Do string }

// examine runs doctor on a config file with that text and returns what it found
// by check; several findings of a check are joined.
func examine(t *testing.T, data, config string, env ...string) (int, map[string]finding) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "shopbell.toml")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, talk bytes.Buffer
	code := console.Run(t.Context(), []string{"doctor", "--json", "--data", data, "--config", file},
		append(environment(t), env...), strings.NewReader(""), &out, &talk, "0.0.0-test")
	found := map[string]finding{}
	for line := range strings.Lines(out.String()) {
		var f finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if f.Health != "good" && f.Do == "" {
			t.Errorf("%+v tells nothing to do", f)
		}
		f.Says = found[f.Check].Says + f.Says
		if found[f.Check].Health == "bad" {
			f.Health = "bad"
		}
		found[f.Check] = f
	}
	if len(found) < 7 {
		t.Fatalf("doctor ended with %d and found %v: %s", code, found, &talk)
	}
	return code, found
}

func TestDoctorNamesWhatIsBroken(t *testing.T) {
	shop := newShop(t).URL
	up := "[shop]\nurl = \"" + shop + "\"\n"
	endpoint := func(secret string) string {
		return up + "[[endpoint]]\nname = \"a\"\nprovider = \"tweed\"\npath = \"/a/9f1c9f1c9f1c9f1c\"\n" + secret
	}
	for _, c := range []struct{ name, config, check, health, says string }{
		{"an unknown key", up + "[keep]\ndais = 3\n", "config", "bad", "dais"},
		{"no TOML", "<html>", "config", "bad", ":1:"},
		{"a variable that is not set", endpoint("secrets = [\"env:NOT_SET\"]\n"), "secret", "bad", "NOT_SET"},
		{"a secret file that is not there", endpoint("secrets = [\"file:nowhere\"]\n"), "secret", "bad", "nowhere"},
		{"no secret", endpoint(""), "secret", "warning", "has no secret"},
		{"a shop that is down", "[shop]\nurl = \"http://127.0.0.1:1\"\n", "shop", "bad", "127.0.0.1:1"},
		{"ngrok without a token", up + "[tunnel]\nkind = \"ngrok\"\nauthtoken = \"env:NOT_SET\"\n", "tunnel", "bad", "NOT_SET"},
		{"nothing broken", endpoint("secrets = [\"env:SET\"]\n"), "secret", "good", "1 secrets"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, found := examine(t, t.TempDir(), c.config, "SET=a secret of mine")
			f := found[c.check]
			if f.Health != c.health || !strings.Contains(f.Says, c.says) {
				t.Errorf("found %+v, expected %s with %q", f, c.health, c.says)
			}
			if want := map[bool]int{true: 1, false: 0}[c.health == "bad"]; code != want {
				t.Errorf("ended with %d, expected %d: %v", code, want, found)
			}
		})
	}
}

func TestDoctorNamesAStoreThatCannotBeUsed(t *testing.T) {
	data := t.TempDir()
	dir := filepath.Join(data, "captures")
	store, err := badgerstore.Open(badgerstore.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if code, found := examine(t, data, ""); code != 1 || found["store"].Health != "bad" || !strings.Contains(found["store"].Says, "another process") {
		t.Errorf("a store in use: ended with %d, found %+v", code, found["store"])
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	key := "[keep]\nencrypt = \"env:KEY\"\n"
	if _, found := examine(t, data, key, "KEY="+strings.Repeat("k", 32)); found["store"].Health != "bad" || !strings.Contains(found["store"].Says, "key") {
		t.Errorf("another key: found %+v", found["store"])
	}
	late := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(dir, "MANIFEST"), late, late); err != nil {
		t.Fatal(err)
	}
	if _, found := examine(t, data, ""); found["clock"].Health != "bad" {
		t.Errorf("a clock set back: found %+v", found["clock"])
	}
	if err := os.WriteFile(filepath.Join(dir, "MANIFEST"), []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, found := examine(t, data, ""); found["store"].Health != "bad" {
		t.Errorf("a damaged store: found %+v", found["store"])
	}
}

func TestDoctorNamesAnSSHServerWithoutAName(t *testing.T) {
	_, found := examine(t, t.TempDir(), "[tunnel]\nkind = \"ssh\"\n")
	if f := found["tunnel"]; f.Health != "bad" || !strings.Contains(f.Do, "srv.us") {
		t.Errorf("found %+v", f)
	}
}

func TestDoctorAsksTheShopbellThatRuns(t *testing.T) {
	data := t.TempDir()
	serve := startServe(t, data, "--shop", newShop(t).URL, "--endpoint", "tweed")
	code, found := examine(t, data, "")
	if code != 0 || !strings.Contains(found["tunnel"].Says, "online at "+pick(serve, "url")[0][:len("http://127.0.0.1:")]) || !strings.Contains(found["store"].Says, "process") {
		t.Errorf("ended with %d, found %v", code, found)
	}
}
