package signature

import (
	"bytes"
	"context"
	"testing"
	"time"
)

// fuzzSchemes are a few of all kinds that share a secret.
func fuzzSchemes() []Scheme {
	url := bodyScheme(SHA256, "sha256=")
	url.Templates = templates("{url}{timestamp}{body}")
	url.Timestamp = Timestamp{At: Part{Kind: PartHeader, Name: "X-Time"}, Format: Unix, Tolerance: time.Minute}
	return []Scheme{
		bodyScheme(SHA1, "sha1="), fieldScheme(), listScheme(), url,
		Token{At: []Part{{Kind: PartHeader, Name: "X-Signature"}}}, Token{Basic: true},
		JWT{TokenForm: TokenForm{At: []Part{{Kind: PartHeader, Name: "X-Signature"}}, Algorithms: []string{"HS256"}}, Claims: []Claim{{Name: "sha256", Value: templates("{body|sha256|hex}")[0]}}},
		Either{[]Scheme{bodyScheme(SHA256, ""), listScheme()}},
	}
}

// A message that was made without the secret is never explained, whatever
// stands in it: a cause is named only where recomputation matches, and a
// stranger can't make that happen.
func FuzzNothingMadeWithoutTheSecretIsExplained(f *testing.F) {
	f.Add(0, "X-Signature", "sha1=00", []byte(`{"id":"1","date":"2"}`), "/hook?a=1", "https://shop.example/hook")
	f.Add(2, "Signature", "ts=2024-05-06T12:00:00.000Z;v0=00;v7=11", []byte("\xef\xbb\xbf{}\r\n"), "/hook", "")
	f.Add(3, "X-Time", "1714996800000", []byte("a=1&b=%2F"), "//x", "http://127.0.0.1:80/hook")
	f.Add(5, "Authorization", "Basic Og==", []byte("\x1f\x8b"), "/", "://")
	f.Add(6, "X-Signature", "eyJhbGciOiJub25lIn0.e30.", []byte{}, "", "x")
	secret := "kept-Secret/17+of=the~fuzz_test"
	f.Fuzz(func(t *testing.T, n int, name, value string, body []byte, target, url string) {
		all := fuzzSchemes()
		s := all[uint(n)%uint(len(all))]
		if bytes.Contains(body, []byte(secret)) {
			return
		}
		m := Message{Method: "POST", URL: url, Target: target, Body: body, Header: Header{{"Host", "shop.example"}, {name, value}, {"X-Other", value}, {"X-Time", "1714996800"}}}
		i := Inquiry{Scheme: s, Message: m, Own: secrets(secret), Now: noon, Within: 50 * time.Millisecond,
			Others: []Keyring{{Endpoint: "other", Provider: "b", Secrets: secrets("another-" + secret)}},
			Rivals: []Rival{{Provider: "b", Name: "B", Scheme: all[uint(n+1)%uint(len(all))], Likely: true}}, URLs: []string{url, target}}
		d := i.Diagnose(context.Background())
		if d == nil || d.Cause != Unexplained {
			t.Fatalf("%T explained: %+v", s, d)
		}
		if d.Says == "" || d.Do == "" || bytes.Contains([]byte(d.Says+d.Do+d.Evidence), []byte(secret)) {
			t.Fatalf("says %+v", d)
		}
	})
}
