package providers

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"shopbell/providers/signature"
)

// syntheticPrefix marks providers that exist in these tests only. They make
// sure that every cause meets schemes of all kinds.
const syntheticPrefix = "synthetic_"

// style is a way of signing that many providers have.
type style struct {
	kind     string
	template string
	prefix   bool
	list     signature.List
	stamp    signature.Timestamp
	secret   signature.SecretForm
}

var stampHeader = signature.Part{Kind: signature.PartHeader, Name: "X-Signed-At"}

func styles() []style {
	unix := signature.Timestamp{At: stampHeader, Format: signature.Unix, Tolerance: 5 * time.Minute}
	milli := signature.Timestamp{At: stampHeader, Format: signature.UnixMilli, Tolerance: 5 * time.Minute}
	inList := signature.Timestamp{At: signature.Part{Kind: signature.PartKey, Name: "t"}, Format: signature.Unix, Tolerance: 5 * time.Minute}
	return []style{
		{kind: "hmac", template: "{body}"},
		{kind: "hmac", template: "{body}", prefix: true},
		{kind: "hmac", template: "{timestamp}.{body}", stamp: inList, list: signature.List{Pairs: ",", Equals: "=", Keys: []string{"v1"}}},
		{kind: "hmac", template: "v0:{timestamp}:{body}", stamp: unix, prefix: true},
		{kind: "hmac", template: "{timestamp}{body}", stamp: milli},
		{kind: "hmac", template: "{url}{body}"},
		{kind: "hmac", template: "{url}|{timestamp}|{body}", stamp: unix},
		{kind: "hmac", template: "{header:X-Id}.{timestamp}.{body}", stamp: unix, list: signature.List{Pairs: " ", Equals: ",", Keys: []string{"v1"}},
			secret: signature.SecretForm{Strip: []string{"whsec_"}, Encoding: signature.Base64}},
		{kind: "hmac", template: "{method}|{url}|{body}"},
		{kind: "hmac", template: "{timestamp}.{url}.{body}", stamp: inList, list: signature.List{Pairs: ";", Equals: "=", Keys: []string{"v1"}}},
		{kind: "hmac", template: "{timestamp}.{body}", stamp: inList, list: signature.List{Pairs: ", ", Equals: "=", Keys: []string{"v1"}}},
		{kind: "hash", template: "{body}{secret}"},
		{kind: "hash", template: "{json:id}|{json:date}|{secret}"},
	}
}

// withSynthetic is the catalogue with the synthetic providers.
func withSynthetic(t testing.TB) Catalog {
	t.Helper()
	all := embedded(t)
	all.providers = slices.Clone(all.providers)
	n := 0
	for i, st := range styles() {
		for j, a := range []signature.Algorithm{signature.SHA256, signature.SHA1, signature.SHA512, signature.SHA384, signature.MD5} {
			encoding := []signature.Encoding{signature.Hex, signature.Base64}[(i+j)%2]
			n++
			all.providers = append(all.providers, synthetic(t, n, st.kind, st.shared(n, a, encoding), secretOf(st, n), secretOf(st, n)))
		}
	}
	for _, other := range tokens() {
		n++
		all.providers = append(all.providers, synthetic(t, n, other.kind, other.scheme, other.secret, other.signer))
	}
	return all
}

func secretOf(st style, n int) string {
	if st.secret.Encoding == signature.Base64 {
		return fmt.Sprintf("whsec_c2lnbmluZy1rZXktb2YtdGhlLXdlYmhvb2st%02dAB", n)
	}
	return fmt.Sprintf("shpss_Kx%02dvR8qzW4mTn7b", n)
}

func (st style) shared(n int, a signature.Algorithm, e signature.Encoding) signature.Shared {
	s := signature.Shared{Keyed: st.kind == "hmac", Algorithm: a, Secret: st.secret}
	s.At = []signature.Part{{Kind: signature.PartHeader, Name: fmt.Sprintf("X-Maker%02d-Signature", n)}}
	s.Encoding, s.List, s.Timestamp = e, st.list, st.stamp
	s.Templates = []signature.Template{template(st.template)}
	if st.prefix {
		s.Prefix = string(a) + "="
	}
	return s
}

// synthetic is a provider with one delivery that signer signed.
func synthetic(t testing.TB, n int, kind string, scheme signature.Scheme, secret, signer string) Provider {
	t.Helper()
	at := time.Date(2024, 5, 6, 12, 0, 0, 0, time.UTC)
	m := post(plainBody, "Host", "shop.example", "Content-Type", "application/json", "X-Id", "msg_1")
	signed, err := scheme.Sign(m, signature.NewSecret("#1", signer), at)
	if err != nil {
		t.Fatalf("synthetic provider %d: %v", n, err)
	}
	p := Provider{ID: fmt.Sprintf("%s%02d", syntheticPrefix, n), Name: fmt.Sprintf("Maker %02d", n), Docs: "https://maker.example",
		SecretWhere: "Nowhere.", Scheme: scheme, SchemeKind: kind, Signs: true}
	p.Examples = []Example{{File: p.ID, Secret: secret, At: at, URL: m.URL, Message: signed}}
	for _, part := range signature.FactsOf(scheme).At {
		p.detect = append(p.detect, rule{conditions{{part: part}}})
	}
	return p
}

// keyed is a scheme with what verifies and what signs.
type keyedScheme struct {
	kind           string
	scheme         signature.Scheme
	secret, signer string
}

// tokens are the schemes that are no hash with a shared secret.
func tokens() []keyedScheme {
	header := func(name string) []signature.Part {
		return []signature.Part{{Kind: signature.PartHeader, Name: name}}
	}
	claim := []signature.Claim{{Name: "sha256", Value: template("{body|sha256|hex}")}}
	layout := func(name, text string, e signature.Encoding) signature.Layout {
		return signature.Layout{At: header(name), Encoding: e, Templates: []signature.Template{template(text)}}
	}
	keys := keyPairs()
	timed := layout("X-Timed-Ed25519", "{timestamp}{body}", signature.Hex)
	timed.Timestamp = signature.Timestamp{At: stampHeader, Format: signature.Unix, Tolerance: time.Minute}
	return []keyedScheme{
		{"token", signature.Token{At: header("X-Plain-Token")}, "shpss_token-17-of-the-shop", "shpss_token-17-of-the-shop"},
		{"token", signature.Token{At: header("X-Bearer-Token"), Prefix: "Bearer "}, "token-18-of-the-shop", "token-18-of-the-shop"},
		{"basic", signature.Token{Basic: true}, "user-19:password-19", "user-19:password-19"},
		{"jwt", signature.JWT{TokenForm: signature.TokenForm{At: header("X-Token-Signature"), Algorithms: []string{"HS256"}}, Claims: claim}, "jwt-secret-20-of-the-shop-32-bytes", "jwt-secret-20-of-the-shop-32-bytes"},
		{"public-key", signature.PublicKey{Layout: layout("X-Ed25519", "{body}", signature.Hex), Algorithm: signature.Ed25519}, keys.ed25519.public, keys.ed25519.private},
		{"public-key", signature.PublicKey{Layout: timed, Algorithm: signature.Ed25519}, keys.ed25519.public, keys.ed25519.private},
		{"public-key", signature.PublicKey{Layout: layout("X-Rsa", "{body}", signature.Base64), Algorithm: signature.RSASHA256}, keys.rsa.public, keys.rsa.private},
		{"public-key", signature.PublicKey{Layout: layout("X-Rsa-Url", "{url}{body}", signature.Base64), Algorithm: signature.RSASHA256}, keys.rsa.public, keys.rsa.private},
	}
}
