package providers

import (
	"strings"
	"testing"

	"shopbell/providers/signature"
)

// asked decodes a catalogue file's tables into a provider.
func asked(t testing.TB, tables string) Provider {
	t.Helper()
	f, err := decode("asked.toml", []byte("name = \"Asked\"\n"+tables))
	if err != nil {
		t.Fatal(err)
	}
	if _, problem := f.checkHandshakes(); problem != "" {
		t.Fatal(problem)
	}
	p, err := f.provider()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// hmacScheme stands where a test needs the key to be made in a way.
const hmacScheme = `[scheme]
kind = "hmac"
algorithm = "sha1"
encoding = "hex"
signature = "header:X"
templates = ["{body}"]
`

func question(method, target, body string, fields ...signature.Field) signature.Message {
	return signature.Message{Method: method, Target: target, URL: "https://shop.example" + target, Header: fields, Body: []byte(body)}
}

// TestChallengesAreHashedAsTheProviderDocuments has values computed with
// python3 hashlib and hmac, as the origin of each line says.
func TestChallengesAreHashedAsTheProviderDocuments(t *testing.T) {
	for _, c := range []struct {
		name, tables string
		m            signature.Message
		facts        Facts
		body         string
	}{
		// sha256(b"a8628072-3d33-45ee-9004-bee86830a22d" + b"71745723-d031-455c-bfa5-f90d11b4f20a" + b"https://shop.example/ebay")
		{"code, token and address (eBay)", `[scheme]
kind = "unsigned"
[[handshake]]
when = ["method = GET", "query:challenge_code"]
type = "application/json"
text = "{query:challenge_code}{verify_token}{url}"
body = "{{\"challengeResponse\":\"{text|sha256|hex}\"}}"
`, question("GET", "/ebay?challenge_code=a8628072-3d33-45ee-9004-bee86830a22d", ""),
			Facts{VerifyToken: signature.NewSecret("t", "71745723-d031-455c-bfa5-f90d11b4f20a")},
			`{"challengeResponse":"3c3b4a921b8891cd6fc67655982a71eb24f732f0a828f62c9a5920d0487c5a18"}`},
		// hmac.new(hashlib.sha1(b"integration_private_key").digest(), b"20f9f8ed05f77439fe955c977e4c8a53", "sha1")
		{"a derived key and a public one (Braintree)", hmacScheme + `[scheme.secret]
parts = ["public_key", "secret"]
derive = "sha1"
[[handshake]]
when = ["method = GET", "query:bt_challenge"]
challenge = "hex"
body = "{secret:public_key}|{query:bt_challenge|hmac-sha1|hex}"
`, question("GET", "/bt?bt_challenge=20f9f8ed05f77439fe955c977e4c8a53", ""),
			Facts{Secret: signature.NewSecret("#1", "integration_public_key:integration_private_key")},
			"integration_public_key|d9b899556c966b3f06945ec21311865d35df3ce4"},
		{"the verify token itself (Viva)", `[scheme]
kind = "unsigned"
[[handshake]]
when = ["method = GET"]
type = "application/json"
body = "{{\"Key\":\"{verify_token}\"}}"
`, question("GET", "/v", ""), Facts{VerifyToken: signature.NewSecret("t", "B3248222FDCB32")}, `{"Key":"B3248222FDCB32"}`},
	} {
		a, is := asked(t, c.tables).Handshake(c.m, c.facts)
		if !is || a.Refused || string(a.Body) != c.body {
			t.Errorf("%s: %v, %q, %s", c.name, is, a.Body, a.Says)
		}
	}
}

func TestABraintreePayloadIsNotSignedAsAChallenge(t *testing.T) {
	p := asked(t, hmacScheme+"[[handshake]]\nwhen = [\"query:c\"]\nchallenge = \"hex\"\nbody = \"{query:c|hmac-sha1|hex}\"\n")
	for _, text := range []string{"PG5vdGlmaWNhdGlvbj4=", strings.Repeat("a", 19), strings.Repeat("a", 33), strings.Repeat("g", 20), ""} {
		a, is := p.Handshake(question("GET", "/?c="+text, ""), Facts{Secret: signature.NewSecret("#1", "x")})
		if !is || !a.Refused || len(a.Body) > 0 {
			t.Errorf("%q: answered %q", text, a.Body)
		}
	}
}

func TestAFieldThatStandsTwiceIsNotAnswered(t *testing.T) {
	p := asked(t, "[scheme]\nkind = \"unsigned\"\n[[handshake]]\nwhen = [\"query:c\"]\nbody = \"{query:c}\"\n")
	if a, _ := p.Handshake(question("GET", "/?c=1&c=2", ""), Facts{}); !a.Refused || a.Status != 400 {
		t.Errorf("answered %d %q", a.Status, a.Body)
	}
}

func TestAnOfferedSecretIsMasked(t *testing.T) {
	p := asked(t, "[scheme]\nkind = \"unsigned\"\n[[handshake]]\nwhen = [\"header:X-Hook-Secret\"]\nstore = \"header:X-Hook-Secret\"\n"+
		"[[handshake]]\nwhen = [\"json:verification_token\"]\nstore = \"json:data.verification_token\"\n")
	h := signature.Header{{Name: "x-hook-secret", Value: "s3cret"}, {Name: "X", Value: "s3cret"}}
	if got := p.MaskHeader(h); got[0].Value != dots || got[1].Value != "s3cret" || h[0].Value != "s3cret" {
		t.Errorf("masked %q, left %q", got, h)
	}
	if keys := p.offeredKeys(); len(keys) != 1 || keys[0] != "verification_token" {
		t.Errorf("keys %q", keys)
	}
}

func FuzzHandshake(f *testing.F) {
	p := asked(f, hmacScheme+`[[handshake]]
when = ["query:a"]
headers = { "X-A" = "{query:a}" }
body = "{query:a}"
[[handshake]]
when = ["json:a"]
type = "application/json"
body = "{{\"a\":\"{json:a}\",\"b\":{json:b|raw},\"c\":\"{json:a|hmac-sha256|hex}\"}}"
[[handshake]]
when = ["json:x"]
type = "text/xml"
body = "<a>{json:x}</a>"
`)
	f.Add("/?a=1", "")
	f.Add("/", `{"a":"x","b":1}`)
	f.Add("/", `{"x":"</a><b>"}`)
	f.Fuzz(func(t *testing.T, target, body string) {
		a, is := p.Handshake(question("POST", target, body), Facts{Secret: signature.NewSecret("#1", "s3cret-of-fuzz")})
		if !is {
			return
		}
		if len(a.Body) > maxAnswer || strings.Contains(string(a.Body)+a.Says, "s3cret-of-fuzz") {
			t.Fatalf("answered %q", a.Body)
		}
		for _, h := range a.Header {
			if strings.ContainsAny(h.Value, "\r\n\x00") {
				t.Fatalf("header %q", h)
			}
		}
		if strings.HasPrefix(a.Type, typeTextXML) && strings.Count(string(a.Body), "<") != 2 {
			t.Fatalf("XML %q", a.Body)
		}
	})
}
