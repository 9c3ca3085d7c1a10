package signature

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"strings"
	"testing"
	"time"
)

// The test keys and messages of draft-cavage-http-signatures-12, appendix C,
// and of RFC 9421, appendix B.
const (
	cavageKey = `-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----`
	cavageBasic = `keyId="Test",algorithm="rsa-sha256",headers="(request-target) host date",signature="qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3HMbe8VfEdKFYRqzic+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0="`
	cavageAll   = `keyId="Test",algorithm="rsa-sha256",headers="(request-target) host date content-type digest content-length",signature="vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaEUHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE="`
	rfcKey      = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----`
	rfcInput = `sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"`
	rfcSig   = `sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:`
)

func cavage(covers ...string) HTTPSignature {
	return HTTPSignature{Form: "cavage", At: at("header:Signature"), Algorithm: RSASHA256, Covers: covers}
}

func cavageMessage(signature string) Message {
	m := post(`{"hello": "world"}`, "Host", "example.com", "Date", "Sun, 05 Jan 2014 21:31:40 GMT", "Content-Type", "application/json",
		"Digest", "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=", "Content-Length", "18", "Signature", signature)
	m.Method, m.Target, m.URL = "POST", "/foo?param=value&pet=dog", "https://example.com/foo?param=value&pet=dog"
	return m
}

func rfcMessage() Message {
	m := cavageMessage(rfcSig)
	m.Target, m.URL = "/foo?param=Value&Pet=dog", "https://example.com/foo?param=Value&Pet=dog"
	m.Header = m.Header.With("Date", "Tue, 20 Apr 2021 02:07:55 GMT").With("Signature-Input", rfcInput)
	return m
}

func TestTheSignaturesOfTheDraftVerify(t *testing.T) {
	for _, c := range []struct {
		signature, covered string
		cover              Cover
		covers             []string
	}{
		{cavageBasic, "method url header:host header:date", CoverFields, []string{"(request-target)", "host", "date"}},
		{cavageAll, "method url header:host header:date header:content-type body header:content-length", CoverBody, []string{"digest"}},
	} {
		s := cavage(c.covers...)
		if err := s.Check(); err != nil {
			t.Error(err)
		}
		m := cavageMessage(c.signature)
		v := s.Verify(m, secrets(cavageKey), noon)
		expect(t, v, Verified)
		if v.Cover != c.cover || strings.Join(v.Covered, " ") != c.covered {
			t.Errorf("cover %s of %v, expected %s of %s", v.Cover, v.Covered, c.cover, c.covered)
		}
		expect(t, s.Verify(m, secrets(pubRsa), noon), Mismatch)
		expect(t, s.Verify(m, secrets(pubEd), noon), Mismatch)
		expect(t, s.Verify(m, secrets("x"), noon), Malformed)
		expect(t, s.Verify(m, nil, noon), NoSecret)
		other := m
		other.Target = "/foo?param=value&pet=cat"
		expect(t, s.Verify(other, secrets(cavageKey), noon), Mismatch)
		other = m
		other.Header = m.Header.Without("Date")
		expect(t, s.Verify(other, secrets(cavageKey), noon), Malformed)
	}
	expect(t, cavage("digest").Verify(cavageMessage(cavageBasic), secrets(cavageKey), noon), Malformed)
}

func TestASignedDigestMustBeThatOfTheBody(t *testing.T) {
	m := cavageMessage(cavageAll)
	m.Body = []byte(`{"hello": "World"}`)
	v := cavage("digest").Verify(m, secrets(cavageKey), noon)
	expect(t, v, Mismatch)
	expectText(t, lastEvidence(v), "the body is not the one that was signed")
	m.Header = m.Header.With("Digest", "md5=abc")
	expect(t, cavage("digest").Verify(m, secrets(cavageKey), noon), Malformed)
}

func TestTheSignatureOfTheRFCVerifies(t *testing.T) {
	s := HTTPSignature{Form: "rfc9421", At: at("header:Signature"), Algorithm: Ed25519, Covers: []string{"@method", "date"},
		Timestamp: Timestamp{At: part("key:created"), Format: Unix, Tolerance: 5 * time.Minute}}
	if err := s.Check(); err != nil {
		t.Error(err)
	}
	made := time.Unix(1618884473, 0)
	v := s.Verify(rfcMessage(), secrets(rfcKey), made)
	expect(t, v, Verified)
	if strings.Join(v.Covered, " ") != "header:date method url header:content-type header:content-length" || v.Cover != CoverFields {
		t.Errorf("cover %s of %v", v.Cover, v.Covered)
	}
	expect(t, s.Verify(rfcMessage(), secrets(rfcKey), made.Add(6*time.Minute)), Stale)
	for change, want := range map[string]Outcome{
		"created=1618884474": Mismatch, "created=x": Malformed, `created=1618884473;alg="ed25519"`: Mismatch,
		`created=1618884473;alg="rsa-pss-sha512"`: Malformed, `created=1618884473;created=1618884473`: Malformed,
		`created=1618884473;expires=1618884474`: Mismatch,
	} {
		m := rfcMessage()
		m.Header = m.Header.With("Signature-Input", strings.Replace(rfcInput, "created=1618884473", change, 1))
		if v := s.Verify(m, secrets(rfcKey), made); v.Outcome != want {
			t.Errorf("%s: %s, expected %s", change, v.Outcome, want)
		}
	}
	for _, bad := range []string{"", "sig-b26", `sig-b26=("date";sf)`, `sig-b26=("date"`, `sig-b26=("Date");created=1`, `sig-b26=("date" "date")`, `other=("date" "@method")`, `sig-b26=()`} {
		m := rfcMessage()
		m.Header = m.Header.With("Signature-Input", bad)
		expect(t, s.Verify(m, secrets(rfcKey), made), Malformed)
	}
}

func TestHTTPSignaturesThatWeMakeVerify(t *testing.T) {
	keygen := HTTPSignature{Form: "cavage", At: at("header:Keygen-Signature"), Algorithm: Ed25519, Covers: []string{"(request-target)", "host", "date", "digest"},
		Timestamp: Timestamp{At: part("header:Date"), Format: HTTPDate, Tolerance: 5 * time.Minute}}
	mail := HTTPSignature{Form: "rfc9421", At: at("header:Signature"), Algorithm: Ed25519, Covers: []string{"content-digest"},
		Timestamp: Timestamp{At: part("key:created"), Format: Unix, Tolerance: 5 * time.Minute}}
	curve := mail
	curve.Algorithm = ECDSASHA256
	for _, c := range []struct {
		s           HTTPSignature
		private, pk string
	}{{keygen, privEd, pubEd}, {mail, privEd, pubEd}, {curve, privP256, pubP256}} {
		m := post(tokenBody, "Host", "shop.example")
		m.Method, m.Target = "POST", "/hooks"
		out := sign(t, c.s, m, c.private)
		v := c.s.Verify(out, secrets(c.pk), noon)
		expect(t, v, Verified)
		if v.Cover != CoverBody {
			t.Errorf("cover %s, expected the body", v.Cover)
		}
		expect(t, c.s.Verify(out, secrets(c.pk), noon.Add(time.Hour)), Stale)
		out.Body = []byte("{}")
		expect(t, c.s.Verify(out, secrets(c.pk), noon), Mismatch)
		expect(t, c.s.Verify(m, secrets(c.pk), noon), Missing)
	}
}

func TestHTTPSignatureSchemesAreChecked(t *testing.T) {
	for _, s := range []HTTPSignature{
		{}, cavage(), cavage("@method"), cavage("Host"), {Form: "rfc9421", At: at("header:S"), Algorithm: Ed25519, Covers: []string{"(request-target)"}},
		{Form: "cavage", At: at("query:s"), Algorithm: Ed25519, Covers: []string{"host"}}, {Form: "cavage", At: at("header:S"), Algorithm: "hs2019", Covers: []string{"host"}},
	} {
		if s.Check() == nil {
			t.Errorf("%+v is no scheme", s)
		}
	}
}

// The numbers of a larger curve have no room in the signature.
func TestAKeyOfAnotherCurveSignsNothing(t *testing.T) {
	for _, curve := range []elliptic.Curve{elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		key, err := ecdsa.GenerateKey(curve, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		pair, err := written(key)
		if err != nil {
			t.Fatal(err)
		}
		for algorithm, own := range map[PublicAlgorithm]elliptic.Curve{ECDSASHA256: elliptic.P256(), ECDSASHA384: elliptic.P384()} {
			s := HTTPSignature{Form: "rfc9421", At: at("header:Signature"), Algorithm: algorithm, Covers: []string{"@method"}}
			if _, err := s.Sign(rfcMessage(), NewSecret("#1", pair.Private), noon); (err == nil) != (curve == own) {
				t.Errorf("%s with a key on %s: %v", algorithm, curve.Params().Name, err)
			}
		}
	}
}
