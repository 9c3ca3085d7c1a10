package settings

import (
	"errors"
	"strings"
	"testing"
)

func TestAnAddressIsTakenWithoutPasswordAndFragment(t *testing.T) {
	for _, good := range []string{"http://localhost:8080", "https://shop.example/hook?x=1", "http://[::1]:80/@home"} {
		if err := CheckURL("--to", good); err != nil {
			t.Errorf("%s: got %v", good, err)
		}
	}
	for _, bad := range []string{
		"", "localhost", "/path", "ftp://h", "http://", "http://h:0", "http://h/a b", "http://h/#", "http://h/#x", "http://h/\n",
		"http://me:hunter2@h/", "http://hunter2@h/", "http:me:hunter2@h/", "//me:hunter2@h/", "me:hunter2@h", "http://me:hunter2@h:x/",
	} {
		err := CheckURL("--to", bad)
		var p *Problem
		if !errors.As(err, &p) || p.Advice == "" || !strings.HasPrefix(p.Says, "--to ") || strings.Contains(p.Says, "hunter2") {
			t.Errorf("%q: got %v, expected a Problem that names --to and shows no password", bad, err)
		}
	}
}

func FuzzCheckURL(f *testing.F) {
	f.Add("http://me:hunter2@h/")
	f.Add("http:me:hunter2@h")
	f.Fuzz(func(t *testing.T, text string) {
		err := CheckURL("--to", text)
		if err == nil && strings.ContainsAny(text, " #\r\n") {
			t.Errorf("%q is taken", text)
		}
	})
}

func TestACatchAllMayHaveSecretsWithoutAProvider(t *testing.T) {
	s := read(t, "[[endpoint]]\nname = \"all\"\npath = \"/\"\nsecrets = [\"env:A\", \"env:B\"]\n")
	if e := s.Endpoints[0]; e.Provider != "" || e.Path != "/" || len(e.Secrets) != 2 {
		t.Errorf("read as %+v, expected a catch-all with two secrets", e)
	}
}

func TestAProblemSaysWhichSettingItMeans(t *testing.T) {
	s := Default()
	s.Tunnel.Kind = "pigeon"
	var p *Problem
	if err := check(&s, seedIDs); err == nil || !errors.As(s.problem(err), &p) || p.Place != "tunnel.kind" || !strings.HasPrefix(p.Says, "kind ") {
		t.Errorf("got %+v, expected the place tunnel.kind", p)
	}
}
