package signature

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"
)

// fetchedFrom is a fetcher that knows a few addresses.
func fetchedFrom(answers map[string]string) KeyFetcher {
	return func(address string, _ bool) ([]byte, error) {
		if body, ok := answers[address]; ok {
			return []byte(body), nil
		}
		return nil, errors.New("it answered with status 404")
	}
}

func saleor(key KeySource) JWS {
	s := jws("header:Saleor-Signature", "{body}", "RS256")
	s.Key = key
	return s
}

const jwksURL = "https://keys.example.com/jwks.json"

func TestAKeyIsFetchedOnlyWithANetwork(t *testing.T) {
	s := saleor(KeySource{Fetch: "jwks", URL: templates(jwksURL)[0]})
	m := post(tokenBody, "Saleor-Signature", tokenSaleor)
	v := s.Verify(m, nil, noon)
	expect(t, v, NoSecret)
	expectText(t, lastEvidence(v), "fetched from keys.example.com, and no network was allowed")
	v = WithKeys(s, fetchedFrom(nil)).Verify(m, nil, noon)
	expect(t, v, NoSecret)
	expectText(t, lastEvidence(v), "could not be fetched from keys.example.com: it answered with status 404")
	v = WithKeys(s, fetchedFrom(map[string]string{jwksURL: "<html>"})).Verify(m, nil, noon)
	expect(t, v, NoSecret)
	online := WithKeys(s, fetchedFrom(map[string]string{jwksURL: testSet}))
	v = online.Verify(m, nil, noon)
	expect(t, v, Verified)
	if v.Secret != "fetched from keys.example.com" {
		t.Errorf("verified with %q", v.Secret)
	}
	expect(t, online.Verify(post("{}", "Saleor-Signature", tokenSaleor), nil, noon), Mismatch)
	expect(t, online.Verify(post("{}"), nil, noon), Missing)
	expect(t, online.Verify(m, secrets(pubEd), noon), Mismatch)
	expect(t, s.Verify(m, secrets(pubRsa), noon), Verified)
	if WithKeys(bodyScheme(SHA256, ""), fetchedFrom(nil)) == nil {
		t.Error("a scheme that fetches nothing is gone")
	}
}

func TestTheUsersOwnAddressIsFetched(t *testing.T) {
	s := saleor(KeySource{Fetch: "jwks"})
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	m := post(tokenBody, "Saleor-Signature", tokenSaleor)
	expect(t, s.Verify(m, nil, noon), NoSecret)
	expect(t, s.Verify(m, secrets(jwksURL), noon), NoSecret)
	online := WithKeys(s, fetchedFrom(map[string]string{jwksURL: testSet}))
	expect(t, online.Verify(m, secrets(jwksURL), noon), Verified)
	expect(t, online.Verify(m, secrets("https://other.example.com/"), noon), NoSecret)
	expect(t, online.Verify(m, secrets("https://other.example.com/", jwksURL), noon), Verified)
	expect(t, saleor(KeySource{}).Verify(m, secrets(jwksURL), noon), Malformed)
}

func TestAKeyThatIsNotInTheSetIsAskedForAgain(t *testing.T) {
	old := strings.ReplaceAll(testSet, `"rsa-1"`, `"rsa-0"`)
	old = strings.Replace(old, `"AQAB"`, `"Aw"`, 1)
	asked := ""
	s := saleor(KeySource{Fetch: "jwks", URL: templates(jwksURL)[0]})
	online := s.WithKeys(func(_ string, fresh bool) ([]byte, error) {
		if asked += "."; fresh {
			return []byte(testSet), nil
		}
		return []byte(old), nil
	})
	expect(t, online.Verify(post(tokenBody, "Saleor-Signature", tokenSaleor), nil, noon), Verified)
	if asked != ".." {
		t.Errorf("asked %d times, expected twice", len(asked))
	}
}

func TestTheMessageMayNameOnlyAPinnedHost(t *testing.T) {
	s := trueLayer()
	s.Key = KeySource{Fetch: "jwks", At: Part{Kind: PartJOSE, Name: "jku"}, Hosts: []string{"webhooks.truelayer.com"}}
	fields := []string{"Tl-Signature", tokenTruelayer, "Content-Type", "application/json", "X-Tl-Webhook-Timestamp", "2024-05-06T07:10:00Z"}
	m := post(tokenBody, fields...)
	m.Method, m.Target = "POST", "/hooks/tl"
	fetch := fetchedFrom(map[string]string{"https://webhooks.truelayer.com/.well-known/jwks": testSet})
	expect(t, WithKeys(s, fetch).Verify(m, nil, noon), Verified)
	s.Key.Hosts = []string{"webhooks.truelayer-sandbox.com"}
	v := WithKeys(s, fetch).Verify(m, nil, noon)
	expect(t, v, Malformed)
	expectText(t, lastEvidence(v), "not one of this provider's hosts")
	// A key that is not there must not get a delivery around the check.
	s.Key.Hosts = []string{"webhooks.truelayer.com"}
	v = WithKeys(s, fetchedFrom(nil)).Verify(m, nil, noon)
	expect(t, v, Malformed)
	expectText(t, lastEvidence(v), "could not be fetched from webhooks.truelayer.com")
	expect(t, s.Verify(m, nil, noon), NoSecret)
	m.Header = m.Header.With("Tl-Signature", tokenTruelayerBare)
	expect(t, WithKeys(s, fetch).Verify(m, nil, noon), Malformed)
}

func TestPartsOfAnAddressCannotLeaveTheirPlace(t *testing.T) {
	s := KeySource{Fetch: "pem", URL: templates("https://api.example.com/keys/{header:X-Key}?v={header:X-Key}")[0]}
	for id, want := range map[string]string{
		"k1": "https://api.example.com/keys/k1?v=k1", "a/b?c#d&e=f": "https://api.example.com/keys/a%2Fb%3Fc%23d%26e%3Df?v=a%2Fb%3Fc%23d%26e%3Df",
		"..": "", ".": "", "": "", strings.Repeat("a", 257): "", "@evil.example": "https://api.example.com/keys/%40evil.example?v=%40evil.example",
	} {
		got, err := s.address(ReadFields(post("", "X-Key", id)).Get)
		if (err != nil) != (want == "") || err == nil && got != want {
			t.Errorf("%q gives %q, %v, expected %q", id, got, err, want)
		}
	}
}

func TestKeySourcesAreChecked(t *testing.T) {
	url := func(text string) Template { return templates(text)[0] }
	for _, s := range []KeySource{
		{Fetch: "ftp"}, {Fetch: "json:"}, {URL: url(jwksURL)}, {Fetch: "jwks", URL: url("http://a.example/")}, {Fetch: "jwks", URL: url("https://{header:Host}/")},
		{Fetch: "jwks", URL: url("https://a.{header:Host}/")}, {Fetch: "jwks", URL: url("https://a.example{header:X}/")}, {Fetch: "jwks", URL: url("https://a.example")},
		{Fetch: "jwks", At: part("header:U")}, {Fetch: "jwks", Hosts: []string{"a.example"}}, {Fetch: "jwks", At: part("header:U"), Hosts: []string{"*.example"}},
		{Fetch: "jwks", At: part("header:U"), Hosts: []string{"a.example"}, URL: url(jwksURL)}, {Published: []string{"x"}}, {Fetch: "jwks", Name: "a.example"},
	} {
		if s.Check() == nil {
			t.Errorf("%+v passes", s)
		}
	}
	for _, s := range []KeySource{{}, {Published: []string{pubRsa, testSet}}, {Fetch: "json:data.key", URL: url("https://a.example/{header:K}")},
		{Fetch: "x509", At: part("json:SigningCertURL"), Hosts: []string{"sns.*.amazonaws.com"}, Name: "sns.amazonaws.com"}} {
		if err := s.Check(); err != nil {
			t.Error(err)
		}
	}
}

func TestPublishedKeysNeedNothingElse(t *testing.T) {
	s := saleor(KeySource{Published: []string{pubEd, pubRsa}})
	v := s.Verify(post(tokenBody, "Saleor-Signature", tokenSaleor), nil, noon)
	expect(t, v, Verified)
	if v.Secret != "published by the provider" {
		t.Errorf("verified with %q", v.Secret)
	}
}

// certificate makes one for name, signed by issuer; nil signs itself.
func certificate(t *testing.T, name string, issuer *x509.Certificate, by *ecdsa.PrivateKey) (string, *x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: noon.Add(-time.Hour), NotAfter: noon.Add(time.Hour), IsCA: issuer == nil, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	if issuer == nil {
		issuer, by = form, key
	}
	der, err := x509.CreateCertificate(rand.Reader, form, issuer, &key.PublicKey, by)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})), c, key
}

func TestACertificateMustBeGoodForItsProvider(t *testing.T) {
	rootText, root, rootKey := certificate(t, "root.example", nil, nil)
	leafText, _, _ := certificate(t, "sns.example", root, rootKey)
	otherRoot, _, _ := certificate(t, "other.example", nil, nil)
	s := KeySource{Fetch: "x509", URL: templates("https://example.com/c.pem")[0]}
	with := func(change func(*KeySource)) KeySource { k := s; change(&k); return k }
	for name, c := range map[string]struct {
		s    KeySource
		text string
		now  time.Time
		says string
	}{
		"plain":      {s, leafText, noon, ""},
		"chain":      {s, leafText + rootText, noon, ""},
		"name":       {with(func(k *KeySource) { k.Name = "sns.example" }), leafText, noon, ""},
		"root":       {with(func(k *KeySource) { k.Published = []string{rootText} }), leafText, noon, ""},
		"late":       {s, leafText, noon.Add(2 * time.Hour), "not valid at the time"},
		"early":      {s, leafText, noon.Add(-2 * time.Hour), "not valid at the time"},
		"other name": {with(func(k *KeySource) { k.Name = "sns.amazonaws.com" }), leafText, noon, "not made out to sns.amazonaws.com"},
		"other root": {with(func(k *KeySource) { k.Published = []string{otherRoot} }), leafText, noon, "does not lead to a root"},
		"no root":    {with(func(k *KeySource) { k.Chain = true }), leafText + rootText, noon, "does not lead to a root"},
		"a key":      {s, pubRsa, noon, "cannot be read"},
		"nothing":    {s, "", noon, "holds no certificate"},
	} {
		f, _ := keyServer(t, func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(c.text)) })
		c.s.fetcher = f.Fetch
		found := c.s.find(keyQuery{now: c.now, value: ReadFields(post("")).Get})
		if good := found.outcome == "" && len(found.keys) == 1; good != (c.says == "") || !strings.Contains(found.says, c.says) {
			t.Errorf("%s: %d keys, %s %q, expected %q", name, len(found.keys), found.outcome, found.says, c.says)
		}
	}
}
