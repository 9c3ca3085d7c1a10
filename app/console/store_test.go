package console_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestStoreIsBackedUpWhileItRunsAndRestored(t *testing.T) {
	data := t.TempDir()
	serve := startServe(t, data, "--shop", newShop(t).URL, "--endpoint", "tweed")
	deliver(http.DefaultClient, pick(serve, "url")[0])
	file := filepath.Join(t.TempDir(), "backup")
	if code, out, talk := run(t, nil, "store", "backup", "--data", data, "--json", file); code != 0 || !strings.Contains(out, `"captures":1`) {
		t.Fatalf("backup beside serve ended with %d: %s%s", code, out, talk)
	}
	if info, err := os.Stat(file); err != nil || os.PathSeparator == '/' && info.Mode().Perm() != 0o600 {
		t.Errorf("the backup has mode %v, %v; expected 0600", info.Mode(), err)
	}
	for _, command := range []string{"check", "compact"} {
		if code, _, talk := run(t, nil, "store", command, "--data", data); code != 3 || !strings.Contains(talk, "running Shopbell") {
			t.Errorf("%s beside serve ended with %d: %s", command, code, talk)
		}
	}
	want := listed(t, data)
	stopped(t, serve)
	if code, _, talk := run(t, nil, "store", "backup", "--data", data, file); code != 1 || !strings.Contains(talk, "there already") {
		t.Errorf("a backup over another ended with %d: %s", code, talk)
	}
	if code, _, talk := run(t, nil, "store", "restore", "--data", data, file); code != 1 || !strings.Contains(talk, "not empty") {
		t.Errorf("a restore over a store ended with %d: %s", code, talk)
	}
	other := t.TempDir()
	if code, out, talk := run(t, nil, "store", "restore", "--data", other, file); code != 0 || !strings.Contains(out, "1 captures") {
		t.Fatalf("restore ended with %d: %s%s", code, out, talk)
	}
	if got := listed(t, other); len(got) != 1 || got[0]["id"] != want[0]["id"] {
		t.Errorf("restored %v, want %v", got, want)
	}
	if code, _, _ := run(t, nil, "store", "restore", "--data", t.TempDir(), filepath.Join("testdata", "tweed.http")); code != 2 {
		t.Errorf("a restore of another file ended with %d", code)
	}
}

func TestStoreIsCheckedAndCompacted(t *testing.T) {
	data := t.TempDir()
	serve := startServe(t, data, "--shop", newShop(t).URL, "--endpoint", "tweed")
	answer, err := http.Post(pick(serve, "url")[0], "text/plain", strings.NewReader(strings.Repeat("a large body ", 1000)))
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	stopped(t, serve)
	code, out, talk := run(t, nil, "store", "check", "--data", data, "--json")
	var report struct{ Captures, Wrong int }
	if err := json.Unmarshal([]byte(out), &report); err != nil || code != 0 || report.Captures != 1 || report.Wrong != 0 {
		t.Errorf("check ended with %d: %s%s %v", code, out, talk, err)
	}
	if code, out, talk := run(t, nil, "store", "compact", "--data", data); code != 0 || !strings.Contains(out, "after") {
		t.Errorf("compact ended with %d: %s%s", code, out, talk)
	}
	id := listed(t, data)[0]["id"].(string)
	logs, err := filepath.Glob(filepath.Join(data, "captures", "*.vlog"))
	if err != nil || len(logs) == 0 {
		t.Fatalf("no value log: %v", err)
	}
	for _, file := range logs {
		if err := os.Truncate(file, 20); err != nil {
			t.Fatal(err)
		}
	}
	if code, out, _ := run(t, nil, "store", "check", "--data", data, "--repair"); code != 1 || !strings.Contains(out, id) {
		t.Errorf("check of a cut store ended with %d: %s\nexpected 1 and the id %s", code, out, id)
	}
	if got := listed(t, data); len(got) != 1 {
		t.Errorf("the list of a cut store has %d captures, expected the one whose summary is left", len(got))
	}
	if code, _, talk := run(t, nil, "store", "check", "--data", filepath.Join(data, "none")); code != 2 {
		t.Errorf("check of nothing ended with %d: %s", code, talk)
	}
}

func TestAPlainStoreBecomesAnEncryptedOneByBackupAndRestore(t *testing.T) {
	plain, sealed := t.TempDir(), t.TempDir()
	serve := startServe(t, plain, "--shop", newShop(t).URL, "--endpoint", "tweed")
	deliver(http.DefaultClient, pick(serve, "url")[0])
	stopped(t, serve)
	file, config := filepath.Join(t.TempDir(), "backup"), filepath.Join(t.TempDir(), "shopbell.toml")
	if err := os.WriteFile(config, []byte("[keep]\nencrypt = \"file:key\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(config), "key"), []byte(strings.Repeat("0123456789abcdef", 3)), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, talk := run(t, nil, "list", "--data", plain, "--config", config); code != 3 || !strings.Contains(talk, "key does not fit") {
		t.Errorf("a plain store with a key: list ended with %d: %s", code, talk)
	}
	if code, _, talk := run(t, nil, "store", "backup", "--data", plain, file); code != 0 {
		t.Fatalf("backup ended with %d: %s", code, talk)
	}
	if code, _, talk := run(t, nil, "store", "restore", "--data", sealed, "--config", config, file); code != 0 {
		t.Fatalf("restore ended with %d: %s", code, talk)
	}
	if code, _, talk := run(t, nil, "list", "--data", sealed); code != 3 || !strings.Contains(talk, "key does not fit") {
		t.Errorf("without the key list ended with %d: %s", code, talk)
	}
	if code, out, talk := run(t, nil, "list", "--json", "--data", sealed, "--config", config); code != 0 || strings.Count(out, "\n") != 1 {
		t.Errorf("with the key list ended with %d: %s%s", code, out, talk)
	}
}
