package engine_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

// until waits for what the engine does by itself; it fails after a minute.
func until(t *testing.T, e *engine.Engine, what string, done func() bool) {
	t.Helper()
	changed, end := e.Subscribe()
	defer end()
	limit := time.After(time.Minute)
	for !done() {
		select {
		case <-changed:
		case <-time.After(50 * time.Millisecond): // what tells of nothing, such as the store
		case <-limit:
			_, wrong := e.FileState()
			t.Fatalf("waited a minute for %s; the file: %v", what, wrong)
		}
	}
}

// rewrite replaces the config file as an editor does: by a rename.
func rewrite(t *testing.T, file, text string) {
	t.Helper()
	temp := file + ".new"
	if err := os.WriteFile(temp, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(temp, file); err != nil {
		t.Fatal(err)
	}
}

// live are options for an engine whose settings are those of its file.
func live(t *testing.T, config string) engine.Options {
	t.Helper()
	t.Parallel() // they mostly wait
	o := options(t, config)
	var err error
	if o.Settings, err = settings.Load(o.File, false, o.Catalog); err != nil {
		t.Fatal(err)
	}
	return o
}

// tweedConfig has one endpoint for the catalogue's example of Tweed.
func tweedConfig(shop, rest string) string {
	return "[tunnel]\nlisten = \"127.0.0.1:0\"\n[shop]\nurl = \"" + shop + "\"\n[[endpoint]]\nname = \"tweed\"\nprovider = \"tweed\"\npath = \"/tweed/x\"\n" + rest
}

// tweed is the example, sent to the endpoint of tweedConfig.
func tweed(e *engine.Engine) (m signature.Message, secret string) {
	p, _ := e.Catalog().Get("tweed")
	m = p.Examples[0].Message
	m.Target = "/tweed/x"
	return m, p.Examples[0].Secret
}

func sendTweed(t *testing.T, e *engine.Engine) int {
	t.Helper()
	m, _ := tweed(e)
	r, err := inspectortest.Send(t.Context(), e.Local().URL, m)
	if err != nil {
		t.Fatal(err)
	}
	return r.Status
}

func TestWrongFileIsReportedWithItsLineAndChangesNothing(t *testing.T) {
	good := tweedConfig("http://127.0.0.1:9", "")
	o := live(t, good)
	e := start(t, o)
	for _, c := range []struct{ name, text, says string }{
		{"cut in a word", good[:len(good)-5], ":8:"},
		{"a wrong value", strings.Replace(good, "path = ", "tolerance = \"never\"\npath = ", 1), "tolerance is \"never\""},
		{"a secret that is not there", good + "secrets = [\"env:NOT_SET\"]\n", ":9:"},
		{"nothing", "", "empty"},
	} {
		if err := os.WriteFile(o.File, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		until(t, e, c.name, func() bool { return strings.Contains(strings.Join(e.Problems(), ""), c.says) })
		if s := e.Settings(); len(s.Endpoints) != 1 || s.Endpoints[0].Tolerance != 0 || s.Endpoints[0].Path != "/tweed/x" {
			t.Errorf("%s: the settings became %+v", c.name, s)
		}
	}
	if err := os.Remove(o.File); err != nil {
		t.Fatal(err)
	}
	until(t, e, "the file to be missed", func() bool { return strings.Contains(strings.Join(e.Problems(), ""), "is gone") })
	if err := os.Mkdir(o.File, 0o700); err != nil { // no permission would not stop root
		t.Fatal(err)
	}
	until(t, e, "a file that cannot be read", func() bool { return strings.Contains(strings.Join(e.Problems(), ""), "reading the config file") })
	if err := os.Remove(o.File); err != nil {
		t.Fatal(err)
	}
	rewrite(t, o.File, good)
	until(t, e, "the problem to go", func() bool { return len(e.Problems()) == 0 })
}

func TestLastOfAThousandFastWritesHolds(t *testing.T) {
	o := live(t, tweedConfig("http://127.0.0.1:9", ""))
	e := start(t, o)
	for n := 1; n <= 1000; n++ {
		text := tweedConfig("http://127.0.0.1:9", fmt.Sprintf("[keep]\ndays = %d\n", n))
		if n%2 == 0 {
			rewrite(t, o.File, text)
		} else if err := os.WriteFile(o.File, []byte(text), 0o600); err != nil { // in place, half written for a moment
			t.Fatal(err)
		}
	}
	until(t, e, "the last one", func() bool { return e.Settings().Keep.Days == 1000 })
	taken, wrong := e.FileState()
	if wrong != nil || taken > 900 {
		t.Errorf("%d of 1000 were put in force, %v", taken, wrong)
	}
}

func TestFileBehindALinkIsFollowed(t *testing.T) {
	o := live(t, tweedConfig("http://127.0.0.1:9", ""))
	other := filepath.Join(t.TempDir(), "other.toml")
	rewrite(t, other, tweedConfig("http://127.0.0.1:9", "[keep]\ndays = 5\n"))
	e := start(t, o)
	if err := os.Remove(o.File); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(other, o.File); err != nil {
		t.Fatal(err)
	}
	until(t, e, "the linked file", func() bool { return e.Settings().Keep.Days == 5 })
	rewrite(t, other, tweedConfig("http://127.0.0.1:9", "[keep]\ndays = 6\n"))
	until(t, e, "its change", func() bool { return e.Settings().Keep.Days == 6 })
}

func TestChangeOfEncryptIsSaidAndDoesNotHold(t *testing.T) {
	o := live(t, "")
	e := start(t, o)
	rewrite(t, o.File, "[keep]\nencrypt = \"keyring:shopbell store\"\n")
	until(t, e, "the word on encrypt", func() bool { return strings.Contains(strings.Join(e.Problems(), ""), "encrypt in [keep]") })
	rewrite(t, o.File, "# nothing\n")
	until(t, e, "its end", func() bool { return len(e.Problems()) == 0 })
}

func TestFlagsStayOverAChangedFile(t *testing.T) {
	o := live(t, "")
	o.Lay = func(s settings.Settings) (settings.Settings, error) {
		s.Shop.URL = "http://127.0.0.1:9"
		return s, nil
	}
	o.Settings, _ = o.Lay(o.Settings)
	e := start(t, o)
	rewrite(t, o.File, "[shop]\nurl = \"http://127.0.0.1:10\"\n[keep]\ndays = 2\n")
	until(t, e, "the file", func() bool { return e.Settings().Keep.Days == 2 })
	if got := e.Settings().Shop.URL; got != "http://127.0.0.1:9" {
		t.Errorf("the flag's shop became %s", got)
	}
}

// exampleSecret and exampleTime are of the example that tweed sends.
func exampleSecret(t *testing.T, o engine.Options) string {
	t.Helper()
	p, ok := o.Catalog.Get("tweed")
	if !ok || p.Examples[0].Secret == "" {
		t.Fatal("the catalogue has no example of tweed")
	}
	return p.Examples[0].Secret
}

func exampleTime(t *testing.T, o engine.Options) time.Time {
	t.Helper()
	p, _ := o.Catalog.Get("tweed")
	return p.Examples[0].At
}
