package console_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shopbell/app/console"
)

func TestWrongFlagsAreNamedAndStartNothing(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	for says, args := range map[string][]string{
		`no provider is called "nope"`:            {"--endpoint", "nope"},
		`--tunnel is "foo", expected one of`:      {"--tunnel", "foo"},
		`the ssh tunnel needs a server`:           {"--tunnel", "ssh"},
		`--service is "srv"`:                      {"--tunnel", "ssh", "--service", "srv"},
		`--server is "a b"`:                       {"--tunnel", "ssh", "--server", "a b"},
		"--server holds a password":               {"--tunnel", "ssh", "--server", "me:hunter2@x"},
		`--bind is "x"`:                           {"--tunnel", "ssh", "--server", "h", "--bind", "x"},
		`--host-key is "x"`:                       {"--tunnel", "ssh", "--server", "h", "--host-key", "x"},
		`--public-url is "https://x/y"`:           {"--tunnel", "ssh", "--server", "h", "--public-url", "https://x/y"},
		`--domain is "https://x.example"`:         {"--domain", "https://x.example"},
		`--listen is "nowhere"`:                   {"--listen", "nowhere"},
		`--shop is "ftp://x"`:                     {"--shop", "ftp://x"},
		"--shop holds a user name or password":    {"--shop", "http://me:hunter2@x"},
		`--forward is "a b"`:                      {"--endpoint", "truust", "--forward", "a b"},
		`--answer is "maybe"`:                     {"--endpoint", "truust", "--answer", "maybe"},
		`--unverified is "drop"`:                  {"--endpoint", "truust", "--unverified", "drop"},
		`the secret "env:NOT_THERE"`:              {"--endpoint", "tweed=env:NOT_THERE"},
		`"--endpoint tweed=" names nothing after`: {"--endpoint", "tweed=env:"},
	} {
		code, out, talk := run(t, nil, append([]string{"serve", "--data", data}, args...)...)
		if code != 2 || out != "" || !strings.Contains(talk, says) || strings.Contains(talk, "the line") || strings.Contains(talk, "hunter2") {
			t.Errorf("%q ended with %d and said %q, expected %q, no password and nothing of a file", args, code, talk, says)
		}
		if _, err := os.Stat(data); err == nil {
			t.Fatalf("%q left %s behind", args, data)
		}
	}
}

func TestANamedSettingsFileIsReadByEveryCommand(t *testing.T) {
	t.Chdir(requests(t))
	write(t, "broken.toml", "[shop]\nurll = \"x\"\n")
	write(t, "good.toml", "")
	for _, args := range [][]string{
		{"list"}, {"show", "01"}, {"providers"}, {"providers", "tweed"}, {"replay", "01"}, {"watch"}, {"serve"},
		{"verify", "--provider", "twisto", "twisto.http"}, {"sign", "--provider", "twisto", "twisto.http"},
		{"send", "--provider", "tweed", "--to", "http://localhost:1"},
	} {
		wantEnd(t, 2, "broken.toml:2:", append(args, "--config", "broken.toml")...)
		wantEnd(t, 2, "nowhere.toml", append(args, "--config", "nowhere.toml")...)
	}
	if code, _, talk := run(t, nil, "providers", "--config", "good.toml"); code != 0 {
		t.Errorf("a good file ended with %d: %s", code, talk)
	}
}

func TestASizeLimitIsNotTakenForAWrongForm(t *testing.T) {
	if _, _, talk := run(t, []byte("POST /"+strings.Repeat("x", 70<<10)+" HTTP/1.1\r\n\r\n"), "verify", "--provider", "twisto", "-"); strings.Contains(talk, "expected a raw HTTP request") || !strings.Contains(talk, "too large") {
		t.Errorf("a head over the limit is answered with %q", talk)
	}
}

func TestABrokenDefaultFileDoesNotStopWhatNeedsNone(t *testing.T) {
	home := t.TempDir()
	write(t, filepath.Join(home, "shopbell.toml"), "[shop\n")
	if err := os.MkdirAll(filepath.Join(home, "shopbell"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(home, "shopbell", "shopbell.toml"), "[shop\n")
	for _, args := range [][]string{{"list"}, {"providers"}} {
		var out, talk strings.Builder
		env := []string{"HOME=" + home, "XDG_CONFIG_HOME=" + home, "XDG_DATA_HOME=" + home, "AppData=" + home, "LocalAppData=" + home}
		if code := console.Run(t.Context(), args, env, strings.NewReader(""), &out, &talk, "0"); code != 0 {
			t.Errorf("%q ended with %d: %s", args, code, talk.String())
		}
		if code := console.Run(t.Context(), []string{"serve"}, env, strings.NewReader(""), &out, &talk, "0"); code != 2 {
			t.Errorf("serve ended with %d, expected that it reads the broken file: %s", code, talk.String())
		}
	}
}
