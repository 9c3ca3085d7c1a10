//go:build unix

package console_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// pipe makes a named pipe into which write puts what a reader gets.
func pipe(t *testing.T, write func(*os.File)) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pipe.http")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	go func() {
		if f, err := os.OpenFile(path, os.O_WRONLY, 0); err == nil {
			defer f.Close()
			write(f)
		}
	}()
	return path
}

func TestARequestMayComeByANamedPipe(t *testing.T) {
	request, err := os.ReadFile("testdata/tweed.http")
	if err != nil {
		t.Fatal(err)
	}
	path := pipe(t, func(f *os.File) { _, _ = f.Write(request) })
	code, out, talk := run(t, nil, "sign", "--provider", "tweed", "--secret", "s", path)
	if code != 0 || !strings.HasPrefix(out, "POST ") {
		t.Errorf("exit %d, %q %s, expected the signed request", code, out, talk)
	}
}

func TestWhatIsEndlessIsNoRequest(t *testing.T) {
	for name, path := range map[string]string{
		"device": "/dev/zero",
		"head": pipe(t, func(f *os.File) {
			for err := error(nil); err == nil; {
				_, err = f.WriteString("POST / HTTP/1.1\r\n")
			}
		}),
		"body": pipe(t, func(f *os.File) {
			_, err := f.WriteString("POST / HTTP/1.1\r\nHost: a.example\r\n\r\n")
			for block := make([]byte, 1<<16); err == nil; {
				_, err = f.Write(block)
			}
		}),
		"folder": t.TempDir(),
	} {
		code, _, talk := run(t, nil, "verify", "--provider", "tweed", "--secret", "s", path)
		if code != 2 || !strings.Contains(talk, path) {
			t.Errorf("%s: exit %d, %q, expected a word on %s", name, code, talk, path)
		}
	}
}

func TestAnOddFileOfSettingsIsSaid(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.toml"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, what := range map[string]string{filepath.Join(dir, "pipe.toml"): "a named pipe", "/dev/zero": "a device", dir: "a folder"} {
		code, _, talk := run(t, nil, "--config", path, "providers", "tweed")
		if code != 2 || !strings.Contains(talk, "it is "+what+" and no regular file, expected a TOML file") {
			t.Errorf("%s: exit %d, %q, expected what it is", path, code, talk)
		}
		code, _, talk = run(t, nil, "verify", "--provider", "tweed", "--secret", "file:"+path, "testdata/tweed.http")
		if code != 2 || !strings.Contains(talk, "it is "+what+" and no regular file") {
			t.Errorf("secret %s: exit %d, %q, expected what it is", path, code, talk)
		}
	}
	if code, _, talk := run(t, nil, "--config", os.DevNull, "providers", "tweed"); code != 0 {
		t.Errorf("exit %d, %q, expected the null device to be a file without settings", code, talk)
	}
}

func TestAnOwnProviderInPlaceOfABuiltInOneIsSaid(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	config := write("shopbell.toml", "")
	write("providers/better.toml", "id = \"tweed\"\nname = \"Mine\"\ncategory = \"own\"\ndocs = \"https://example.com/hooks\"\n"+
		"sure = \"primary\"\nmark = \"Mi\"\ncolour = \"#495057\"\n[scheme]\nkind = \"unsigned\"\n")
	const says = `shopbell: better.toml stands in place of the built-in provider "tweed"`
	for _, args := range [][]string{{"providers"}, {"providers", "tweed"}, {"providers", "--json", "tweed"}, {"verify", "--provider", "tweed", "testdata/tweed.http"}} {
		_, out, talk := run(t, nil, append([]string{"--config", config}, args...)...)
		if strings.Count(talk, says) != 1 {
			t.Errorf("%s: said %q, expected once %q", args, talk, says)
		}
		var object struct {
			Own      bool `json:"own"`
			Replaces bool `json:"replaces_built_in"`
		}
		switch err := json.Unmarshal([]byte(out), &object); {
		case args[0] != "providers":
		case len(args) == 3 && (err != nil || !object.Own || !object.Replaces):
			t.Errorf("%s: got %+v, %v", args, object, err)
		case len(args) < 3 && !strings.Contains(out, "yours, in place of the built-in one"):
			t.Errorf("%s: printed %s, expected whose it is", args, out)
		}
	}
}
