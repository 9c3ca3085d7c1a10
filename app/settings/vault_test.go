package settings

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"
)

// drawer is a keyring in memory with the behaviour of the real ones.
func drawer() Keyring {
	held := map[string]string{}
	return Keyring{
		Get: func(name string) (string, error) {
			if value, ok := held[name]; ok {
				return value, nil
			}
			return "", keyring.ErrNotFound
		},
		Set:    func(name, value string) error { held[name] = value; return nil },
		Delete: func(name string) error { delete(held, name); return nil },
	}
}

func TestSecretsComeFromWhereTheReferenceSays(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"lf": "s3cret \n", "crlf": "s3cret \r\n", "two": "s3cret \n\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	v := Vault{Env: []string{"A=old", "A=s3cret "}, Dir: dir, Keyring: drawer()}
	r, err := v.Put("yshop live", "s3cret ")
	if err != nil || r != "keyring:yshop live" {
		t.Fatalf("Put gave %q, %v", r, err)
	}
	for _, r := range []Reference{r, "env:A", "file:lf", "file:crlf", Reference("file:" + filepath.Join(dir, "lf"))} {
		got, err := v.Resolve(r)
		if err != nil || got.Value() != "s3cret " || got.Label != string(r) {
			t.Errorf("%s: got %q labelled %q (%v), expected \"s3cret \"", r, got.Value(), got.Label, err)
		}
	}
	if got, _ := v.Resolve("file:two"); got.Value() != "s3cret \n" {
		t.Errorf("got %q, expected one newline to be cut", got.Value())
	}
}

func TestAMissingSecretNamesItsReference(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "big"), make([]byte, maxSecret+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "empty"), []byte("\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	v := Vault{Env: []string{"EMPTY="}, Dir: dir, Keyring: drawer()}
	for _, r := range []Reference{"env:NONE", "env:EMPTY", "file:none", "file:big", "file:empty", "file:.", "keyring:none"} {
		_, err := v.Resolve(r)
		var p *Problem
		if !errors.As(err, &p) || p.Advice == "" || !strings.Contains(p.Says, `"`+string(r)+`"`) {
			t.Errorf("%s: got %v, expected a Problem that names it, with advice", r, err)
		}
	}
	if _, err := v.Resolve("hunter2"); err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("got %v, expected an error that does not show the text", err)
	}
}

func TestAMissingSecretIsReportedAtItsLine(t *testing.T) {
	s := read(t, tended)
	_, err := Vault{Env: []string{"NGROK=x"}, Keyring: drawer()}.ResolveAll(s)
	if err == nil || !strings.HasPrefix(err.Error(), "shopbell.toml:13: the secret \"keyring:yshop live\"") {
		t.Errorf("got %v, expected line 13", err)
	}
	_, err = Vault{Keyring: drawer()}.ResolveAll(s)
	if err == nil || !strings.HasPrefix(err.Error(), "shopbell.toml:5: the secret \"env:NGROK\" needs the environment variable NGROK, which is not set or empty") {
		t.Errorf("got %v, expected line 5", err)
	}
}

func TestOneEndpointNeedsItsOwnSecretsOnly(t *testing.T) {
	s := read(t, `
[[endpoint]]
name = "a"
provider = "yshop"
secrets = ["env:A", "env:B"]
[[endpoint]]
name = "b"
provider = "yshop"
secrets = ["env:NONE"]
`)
	v := Vault{Env: []string{"A=one", "B=two"}}
	got, err := v.ResolveEndpoint(s, "a")
	if err != nil || len(got) != 2 || got[0].Value() != "one" || got[1].Value() != "two" {
		t.Errorf("a: got %v, %v, expected its two secrets in order", got, err)
	}
	if _, err := v.ResolveEndpoint(s, "b"); err == nil || !strings.HasPrefix(err.Error(), "shopbell.toml:9: the secret \"env:NONE\"") {
		t.Errorf("b: got %v, expected line 9", err)
	}
	if _, err := v.ResolveEndpoint(s, "c"); err == nil || !strings.Contains(err.Error(), `"c"`) {
		t.Errorf("c: got %v, expected an error that names it", err)
	}
}

func TestTextThatBeginsLikeAReferenceMeansOne(t *testing.T) {
	for text, want := range map[string]bool{
		"env:": true, "env:TW 1": true, "file:": true, "keyring:x": true,
		"env": false, "": false, "whsec:x": false, "environment:x": false, ":env": false,
	} {
		if got := MeansReference(text); got != want {
			t.Errorf("%q: got %v, expected %v", text, got, want)
		}
	}
}

func TestAKeyringThatHangsIsGivenUp(t *testing.T) {
	end := make(chan struct{})
	defer close(end)
	stuck := Keyring{
		Get: func(string) (string, error) { <-end; return "", nil },
		Set: func(string, string) error { <-end; return nil },
	}
	v := Vault{Keyring: stuck, Wait: time.Millisecond}
	if _, err := v.Resolve("keyring:a"); !errors.Is(err, errSilent) {
		t.Errorf("got %v, expected that the keyring does not answer", err)
	}
	if _, err := v.Put("a", "b"); !errors.Is(err, errSilent) {
		t.Errorf("got %v, expected that the keyring does not answer", err)
	}
}

func TestAKeyringErrorNeverShowsTheValue(t *testing.T) {
	v := Vault{Keyring: Keyring{
		Get: func(string) (string, error) { return "", errors.New("no bus") },
		Set: func(_, value string) error { return errors.New("could not run: store " + value) },
	}}
	if _, err := v.Put("a", "hunter2"); err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("got %v, expected an error without the value", err)
	}
	var p *Problem
	if _, err := v.Resolve("keyring:a"); !errors.As(err, &p) || !strings.Contains(p.Advice, "env:NAME") {
		t.Errorf("got %v, expected advice to use env:NAME", err)
	}
}

func TestAReferenceIsReadOrRefusedWithoutShowingIt(t *testing.T) {
	for _, good := range []string{"keyring:yshop live", "env:A_B", "file:/run/secrets/a", "file:C:\\a", "file:rel/a b"} {
		if r, err := ParseReference(good); err != nil || string(r) != good {
			t.Errorf("%s: got %v", good, err)
		}
	}
	for _, bad := range []string{"", "hunter2", "whsec:hunter2", "keyring:", "env: ", "env:hunter2==", "file:hunter2\x00", "env:hunter2 x", "keyring:" + strings.Repeat("hunter2", 99)} {
		if _, err := ParseReference(bad); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: got %v, expected an error that does not show it", bad, err)
		}
	}
}

func TestAFileThatOthersMayReadIsNoted(t *testing.T) {
	dir := t.TempDir()
	v := Vault{Dir: dir}
	for name, mode := range map[string]os.FileMode{"open": 0o644, "shut": 0o600} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("hunter2"), mode); err != nil {
			t.Fatal(err)
		}
	}
	if note := v.Note("file:open"); os.PathSeparator == '/' && !strings.Contains(note, "0644") {
		t.Errorf("got %q, expected the mode 0644", note)
	}
	if note := v.Note("file:shut") + v.Note("file:none") + v.Note("env:A"); note != "" {
		t.Errorf("got %q, expected nothing", note)
	}
}
