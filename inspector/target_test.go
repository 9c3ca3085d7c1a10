package inspector

import (
	"net/url"
	"strings"
	"testing"

	"shopbell/providers"
)

// routed sets up one endpoint and returns where a target goes, "" for nowhere.
func routed(t testing.TB, shop, path, forward, target string) string {
	t.Helper()
	u, err := url.Parse(shop)
	if err != nil {
		t.Fatal(err)
	}
	s, err := newSetup(providers.Catalog{}, nil, u, []Endpoint{{Name: "e", Path: path, Forward: forward}})
	if err != nil {
		t.Fatal(err)
	}
	r := s.route(target)
	if r == nil {
		return ""
	}
	a, err := r.address(target)
	if err != nil {
		t.Fatal(err)
	}
	return a.String()
}

func TestTargetsAreMappedToTheShop(t *testing.T) {
	const shop = "http://localhost:8080"
	for _, c := range []struct{ shop, path, forward, target, want string }{
		{shop, "/a", "", "/a", shop + "/a"},
		{shop, "/a", "", "/a?", shop + "/a?"},
		{shop, "/a", "", "/a/b%2fc//d;e?x=%zz&y;z", shop + "/a/b%2fc//d;e?x=%zz&y;z"},
		{shop, "/a", "/hook", "/a", shop + "/hook"},
		{shop, "/a", "/hook", "/a?x=1", shop + "/hook?x=1"},
		{shop, "/a", "/hook", "/a/", shop + "/hook/"},
		{shop, "/a", "/hook/", "/a/b", shop + "/hook/b"},
		{shop, "/a", "/hook", "/a//b", shop + "/hook//b"},
		{shop, "/a", "/hook?key=1", "/a/b?x=2", shop + "/hook/b?key=1&x=2"},
		{shop, "/a", "/hook?key=1", "/a?", shop + "/hook?key=1"},
		{shop, "/a/", "/hook", "/a/b", shop + "/hook/b"},
		{shop, "/", "", "//x/../y", shop + "//x/../y"},
		{shop, "/", "/hook", "/x", shop + "/hook/x"},
		{shop, "/", "/hook", "//x", shop + "/hook//x"},
		{shop, "/", "/hook", "/", shop + "/hook"},
		{shop, "/a", "http://other:9/p", "/a/b?q", "http://other:9/p/b?q"},
		{shop, "/a", "https://other", "/a", "https://other/"},
		{shop, "/a", "https://other", "/a/b", "https://other/b"},
		{shop + "/base/", "/a", "", "/a", shop + "/base/a"},
		{shop + "/base", "/a", "/hook", "/a", shop + "/base/hook"},
		{shop, "/a", "/hook", "http://in.example/a/b?x", shop + "/hook/b?x"},
		{shop, "/a", "", "http://in.example/a", shop + "/a"},
		{shop, "/a", "", "/a/100%25", shop + "/a/100%25"},
		{shop, "/a", "", "/a/x..y/...;z/a%2525b;../%F0%9F%98%80", shop + "/a/x..y/...;z/a%2525b;../%F0%9F%98%80"},
		{shop, "/caf\xc3\xa9", "", "/caf\xc3\xa9?\xff", shop + "/caf\xc3\xa9?\xff"},
	} {
		if got := routed(t, c.shop, c.path, c.forward, c.target); got != c.want {
			t.Errorf("endpoint %q forwards %q: %q goes to %q, expected %q", c.path, c.forward, c.target, got, c.want)
		}
	}
}

func TestNoTrickReachesAnEndpoint(t *testing.T) {
	for _, target := range []string{
		"//a", "/A", "/ab", "/x/../a", "/a%2fb", "/%61", "/./a", "a", "*", "", "/", "?/a", "in.example:80", "http://in.example",
		"http://in.example?/a", "/a/..", "/a/../b", "/a/%2e%2E/b", "/a/.%2e", "/a/b%2f..%2f..", "/a/..\\b", "/a/%5c..%5c", "/a/%",
		"/a/..;/x", "/a/..;v=1/x", "/a/..%3b/x", "/a/%252e%252e/x", "/a/%25252e./x", "/a/%2525252e./x", "/a/x%252f..", "/a/..%00", "/a/..%00.png", "/a/..%09", "/a/..%20/x",
		"/a/.%01./x", "/a/%c0%ae%c0%ae/x", "/a/\xc0\xae./x", "/a/%25c0%25ae./x", "/a/%e0%80%ae./x", "/a/b%c0%af..%c0%afx", "/a/..%255cx", "/a/%252e%252e/%25zz", "/a/..%3fx", "/a/%u002e./x",
	} {
		if got := routed(t, "http://localhost", "/a", "/hook", target); got != "" {
			t.Errorf("%q went to %q", target, got)
		}
	}
}

func TestLongestPathWins(t *testing.T) {
	s, err := newSetup(providers.Catalog{}, nil, nil, []Endpoint{{Name: "all", Path: "/"}, {Name: "a", Path: "/a"}, {Name: "ab", Path: "/a/b"}})
	if err != nil {
		t.Fatal(err)
	}
	for target, want := range map[string]string{"/a": "a", "/a/b": "ab", "/a/b/c": "ab", "/a/bc": "a", "/x": "all", "/ab": "all", "//a": "all"} {
		if r := s.route(target); r == nil || r.Name != want {
			t.Errorf("%q belongs to %v, expected %q", target, r, want)
		}
	}
}

func TestWrongEndpointsAreRefusedWithTheValue(t *testing.T) {
	ok := &url.URL{Scheme: "http", Host: "localhost"}
	for _, c := range []struct {
		shop      *url.URL
		endpoints []Endpoint
		want      string
	}{
		{&url.URL{Scheme: "ftp", Host: "h"}, nil, `"ftp://h"`},
		{&url.URL{Path: "localhost:8080"}, nil, "expected http://HOST"},
		{ok, []Endpoint{{Path: "/a"}}, "expected a name"},
		{ok, []Endpoint{{Name: "e", Path: "a"}}, `"a"`},
		{ok, []Endpoint{{Name: "e", Path: "/a?b"}}, `"/a?b"`},
		{ok, []Endpoint{{Name: "e", Path: "/a"}, {Name: "e", Path: "/b"}}, "another endpoint has that name"},
		{ok, []Endpoint{{Name: "e", Path: "/a"}, {Name: "f", Path: "/a"}}, `endpoint "e" has that path`},
		{ok, []Endpoint{{Name: "e", Path: "/a", Provider: "nobody"}}, `"nobody"`},
		{ok, []Endpoint{{Name: "e", Path: "/a", Forward: "hook"}}, `"hook"`},
		{ok, []Endpoint{{Name: "e", Path: "/a", Forward: "/a b"}}, `"/a b"`},
		{ok, []Endpoint{{Name: "e", Path: "/a", Forward: "/a\r\nX: y"}}, "without spaces"},
		{ok, []Endpoint{{Name: "e", Path: "/a", Answer: "maybe"}}, `"maybe"`},
	} {
		_, err := newSetup(providers.Catalog{}, nil, c.shop, c.endpoints)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v %+v gave %v, expected %s", c.shop, c.endpoints, err, c.want)
		}
	}
}

func FuzzMappingKeepsWhatWasReceived(f *testing.F) {
	f.Add("/a", "/hook", "/a/b%2f?x=%zz")
	f.Add("/", "", "//x;y")
	f.Add("/a", "http://h:1/p?q", "http://in/a/?")
	f.Add("/a/", "/", "/a/..%2f")
	f.Fuzz(func(t *testing.T, path, forward, target string) {
		s, err := newSetup(providers.Catalog{}, nil, &url.URL{Scheme: "http", Host: "shop:1"}, []Endpoint{{Name: "e", Path: path, Forward: forward}})
		if err != nil {
			return
		}
		r := s.route(target)
		if r == nil {
			return
		}
		a, err := r.address(target)
		if err != nil {
			t.Fatal(err)
		}
		_, query := splitTarget(target)
		if !strings.HasSuffix(a.target, strings.TrimPrefix(query, "?")) {
			t.Errorf("the query %q is not at the end of %q", query, a.target)
		}
		if !strings.HasPrefix(a.target, "/") {
			t.Errorf("the target %q has no path", a.target)
		}
		if forward == "" && !strings.HasSuffix(target, a.target) && a.target != "/" && !strings.HasPrefix(a.target, "/?") {
			t.Errorf("%q became %q", target, a.target)
		}
		sent, _ := splitTarget(a.target)
		if path != "/" && climbs(strings.TrimPrefix(sent, r.forward.path)) && !climbs(path) {
			t.Errorf("%q climbs out as %q", target, a.target)
		}
	})
}
