package settings

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// tended is a file that somebody looks after, in Windows line ends.
var tended = strings.ReplaceAll(`# Our shop. Ask Anna before changing.

[tunnel]
	kind   =   "ngrok"   # since March
	authtoken = "env:NGROK"

# --- payment ---
[[endpoint]]   # the live one
name      = "yshop live"
provider  = "yshop"
path      = "/yshop/9f1c"   # do not touch
secrets   = [
	"keyring:yshop live", # new
	"keyring:yshop old",
]
answer    = "accept"

# --- wallet ---
[[endpoint]]
name = "tweed"
provider = "tweed"
# path follows

[keep]
days = 30 # legal says 30`, "\n", "\r\n")

// file writes text to a config file of its own and returns its path.
func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "shopbell.toml")
	if err := os.WriteFile(path, []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
	return path
}

func contentOf(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// wantText checks that path holds text with the replacements, in pairs of old
// and new, made in it, and not a byte more.
func wantText(t *testing.T, path, text string, replacements ...string) {
	t.Helper()
	for i := 0; i < len(replacements); i += 2 {
		old, now := strings.ReplaceAll(replacements[i], "\n", "\r\n"), strings.ReplaceAll(replacements[i+1], "\n", "\r\n")
		if strings.Count(text, old) != 1 {
			t.Fatalf("%q stands %d times in the text, expected once", old, strings.Count(text, old))
		}
		text = strings.Replace(text, old, now, 1)
	}
	if got := contentOf(t, path); got != text {
		t.Errorf("got\n%s\nwant\n%s", got, text)
	}
}

func TestAnEditChangesOnlyWhatItNames(t *testing.T) {
	path := file(t, tended)
	if err := Edit(path).Set("keep", "days", int64(90)); err != nil {
		t.Fatal(err)
	}
	if err := Edit(path).Set("tunnel", "domain", "shop.ngrok.app"); err != nil {
		t.Fatal(err)
	}
	wantText(t, path, tended, "days = 30 #", "days = 90 #",
		"\"env:NGROK\"\n", "\"env:NGROK\"\n\tdomain = \"shop.ngrok.app\"\n")
	if err := Edit(path).Set("shop", "url", "http://localhost:3000"); err != nil {
		t.Fatal(err)
	}
	if got := contentOf(t, path); !strings.HasSuffix(got, "says 30\r\n\r\n[shop]\r\nurl = \"http://localhost:3000\"\r\n") {
		t.Errorf("got %q, expected a new table at the end", got)
	}
}

func TestChangingAnEndpointKeepsItsComments(t *testing.T) {
	path := file(t, tended)
	e := read(t, tended).Endpoints[0]
	e.Name, e.Answer, e.Tolerance, e.Forward = "yshop \"shop\"", "shop", 90*time.Second, "/hook?a=b"
	if err := Edit(path).PutEndpoint("yshop live", e); err != nil {
		t.Fatal(err)
	}
	wantText(t, path, tended, "name      = \"yshop live\"", "name      = \"yshop \\\"shop\\\"\"",
		"answer    = \"accept\"\n", "forward = \"/hook?a=b\"\ntolerance = \"90s\"\n")
}

func TestTheKeysOfTheQueueAreWrittenWhereTheyAreNotTheDefault(t *testing.T) {
	path := file(t, tended)
	e := read(t, tended).Endpoints[0]
	e.Concurrency, e.WhenStuck = 8, "pass"
	if err := Edit(path).PutEndpoint("yshop live", e); err != nil {
		t.Fatal(err)
	}
	wantText(t, path, tended, "answer    = \"accept\"\n", "answer    = \"accept\"\nconcurrency = 8\nwhen_stuck = \"pass\"\n")
	if err := Edit(path).PutEndpoint("yshop live", Endpoint{Name: e.Name, Provider: e.Provider, Path: e.Path, Secrets: e.Secrets, Answer: e.Answer}); err != nil {
		t.Fatal(err)
	}
	wantText(t, path, tended)
}

func TestAnAddedEndpointStandsAtTheEndWithAPathOfItsOwn(t *testing.T) {
	path := file(t, tended)
	if err := Edit(path).PutEndpoint("new", Endpoint{Name: "new", Provider: "truust", Secrets: []Reference{"env:A"}}); err != nil {
		t.Fatal(err)
	}
	s := read(t, contentOf(t, path))
	if e := s.Endpoints[2]; e.Name != "new" || !strings.HasPrefix(e.Path, "/truust/") || e.Secrets[0] != "env:A" {
		t.Errorf("got %+v, expected the new endpoint", e)
	}
	if len(s.Generated) != 1 || s.Generated[0] != "tweed" {
		t.Errorf("Generated is %q, expected tweed alone", s.Generated)
	}
}

func TestRemovingAnEndpointLeavesTheOthersAlone(t *testing.T) {
	path := file(t, tended)
	if err := Edit(path).RemoveEndpoint("yshop live"); err != nil {
		t.Fatal(err)
	}
	got := contentOf(t, path)
	start := strings.Index(tended, "[[endpoint]]   #")
	end := strings.Index(tended, "# --- wallet")
	if want := tended[:start] + tended[end:]; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if err := Edit(path).RemoveEndpoint("yshop live"); err == nil || !strings.Contains(err.Error(), `"yshop live"`) {
		t.Errorf("removing it again: got %v, expected an error that names it", err)
	}
}

func TestPathsAreFilledInOnce(t *testing.T) {
	path := file(t, tended)
	s := read(t, tended)
	if err := Edit(path).FillPaths(s); err != nil {
		t.Fatal(err)
	}
	wantText(t, path, tended, "provider = \"tweed\"\n", "provider = \"tweed\"\npath = \""+s.Endpoints[1].Path+"\"\n")
	other := read(t, tended) // another program that started at the same moment
	if err := Edit(path).FillPaths(other); err != nil {
		t.Fatal(err)
	}
	if got := read(t, contentOf(t, path)).Endpoints[1].Path; got != s.Endpoints[1].Path {
		t.Errorf("the path became %q, expected the first one to stay", got)
	}
}

func TestInlineTablesAreEditedToo(t *testing.T) {
	text := "shop = { url = \"http://a\" } # x\ntunnel.kind = \"local\"\nendpoint = [\n  {name=\"a\", provider=\"tweed\", path=\"/a\", answer=\"accept\"},\n  {name=\"b\", provider=\"tweed\", path=\"/b\"}, # b, really\n]\n"
	path := file(t, text)
	f := Edit(path)
	for _, err := range []error{
		f.Set("shop", "url", "http://b"), f.Set("tunnel", "https", true),
		f.PutEndpoint("a", Endpoint{Name: "a", Provider: "truust", Path: "/a"}),
		f.RemoveEndpoint("b"), f.PutEndpoint("c", Endpoint{Name: "c", Path: "/"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	want := "shop = { url = \"http://b\" } # x\ntunnel.kind = \"local\"\ntunnel.https = true\nendpoint = [\n  { name=\"a\", provider = \"truust\", path=\"/a\" }, { name = \"c\", path = \"/\" }, # b, really\n]\n"
	if got := contentOf(t, path); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAnEditThatWouldNotLoadIsRefused(t *testing.T) {
	path := file(t, tended)
	f := Edit(path)
	for name, err := range map[string]error{
		"unknown key":    f.Set("shop", "urll", "http://localhost"),
		"unknown table":  f.Set("shops", "url", "http://localhost"),
		"bad URL":        f.Set("shop", "url", "localhost"),
		"wrong type":     f.Set("keep", "days", "30"),
		"other value":    f.Set("keep", "days", 1.5),
		"bad path":       f.PutEndpoint("tweed", Endpoint{Name: "tweed", Provider: "tweed", Path: "no"}),
		"no place":       f.PutEndpoint("tweed", Endpoint{Name: "tweed", Provider: "tweed", Path: "/t", Concurrency: -1}),
		"many places":    f.PutEndpoint("tweed", Endpoint{Name: "tweed", Provider: "tweed", Path: "/t", Concurrency: 33}),
		"other stuck":    f.PutEndpoint("tweed", Endpoint{Name: "tweed", Provider: "tweed", Path: "/t", WhenStuck: "skip"}),
		"taken name":     f.PutEndpoint("tweed", Endpoint{Name: "yshop live", Provider: "tweed", Path: "/t"}),
		"taken path":     f.PutEndpoint("tweed", Endpoint{Name: "tweed", Provider: "tweed", Path: "/yshop/9f1c"}),
		"written secret": f.PutEndpoint("tweed", Endpoint{Name: "tweed", Provider: "tweed", Path: "/t", Secrets: []Reference{"hunter2"}}),
	} {
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: got %v, expected a refusal that shows no secret", name, err)
		}
	}
	wantText(t, path, tended)
}

func TestABrokenFileIsNotTouched(t *testing.T) {
	path := file(t, "[shop]\nurl = oops\n")
	var p *Problem
	if err := Edit(path).Set("keep", "days", 3); !errors.As(err, &p) || p.Line != 2 {
		t.Errorf("got %v, expected the problem in line 2", err)
	}
	if got := contentOf(t, path); got != "[shop]\nurl = oops\n" {
		t.Errorf("the file became %q", got)
	}
}

func TestANewFileIsPrivateAndAnOldOneKeepsItsMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "er", "shopbell.toml")
	if err := Edit(path).Set("keep", "days", 3); err != nil {
		t.Fatal(err)
	}
	wantMode(t, path, 0o600)
	wantText(t, path, "[keep]\ndays = 3\n")
	old := file(t, tended)
	if err := Edit(old).Set("keep", "days", 3); err != nil {
		t.Fatal(err)
	}
	wantMode(t, old, 0o640)
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(old), ".shopbell-*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func wantMode(t *testing.T, path string, mode fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if os.PathSeparator == '/' && info.Mode().Perm() != mode {
		t.Errorf("%s has mode %v, expected %v", path, info.Mode(), mode)
	}
}
