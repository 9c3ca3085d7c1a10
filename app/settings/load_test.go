package settings

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

const whole = `[tunnel]
kind = "ngrok"              # ngrok | ssh | local
domain = ""
authtoken = "keyring:ngrok"
[shop]
url = "http://localhost:8080"
[[endpoint]]
name = "yshop live"
provider = "yshop"
path = "/yshop/9f1c07de55b04a0e"
secrets = ["keyring:yshop live"]
forward = "/webhooks/yshop"
answer = "accept"
unverified = "forward"
tolerance = "5m"
concurrency = 4
when_stuck = "pass"
[limits]
body = "2MB"
wait = "5s"
[keep]
days = 7
size = "1.5GiB"
[window]
theme = "dark"
scale = 120
density = "compact"
language = "cs"
close_to_tray = true
start = "hidden"
hide_personal = true
[notify]
failed = false
tunnel = false
shop = false
quiet = "22:00-07:00"
`

// read parses text as a config file that names seed providers.
func read(t *testing.T, text string) Settings {
	t.Helper()
	s, _, err := parse("shopbell.toml", []byte(text), seedIDs)
	if err != nil {
		t.Fatalf("reading %q: %v", text, err)
	}
	return s
}

func TestEveryKeyIsRead(t *testing.T) {
	got := plain(read(t, whole))
	want := Settings{
		Tunnel: Tunnel{Kind: "ngrok", Authtoken: "keyring:ngrok"},
		Shop:   Shop{URL: "http://localhost:8080"},
		Endpoints: []Endpoint{{
			Name: "yshop live", Provider: "yshop", Path: "/yshop/9f1c07de55b04a0e",
			Secrets: []Reference{"keyring:yshop live"}, Forward: "/webhooks/yshop",
			Answer: "accept", Unverified: "forward", Tolerance: 5 * time.Minute, Concurrency: 4, WhenStuck: "pass",
		}},
		Limits: Limits{Body: 2_000_000, Wait: 5 * time.Second},
		Keep:   Keep{Days: 7, Size: 3 << 29},
		Window: Window{Theme: "dark", Scale: 120, Density: "compact", Language: "cs", CloseToTray: true, Start: "hidden", HidePersonal: true},
		Notify: Notify{Quiet: "22:00-07:00"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestWhatIsLeftOutHasItsDefault(t *testing.T) {
	if got := read(t, ""); !reflect.DeepEqual(plain(got), plain(Default())) {
		t.Errorf("an empty file gives %+v, expected the default", got)
	}
	e := read(t, "[[endpoint]]\nname = \"a\"\nprovider = \"tweed\"\npath = \"/a\"\n").Endpoints[0]
	if e.Answer != "shop" || e.Unverified != "hold" {
		t.Errorf("got answer %q and unverified %q, expected shop and hold", e.Answer, e.Unverified)
	}
	if e.Concurrency != 1 || e.WhenStuck != "wait" {
		t.Errorf("got concurrency %d and when_stuck %q, expected 1 and wait", e.Concurrency, e.WhenStuck)
	}
}

// TestEveryWayOfWritingTomlIsRead writes the same settings in the forms that
// TOML has for them.
func TestEveryWayOfWritingTomlIsRead(t *testing.T) {
	want := plain(read(t, "[tunnel]\nkind = \"ngrok\"\n[[endpoint]]\nname = \"a\"\nprovider = \"tweed\"\npath = \"/a\"\nsecrets = [\"env:A\", \"env:B\"]\n[keep]\ndays = 16\n"))
	for name, text := range map[string]string{
		"dotted":   "tunnel.kind = 'ngrok'\nkeep . \"days\" = 0x10\nendpoint = [{name='a', provider='tweed', path='/a', secrets=['env:A','env:B',]}]\n",
		"inline":   "tunnel = { kind = \"ngrok\" }\nkeep = { days = 1_6 }\nendpoint = [ # one, only\n  { name = \"a\", provider = \"tweed\", path = \"/a\", secrets = [ \"env:A\", # first ] \n \"env:B\" ] },\n]\n",
		"windows":  strings.ReplaceAll("[tunnel]\nkind = \"ngrok\"\n[[endpoint]]\nname = \"a\"\nprovider = \"tweed\"\npath = \"/a\"\nsecrets = [\n\"env:A\",\n\"env:B\"\n]\n[keep]\ndays = 16", "\n", "\r\n"),
		"with BOM": byteOrderMark + "[[endpoint]]\nname = \"\"\"a\"\"\"\nprovider = \"tweed\"\npath = '''/a'''\nsecrets = [\"env:A\", \"env:B\"]\n[keep]\ndays = 0b10000\n[tunnel]\nkind = \"ngrok\"\n",
		"indented": "  [ tunnel ]\n\t\"kind\" = \"n\\u0067rok\"\n  [[ endpoint ]]\n  name=\"a\"\n  provider=\"tweed\"\n  path=\"/a\"\n  secrets=[\"env:A\",\"env:B\"]#x\n[keep] # here\ndays=0o20\n",
	} {
		if got := plain(read(t, text)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got  %+v\nwant %+v", name, got, want)
		}
	}
}

func TestAPathThatIsLeftOutIsMadeUpAndSaidSo(t *testing.T) {
	text := "[[endpoint]]\nname = \"a\"\nprovider = \"twisto\"\n"
	one, two := read(t, text), read(t, text)
	path := one.Endpoints[0].Path
	if len(path) != len("/twisto/")+32 || !strings.HasPrefix(path, "/twisto/") {
		t.Errorf("got path %q, expected /twisto/ and 32 hex digits", path)
	}
	if path == two.Endpoints[0].Path {
		t.Error("the same path was made up twice")
	}
	if len(one.Generated) != 1 || one.Generated[0] != "a" {
		t.Errorf("Generated is %q, expected endpoint a", one.Generated)
	}
}

func TestACatchAllNeedsNoProvider(t *testing.T) {
	if s := read(t, "[[endpoint]]\nname = \"all\"\npath = \"/\"\n"); s.Endpoints[0].Provider != "" {
		t.Errorf("got provider %q, expected none", s.Endpoints[0].Provider)
	}
}

// TestHugeFilesAreRefusedBeforeTheyAreParsed guards the library, which
// recurses on brackets and searches keys one by one.
func TestHugeFilesAreRefusedBeforeTheyAreParsed(t *testing.T) {
	for name, text := range map[string]string{
		"brackets": "a = " + strings.Repeat("[", 500_000),
		"braces":   "a = " + strings.Repeat("{a=", 300_000),
		"keys":     strings.Repeat("a=1\n", 100_000),
	} {
		if _, _, err := parse("f", []byte(text), nil); err == nil || !strings.Contains(err.Error(), "expected at most") {
			t.Errorf("%s: got %v, expected a refusal that names the limit", name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(whole)
	f.Add("tunnel.kind = 'ngrok'\nendpoint = [{name='a', provider='tweed', path='/a', secrets=['env:A',]}, ]\n")
	f.Add("[[endpoint]]\nname = \"\"\"\na\"\"\" # x\n[endpoint.b]\n[endpoint.b.c]\nd.e = [[], {}, [1, # ]\n]]\n")
	f.Add("a = {b = {c.d = 1, c.e = [ ]}}\n[shop]\nurl = nan\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		if readable([]byte(text)) == nil {
			doc, err := parseDocument([]byte(text))
			if err != nil {
				t.Fatalf("the tree refuses what the library takes: %v", err)
			}
			checkSpans(t, doc, doc.root)
		}
		s, _, err := parse("f", []byte(text), nil)
		if err != nil {
			if p, ok := err.(*Problem); !ok || strings.ContainsAny(p.Error(), "\n\r") {
				t.Errorf("got %q, expected a one-line Problem", err)
			}
			return
		}
		if f := check(&s, nil); f != nil {
			t.Errorf("what was loaded is refused: %+v", f)
		}
	})
}

// checkSpans checks that every value's span, read again, is that value.
func checkSpans(t *testing.T, doc *document, tab *table) {
	for _, e := range tab.entries {
		v := e.value
		if v.table != nil {
			checkSpans(t, doc, v.table)
		}
		for _, item := range v.items {
			if item.table != nil {
				checkSpans(t, doc, item.table)
			}
		}
		if v.kind.String() == "Table" || v.kind.String() == "ArrayTable" {
			continue
		}
		again, err := parseDocument([]byte("a = " + string(doc.data[v.at.start:v.at.end])))
		if err != nil || again.root.get("a") == nil || again.root.get("a").value.text != v.text || len(again.root.get("a").value.items) != len(v.items) {
			t.Errorf("the span of %q is %q (%v), expected its value", e.name, doc.data[v.at.start:v.at.end], err)
		}
	}
}
