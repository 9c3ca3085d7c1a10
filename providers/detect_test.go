package providers

import (
	"strings"
	"testing"
	"testing/fstest"

	"shopbell/providers/signature"
)

// acme is a catalogue file with another id and another scheme or rule.
func acme(id, old, new string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(strings.Replace(strings.Replace(good, `"acme"`, `"`+id+`"`, 1), old, new, 1))}
}

func candidates(t *testing.T, c Catalog, m signature.Message) string {
	t.Helper()
	var out []string
	for _, found := range c.DetectAll(m) {
		out = append(out, found.Provider.ID+"="+itoa(found.Score))
	}
	return strings.Join(out, " ")
}

func TestAProviderIsRecognisedByItsSignature(t *testing.T) {
	request := &fstest.MapFile{Data: []byte("POST / HTTP/1.1\n\n{}")}
	c, err := Load(fstest.MapFS{
		"a.toml": acme("a", "", ""), "b.toml": acme("b", "", ""),
		"named.toml":         acme("named", "[[event]]", "[[detect]]\nwhen = [\"header:X-Acme\", \"json:type = paid\"]\n[[event]]"),
		"basic.toml":         acme("basic", "header:X-Acme", "header:Authorization"),
		"body.toml":          acme("body", "header:X-Acme\"\ntemplates = [\"{body}\"]", "json:sign\"\ntemplates = [\"{body|without:sign}\"]"),
		"number.toml":        acme("number", "header:X-Acme", "header:X-Acme-*"),
		"examples/acme.http": request,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		m    signature.Message
		want string
	}{
		{post(`{"type":"paid"}`, "x-acme", "1"), "named=4 a=3 b=3"},
		{post(`{"type":"other"}`, "x-acme", "1"), "a=3 b=3"},
		{post(`{"type":"paid"}`), ""},
		{post(`{}`, "Authorization", "x"), ""},
		{post(`{"sign":"x"}`), "body=1"},
		{post(`{}`, "X-Acme-1", "x"), "number=3"},
		{post(strings.Repeat(" ", detectBody)+`{"sign":"x","type":"paid"}`, "X-Acme", "1"), "a=3 b=3"},
		{post(strings.Repeat("[", 1<<20), "X-Acme", "1"), "a=3 b=3"},
		{post(`{"k":[` + strings.Repeat(`{},`, 1<<10) + `1]}`), ""},
	} {
		if got := candidates(t, c, test.m); got != test.want {
			t.Errorf("%.40s with %v: %q, expected %q", test.m.Body, test.m.Header, got, test.want)
		}
	}
}

func TestOwnProvidersStandOnTopOfTheCatalogue(t *testing.T) {
	c, err := embedded(t).With(fstest.MapFS{
		"mine.toml":          {Data: []byte(good[:strings.Index(good, "[[example]]")])},
		"tweed.toml":         acme("tweed", "", ""),
		"bad.toml":           acme("bad", "hmac", "hmca"),
		"worse.toml":         {Data: []byte("id = ")},
		"examples/acme.http": {Data: []byte("POST / HTTP/1.1\n\n{}")},
	})
	if err == nil || !strings.Contains(err.Error(), "bad.toml:11: kind") || !strings.Contains(err.Error(), "worse.toml:1: ") {
		t.Errorf("error %v, expected both files with their lines", err)
	}
	for _, id := range []string{"acme", "tweed"} {
		if p, ok := c.Get(id); !ok || !p.Own || p.Name != "Acme" {
			t.Errorf("%s: %+v", id, p)
		}
	}
	if p, ok := c.Get("yshop"); !ok || p.Own {
		t.Errorf("yshop: %+v", p)
	}
	if err := CheckOwn("x.toml", []byte("id = 7")); err == nil || !strings.HasPrefix(err.Error(), "x.toml:1: ") {
		t.Errorf("error %v, expected file and line", err)
	}
}

func TestKeysOfTheWrongKindAreRefused(t *testing.T) {
	for _, test := range []struct{ old, new, says string }{
		{`"hmac"`, `"token"`, `algorithm in a scheme of kind "token"`},
		{`"hmac"`, `"basic"`, `in a scheme of kind "basic", expected none`},
		{`"sha256"`, `"sha256"` + "\nalgorithms = [\"HS256\"]", `algorithms in a scheme of kind "hmac"`},
		{`"{body}"`, `"{body|sha257}"`, `read filter "sha257"`},
		{`"{body}"`, `"{body}{key:t}"`, "expected a list in the signature"},
		{`"{body}"`, `"{text|hex}"`, "expected to be told of what it is made"},
		{`"{body}"`, `"{body|hmac-sha256}"`, "computes with the secret"},
		{`"header:X-Acme"`, `["header:X", 7]`, "expected a text or a list of texts"},
		{`"header:X-Acme"`, `"body"`, "check scheme: signature"},
		{"[[event]]", "[scheme.list]\npairs = \",\"\n[[event]]", "half a list"},
		{"[[event]]", "[scheme.secret]\nderive = \"sha3\"\n[[event]]", "derive \"sha3\""},
		{"[[event]]", "[scheme.secret]\nparts = [\"a\", \"b\"]\n[[event]]", "expected one called secret"},
		{"[[event]]", "[scheme.secret]\nnormal = \"nfc\"\n[[event]]", "expected nfkd"},
		{"[[event]]", "[[scheme.or]]\nkind = \"unsigned\"\n[[event]]", "[[scheme.or]] with another inside"},
		{"[[event]]", "[[scheme.or]]\nkind = \"token\"\n[[event]]", "check scheme: signature"},
		{"[[event]]", "[[scheme.equal]]\npart = \"query:h\"\n[[event]]", "must be equal"},
		{"[[event]]", "[[sample]]\nfile = \"samples/none.http\"\nevent = \"x\"\n[[event]]", "read sample"},
		{`kind = "hmac"`, "kind = \"public-key\"", `algorithm "sha256", expected one like ed25519`},
		{`kind = "hmac"` + "\nalgorithm = \"sha256\"", "kind = \"public-key\"\nalgorithm = \"ed25519\"\n[scheme.key]\npublished = [\"x\"]\n[scheme]", "acme.toml:"},
	} {
		if _, err := load(strings.Replace(good, test.old, test.new, 1)); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%q: error %v, expected %q", test.new, err, test.says)
		}
	}
}
