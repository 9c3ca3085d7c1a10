package inspector_test

import (
	"encoding/hex"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// likes are three providers that sign in the same header; the third of them
// has one more sign by which it is known.
func likes(t testing.TB) func(*inspector.Options) {
	t.Helper()
	text := func(id, name, algorithm, when string) []byte {
		s := strings.NewReplacer(`"shaker"`, `"`+id+`"`, `"Shaker"`, `"`+name+`"`, `"sha256"`, `"`+algorithm+`"`,
			`["header:X-Signature"]`, when).Replace(shakerHead)
		return []byte(s)
	}
	c, err := providers.Load(fstest.MapFS{
		"a.toml": {Data: text("first", "First", "sha1", `["header:X-Signature"]`)},
		"b.toml": {Data: text("second", "Second", "sha256", `["header:X-Signature"]`)},
		"c.toml": {Data: text("third", "Third", "sha256", `["header:X-Signature", "json:third"]`)},
		"a.http": {Data: []byte("POST /a HTTP/1.1\r\nHost: a.example\r\nContent-Length: 2\r\n\r\n{}")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return func(o *inspector.Options) { o.Catalog = c }
}

func TestATieIsShownAndNotGuessedAway(t *testing.T) {
	r := start(t, []inspector.Endpoint{{Name: "all", Path: "/"}}, likes(t))
	if reply := r.raw(post(`{"type":"paid"}`, "X-Signature: "+strings.Repeat("0", 64))); reply.Status != 200 {
		t.Errorf("answered %d", reply.Status)
	}
	k := r.only()
	if k.Provider != "" || k.Detected || k.Outcome != signature.Unsigned || !slices.Equal(k.Candidates, []string{"first", "second"}) {
		t.Errorf("kept as %+v, candidates %q", k.Summary, k.Candidates)
	}
	if n := len(k.Verdict.Steps); n == 0 || !strings.Contains(k.Verdict.Steps[n-1].Evidence, "First or Second") {
		t.Errorf("steps %+v", k.Verdict.Steps)
	}
}

// A header that several use says who might have sent it, never who did.
func TestAHeaderAloneNamesThoseWhoSignInIt(t *testing.T) {
	r := start(t, []inspector.Endpoint{{Name: "all", Path: "/"}}, likes(t))
	r.raw(post(`{"kind":"nobody's"}`, "X-Signature: "+strings.Repeat("0", 64)))
	k := r.only()
	if k.Provider != "" || k.Detected || k.Outcome != signature.Unsigned || len(k.Candidates) < 2 {
		t.Errorf("kept as %+v, candidates %q", k.Summary, k.Candidates)
	}
}

func TestTheLikelierProviderIsAsked(t *testing.T) {
	r := start(t, []inspector.Endpoint{{Name: "all", Path: "/"}}, likes(t))
	r.raw(post(`{"type":"paid","third":1}`, "X-Signature: "+strings.Repeat("0", 64)))
	k := r.only()
	if k.Provider != "third" || !k.Detected || k.Outcome != signature.NoSecret || !slices.Equal(k.Candidates, []string{"third", "first", "second"}) {
		t.Errorf("kept as %+v, candidates %q", k.Summary, k.Candidates)
	}
}

func TestASecretDecidesATie(t *testing.T) {
	r := start(t, []inspector.Endpoint{{
		Name: "all", Path: "/", Secrets: []signature.Secret{signature.NewSecret("#1", "other"), signature.NewSecret("#2", shakerSecret)},
	}}, likes(t))
	body := `{"type":"paid","third":1}`
	r.raw(post(body, "X-Signature: "+hex.EncodeToString(mac(body))))
	if k := r.only(); k.Provider != "third" || k.Outcome != signature.Verified {
		t.Errorf("kept as %+v", k.Summary)
	}
	body = `{"type":"paid"}`
	r.raw(post(body, "X-Signature: "+hex.EncodeToString(mac(body))))
	if k := r.captures()[0]; k.Provider != "second" || k.Outcome != signature.Verified {
		t.Errorf("kept as %+v", k)
	}
}

func TestARequestThatLooksLikeEverybodyNamesFewCandidates(t *testing.T) {
	c, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, []inspector.Endpoint{{Name: "all", Path: "/"}}, func(o *inspector.Options) { o.Catalog = c })
	var fields []string
	for _, p := range c.All() {
		for _, at := range signature.FactsOf(p.Scheme).At {
			if at.Kind == signature.PartHeader && !strings.Contains(at.Name, "*") {
				fields = append(fields, at.Name+": 0")
			}
		}
	}
	r.raw(post(`{}`, fields...))
	if k := r.only(); len(k.Candidates) != 20 {
		t.Errorf("%d candidates for a request with %d signatures, expected 20", len(k.Candidates), len(fields))
	}
}
