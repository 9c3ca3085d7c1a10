package providers

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// good is a whole catalogue file; spoil changes one line of it.
const good = `id = "acme"
name = "Acme"
category = "payments"
docs = "https://acme.example/webhooks"
sure = "primary"
mark = "Ac"
colour = "#112233"
secret_where = "In the panel."

[scheme]
kind = "hmac"
algorithm = "sha256"
encoding = "hex"
signature = "header:X-Acme"
templates = ["{body}"]

[[event]]
when = ["json:type"]
text = "{json:type}"

[[example]]
file = "examples/acme.http"
origin = "made up"
secret = "key"
at = 2024-05-06T07:08:09Z
`

func load(text string) (Catalog, error) {
	return Load(fstest.MapFS{
		"acme.toml":          {Data: []byte(text)},
		"examples/acme.http": {Data: []byte("POST / HTTP/1.1\n\n{}")},
		"examples/bad.http":  {Data: []byte("POST\n\n{}")},
	})
}

func TestAGoodFileLoads(t *testing.T) {
	c, err := load(good)
	if err != nil {
		t.Fatal(err)
	}
	if p, ok := c.Get("acme"); !ok || p.SchemeKind != "hmac" || len(p.Examples) != 1 {
		t.Errorf("got %+v", p)
	}
}

func TestAWrongFileIsRefusedWithItsLine(t *testing.T) {
	for _, c := range []struct{ old, new, says string }{
		{`name = "Acme"`, "name = \"Acme\"\nnmae = \"x\"", `acme.toml:3: unknown key "nmae"`},
		{`encoding = "hex"`, "encodign = \"hex\"", `acme.toml:13: unknown key "scheme.encodign"`},
		{`text = `, `txt = `, `acme.toml:19: unknown key "event.txt"`},
		{"[[event]]", "[[events]]", "acme.toml:17: unknown key"},
		{`"sha256"`, `"sha257"`, `acme.toml:12: algorithm "sha257", expected md5, sha1, sha256, sha384 or sha512`},
		{`"hmac"`, `"hmca"`, `acme.toml:11: kind "hmca" in [scheme], expected hmac, hash, public-key, jwt, jws, http-signature, token, basic or unsigned`},
		{`"hex"`, `"hax"`, `acme.toml:13: encoding "hax", expected`},
		{`"header:X-Acme"`, `"heder:X-Acme"`, `acme.toml:14: read part "heder:X-Acme": expected`},
		{`"{body}"`, `"{body"`, `acme.toml:15: read template "{body": the brace at byte 1 is not closed`},
		{`"json:type"`, `"json:type > 1"`, `acme.toml:18: read condition "json:type > 1": operator`},
		{`docs = "https://acme.example/webhooks"`, "", "acme.toml:1: docs \"\", expected the https address"},
		{`"https://acme.example/webhooks"`, `"http://acme.example"`, "acme.toml:4: docs"},
		{`"primary"`, `"surely"`, "acme.toml:5: sure"},
		{`"Ac"`, `"Acme"`, "acme.toml:6: mark"},
		{`"#112233"`, `"red"`, "acme.toml:7: colour"},
		{`"acme"`, `"Acme Inc"`, "acme.toml:1: id"},
		{`secret_where = "In the panel."`, "", "acme.toml:1: secret_where is missing"},
		{`secret_where = "In the panel."`, "local_fault = 404", "secret_where is missing"},
		{`mark = "Ac"`, "mark = \"Ac\"\nlocal_fault = 404", "acme.toml:7: local_fault 404"},
		{`mark = "Ac"`, "mark = \"Ac\"\nanswer_within = \"-8s\"", `acme.toml:7: read duration "-8s"`},
		{`mark = "Ac"`, "mark = 7", "acme.toml:6: "},
		{`signature = "header:X-Acme"`, "", "acme.toml:10: check scheme: signature"},
		{`text = "{json:type}"`, "", "acme.toml:17: text is missing"},
		{`text = "{json:type}"`, `text = "{secret}"`, "acme.toml:17: text \"{secret}\""},
		{`"examples/acme.http"`, `"examples/none.http"`, "acme.toml:21: read example"},
		{`"examples/acme.http"`, `"examples/bad.http"`, "acme.toml:21: read example \"examples/bad.http\": read request line 1"},
		{`origin = "made up"`, "", "acme.toml:21: example \"examples/acme.http\" has no origin"},
		{`secret = "key"`, "", "expected a secret exactly when"},
		{"[[event]]", "[scheme.secret]\nencoding = \"hax\"\n[[event]]", "acme.toml:17: encoding \"hax\" of the secret"},
		{"[[event]]", "[scheme.timestamp]\nat = \"header:X\"\nformat = \"iso\"\n[[event]]", "acme.toml:19: format \"iso\""},
		{"[[event]]", "[scheme.timestamp]\nat = \"X\"\n[[event]]", "acme.toml:18: read part \"X\""},
		{`encoding = "hex"`, "encoding = \"hex\"\nbody = \"json\"", "acme.toml:14: body \"json\", expected json-object"},
		{`kind = "hmac"`, "", "acme.toml:1: kind \"\" in [scheme]"},
		{"at = 2024-05-06T07:08:09Z", "", "has no time"},
		{"[[example]]", "[example", "acme.toml:21: "},
		{good[strings.Index(good, "[[example]]"):], "", "acme.toml:1: no [[example]]"},
	} {
		if !strings.Contains(good, c.old) {
			t.Fatalf("%q is not in the good file", c.old)
		}
		_, err := load(strings.Replace(good, c.old, c.new, 1))
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: error %v, expected %q", c.new, err, c.says)
		}
	}
}

func TestACatalogueNeedsFilesAndEachIDOnce(t *testing.T) {
	if _, err := Load(fstest.MapFS{}); err == nil {
		t.Error("an empty catalogue was loaded")
	}
	fsys := fstest.MapFS{
		"a.toml": {Data: []byte(good)}, "b.toml": {Data: []byte(good)},
		"examples/acme.http": {Data: []byte("POST / HTTP/1.1\n\n{}")},
	}
	if _, err := Load(fsys); err == nil || !strings.Contains(err.Error(), `b.toml:1: id "acme" stands in another file too`) {
		t.Errorf("error %v, expected the second file to be named", err)
	}
}

func FuzzACatalogueFileNeverBreaksTheReader(f *testing.F) {
	f.Add(good)
	sub, err := fs.Sub(builtIn, "catalog")
	if err != nil {
		f.Fatal(err)
	}
	names, err := fs.Glob(sub, "*.toml")
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(sub, name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := load(text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "acme.toml:") {
				t.Errorf("error %q names no file and line", err)
			}
			return
		}
		for _, p := range c.All() {
			for _, e := range p.Examples {
				p.Judge(e.Message, e.secrets(), e.At)
				p.Event(e.Message)
				p.DeliveryID(e.Message)
				p.Hint(e.Message)
				p.Mask(e.Message.Body)
			}
		}
	})
}
