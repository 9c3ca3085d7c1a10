package settings

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// FuzzEdit edits whatever file loads, with whatever text: the file then says
// exactly what was asked for, or it is untouched and there is an error.
func FuzzEdit(f *testing.F) {
	f.Add(whole, "yshop live", "new \"name\"", "/p\\q", true)
	f.Add(tended, "tweed", "tweed", "/hook?a=b#", false)
	f.Add("endpoint = [\n {name='a', path='/'}, # a, b\n {name='b', provider='x', path='/b'} ]", "a", "c", "http://h/", true)
	f.Add("shop.url = 'http://a'\nendpoint = []", "", "\r\n\t\x00", "", false)
	f.Add("[[endpoint]]\nname='''\n a'''\nprovider='x'", "a", "é\u2028", "/x", true)
	f.Fuzz(func(t *testing.T, text, name, newName, forward string, accept bool) {
		before, _, err := parse("f", []byte(text), nil)
		if err != nil {
			return
		}
		path := filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		e := Endpoint{Name: newName, Provider: "tweed", Path: "/new", Forward: forward, Secrets: []Reference{"env:A"}, Answer: "shop", Unverified: "hold", Concurrency: 1, WhenStuck: "wait"}
		if accept {
			e.Answer, e.Secrets, e.Tolerance, e.Concurrency, e.WhenStuck = "accept", nil, 1500*time.Millisecond, 32, "pass"
		}
		if newName == "" {
			e.Name = name
		}
		wanted := before
		wanted.Endpoints = slices.Clone(before.Endpoints)
		wanted.Generated = slices.DeleteFunc(slices.Clone(before.Generated), func(n string) bool { return n == name })
		if i := indexOf(wanted.Endpoints, name); i >= 0 {
			wanted.Endpoints[i] = e
		} else {
			wanted.Endpoints = append(wanted.Endpoints, e)
		}
		edited(t, path, text, wanted, Edit(path).PutEndpoint(name, e), check(&wanted, nil) == nil)
	})
}

// edited checks that the file at path says wanted, or is as it was when err
// tells so. An edit may fail although its result would be right, but not in
// the plain forms that Shopbell writes itself.
func edited(t *testing.T, path, text string, wanted Settings, err error, right bool) {
	t.Helper()
	now := contentOf(t, path)
	if err != nil {
		if now != text {
			t.Errorf("after %v the file was changed to %q", err, now)
		}
		return
	}
	after, _, err := parse("f", []byte(now), nil)
	if err != nil || !right {
		t.Fatalf("the edited file %q gives %v, right is %v", now, err, right)
	}
	for i := range after.Endpoints {
		if slices.Contains(wanted.Generated, after.Endpoints[i].Name) {
			after.Generated = slices.Clone(wanted.Generated)
		}
	}
	if !Same(after, wanted) {
		t.Errorf("got %+v\nwant %+v\nfrom %q", plain(after), plain(wanted), now)
	}
}

func FuzzQuoting(f *testing.F) {
	f.Add("a \"b\" \\ \x00 \x7f \n\r\t é \u2028 '''")
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := parseDocument([]byte("a = " + tomlText(text)))
		if p := readable([]byte("a = " + tomlText(text))); p != nil || err != nil {
			t.Fatalf("quoting %q gave text that does not load: %v, %v", text, p, err)
		}
		if got := doc.root.get("a").value.text; got != toValid(text) {
			t.Errorf("got %q, expected %q", got, text)
		}
	})
}

// toValid is text as UTF-8; what is not UTF-8 can't stand in a TOML file.
func toValid(text string) string { return string([]rune(text)) }
