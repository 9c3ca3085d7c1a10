package settings

import (
	"strings"
	"testing"
)

// withToken has Windows line ends, as an editor there leaves them.
var withToken = strings.ReplaceAll(`[[endpoint]]
name = "page"
provider = "tweed"
path = "/a"
verify_token = "rome-not-built"  # as entered at the provider
learn_secret = true
`, "\n", "\r\n")

func TestAVerifyTokenIsTextOrAReference(t *testing.T) {
	v := Vault{Env: []string{"TOKEN=from the environment"}}
	for text, want := range map[string]string{"rome-not-built": "rome-not-built", "env:TOKEN": "from the environment", "a:b": "a:b", "": ""} {
		got, err := v.ResolveToken(Endpoint{VerifyToken: text})
		if err != nil || got.Value() != want {
			t.Errorf("%q came to %q, %v, expected %q", text, got.Value(), err, want)
		}
	}
	if _, err := v.ResolveToken(Endpoint{VerifyToken: "env:NONE"}); err == nil {
		t.Error("a variable that is not set gave a token")
	}
}

func TestAMissingVerifyTokenIsReportedWithItsLine(t *testing.T) {
	s := read(t, "[[endpoint]]\nname = \"a\"\nprovider = \"tweed\"\npath = \"/a\"\nverify_token = \"env:NONE\"\n")
	_, err := (Vault{}).ResolveAll(s)
	if p, is := err.(*Problem); !is || p.Line != 5 {
		t.Errorf("got %v, expected a problem in line 5", err)
	}
}

func TestEditingAnEndpointKeepsTheCommentOfItsToken(t *testing.T) {
	path := file(t, withToken)
	e := read(t, withToken).Endpoints[0]
	if e.VerifyToken != "rome-not-built" || !e.LearnSecret {
		t.Fatalf("read %+v", e)
	}
	e.VerifyToken, e.LearnSecret = "keyring:page token", false
	if err := Edit(path).PutEndpoint("page", e); err != nil {
		t.Fatal(err)
	}
	wantText(t, path, withToken, `"rome-not-built"`, `"keyring:page token"`, "learn_secret = true\n", "")
	e.VerifyToken, e.LearnSecret = "", true
	if err := Edit(path).PutEndpoint("page", e); err != nil {
		t.Fatal(err)
	}
	wantText(t, path, withToken, "verify_token = \"rome-not-built\"  # as entered at the provider\n", "")
}
