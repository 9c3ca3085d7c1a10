package signature

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// A fix that changes the configured secret makes the delivery verify.
func TestAFixOfTheSecretMendsIt(t *testing.T) {
	decoded := bodyScheme(SHA256, "")
	decoded.Secret = SecretForm{Strip: []string{"whsec_"}, Encoding: Base64}
	for _, c := range []struct {
		s           Shared
		theirs, own string
		kind        FixKind
	}{
		{bodyScheme(SHA256, ""), "key-17", "key-17\r\n", TrimSecret},
		{bodyScheme(SHA256, ""), "key-17", "\ufeffkey-17\u200b", TrimSecret},
		{bodyScheme(SHA256, ""), "key-17", "whsec_key-17", StripSecret},
		{bodyScheme(SHA256, ""), "whsec_key-17", "key-17", PrefixSecret},
		{decoded, "whsec_cmF3LWtleS0xNw==", "raw-key-17", EncodeSecret},
	} {
		m := sign(t, c.s, post(`{"a":1}`), c.theirs)
		d := Diagnose(t.Context(), c.s, m, secrets(c.own), nil, noon)
		if d == nil || d.Fix == nil || d.Fix.Kind != c.kind || d.Fix.Secret != "#1" {
			t.Errorf("%q for %q: %+v", c.own, c.theirs, d)
			continue
		}
		mended, ok := d.Fix.Mend(c.own)
		if v := c.s.Verify(m, secrets(mended), noon); !ok || v.Outcome != Verified {
			t.Errorf("%q mended to %q: %s", c.own, mended, v.Outcome)
		}
	}
	if _, ok := (Fix{Kind: UseSecret, Endpoint: "live"}).Mend("key"); ok {
		t.Error("a fix that is no change of the text changed it")
	}
}

func TestAnotherEnvironmentIsSaidToBeOne(t *testing.T) {
	s := bodyScheme(SHA256, "")
	for _, c := range []struct{ ours, own, theirs, secret, says string }{
		{"shop test", "key-1", "shop live", "key-2", "the provider's live environment, this endpoint is of the test one"},
		{"shop", "sk_test_1", "other", "sk_live_2", "the provider's live environment, this endpoint is of the test one"},
		{"shop", "key-1", "sandbox of the shop", "key-2", "and that one is of the test environment"},
		{"shop", "key-1", "contest", "key-2", "this endpoint holds another one."},
	} {
		i := Inquiry{Provider: "p", Endpoint: c.ours, Scheme: s, Message: sign(t, s, post("{}"), c.secret), Own: secrets(c.own), Now: noon, Within: time.Minute,
			Others: []Keyring{{Endpoint: c.theirs, Provider: "p", Secrets: secrets(c.secret)}}}
		d := i.Diagnose(t.Context())
		expectCause(t, d, SecretOfOtherEndpoint, c.says)
		if d.Fix == nil || d.Fix.Endpoint != c.theirs || strings.Contains(marshal(t, d), c.secret) {
			t.Errorf("fix %+v in %s", d.Fix, marshal(t, d))
		}
	}
}

func TestEvidenceShowsTheFirstByteThatDiffers(t *testing.T) {
	s := bodyScheme(SHA256, "")
	m := sign(t, s, post(`{"id": 1, "b": "x"}`), "key")
	d := diagnose(t, s, received(m, `{"id":1,"b":"x"}`))
	expectCause(t, d, BodyReencoded, "")
	expectText(t, d.Evidence, "received 16 bytes, signed 19; the first difference is at byte 6")
	expectText(t, d.Evidence, "at that byte: 312c2262")
	expectText(t, d.Evidence, "at that byte: 20312c20")
}

// A body can hold the secret itself, also escaped; then none of it is shown.
func TestEvidenceHidesABodyThatHoldsASecret(t *testing.T) {
	s := bodyScheme(SHA256, "")
	for _, secret := range []string{"pl/ain+se=cret", "ąę-gehe1m"} {
		for _, body := range []string{`{"s": "` + secret + `"}`, `{"s": "` + strings.ReplaceAll(secret, "/", `\/`) + `"}`} {
			m := sign(t, s, post(body), secret)
			d := Diagnose(t.Context(), s, received(m, strings.ReplaceAll(body, " ", "")), secrets(secret), nil, noon)
			expectCause(t, d, BodyReencoded, "")
			if strings.Contains(d.Evidence, secret[:4]) || strings.Contains(d.Evidence, secret[5:]) || strings.Contains(d.Evidence, "at that byte") {
				t.Errorf("evidence %q of a body with the secret", d.Evidence)
			}
		}
	}
}

func TestTheShapeOfAStrangeHeaderIsTold(t *testing.T) {
	for text, want := range map[string]string{
		strings.Repeat("ab", 20):                                     "40 hex digits, as SHA-1 gives",
		"sha1=" + strings.Repeat("ab", 20):                           `"sha1=" and 40 hex digits, as SHA-1 gives`,
		Base64.encode(bytes.Repeat([]byte{0xfb}, 48)):                "64 base64 characters, as SHA-384 gives",
		"t=1714996800,v1=" + strings.Repeat("ab", 32) + ",v0=00":     "a list like Stripe's, with the keys t, v1, v0",
		"v1," + Base64.encode(make([]byte, 32)):                      "the list of Standard Webhooks (v1,...): 44 base64 characters, as SHA-256 gives",
		"eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.AAAA":                       "a JSON Web Token (HS256)",
		"eyJhbGciOiJQUzI1NiJ9..AAAA":                                 "a detached JSON Web Signature (PS256)",
		Base64.encode(append([]byte{0x30, 68}, make([]byte, 68)...)): "96 base64 characters, as ECDSA with P-256 gives",
		"hello world": "",
		"":            "",
	} {
		if got := shapeOf(text); got != want {
			t.Errorf("%q: %q, expected %q", text, got, want)
		}
	}
	m := post("{}", "X-Other-Signature", strings.Repeat("ab", 20), "Content-Length", "7", "Content-Encoding", "br")
	d := diagnose(t, bodyScheme(SHA256, ""), m)
	expectText(t, d.Evidence, "the header X-Other-Signature holds 40 hex digits, as SHA-1 gives")
	expectText(t, d.Evidence, "Content-Length says 7 bytes, the body has 2")
	expectText(t, d.Evidence, `Content-Encoding says "br"`)
}
