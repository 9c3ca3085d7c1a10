package signature

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

func hmacOf(a Algorithm, e Encoding, place string, forms ...string) Shared {
	return Shared{Keyed: true, Algorithm: a, Layout: Layout{Encoding: e, At: at(place), Templates: templates(forms...)}}
}

// The values of Twilio's page on webhook security and of the tests of its
// helper libraries.
func TestTwiliosPublishedSignaturesVerify(t *testing.T) {
	form := url.Values{"CallSid": {"CA1234567890ABCDE"}, "Digits": {"1234"}, "From": {"+14158675309"}, "To": {"+18005551212"}, "Caller": {"+14158675309"}}
	s := hmacOf(SHA1, Base64, "header:X-Twilio-Signature", "{url}{form?|sorted:::unique}", "{url|port}{form?|sorted:::unique}")
	m := post(form.Encode(), "Content-Type", "application/x-www-form-urlencoded", "X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
	m.URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
	expect(t, s.Verify(m, secrets("12345"), noon), Verified)
	m.URL += "3"
	expect(t, s.Verify(m, secrets("12345"), noon), Mismatch)
	const body = `{"property": "value", "boolean": true}`
	j := hmacOf(SHA1, Base64, "header:X-Twilio-Signature", "{url}")
	m = post(body, "Content-Type", "application/json", "X-Twilio-Signature", "a9nBmqA0ju/hNViExpshrM61xv4=")
	m.URL = "https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
	expect(t, j.Verify(m, secrets("12345"), noon), Verified)
	if got := ReadFields(m).Get(part("body|sha256|hex")); !strings.HasSuffix(m.URL, got.Text) {
		t.Errorf("the body's hash is %s", got.Text)
	}
}

// Computed with python3 hmac over the text that plivo-go and plivo-python build.
func TestPlivosThreeFormsVerify(t *testing.T) {
	s := hmacOf(SHA256, Base64, "header:X-Plivo-Signature-V3",
		"{url|no-query}?{query?|sorted:=:&:raw|around:*.}{form|sorted}.{header:X-Plivo-Signature-V3-Nonce}",
		"{url|no-query}?{query|sorted:=:&:raw}{body|empty}.{header:X-Plivo-Signature-V3-Nonce}")
	for _, c := range []struct{ method, target, body, sig string }{
		{"GET", "/?Duration=300&CallUUID=97ceeb52", "", "XFjdnskEHdq8yvMEV9c18bAUJMHQZD3/aKop6hRsflY="},
		{"POST", "/hook?b=x%20y&a=1", "Text=%C4%85+%26&CallUUID=97ceeb52", "6rjj13iFvEqHukQ7P3Wway1rR57KsWlaFOcTqUE/Fdo="},
		{"POST", "/hook", "Text=%C4%85+%26&CallUUID=97ceeb52", "zUj5lpsqm+m/uKt+SqIXDwln4kV7R+5xzPM6Qb+uBCU="},
	} {
		m := post(c.body, "X-Plivo-Signature-V3", c.sig, "X-Plivo-Signature-V3-Nonce", "12345")
		m.Method, m.Target, m.URL = c.method, c.target, "https://answer.url"+c.target
		expect(t, s.Verify(m, secrets("my_auth_token"), noon), Verified)
		m.Body = []byte(c.body + "&x=1")
		expect(t, s.Verify(m, secrets("my_auth_token"), noon), Mismatch)
	}
}

// Made by Contentful's node-apps-toolkit; they stand in the tests of a public
// integration.
func TestSignaturesOfContentfulsToolkitVerify(t *testing.T) {
	s := hmacOf(SHA256, Hex, "header:X-Contentful-Signature", "{method}\n{target|encoded-target}\n{header:X-Contentful-Signed-Headers|headers:;}\n{body}")
	s.Timestamp = Timestamp{At: part("header:X-Contentful-Timestamp"), Format: UnixMilli, Tolerance: 30 * time.Second}
	const body = `{"sys":{"id":"5KsDBWseXY6QegucYAoacS","type":"Entry"},"fields":{"title":{"en-US":"Hello, World!"}}}`
	secret, at := strings.Repeat("a", 32)+strings.Repeat("b", 32), time.UnixMilli(1767225600000)
	plain := post(body, "Content-Type", "application/vnd.contentful.management.v1+json", "X-Contentful-Topic", "ContentManagement.Entry.publish",
		"x-contentful-signature", "8dec81505760a10b542fbc36d3aa0a772b11f759eca7b2351daaf5bba8c7c6f1", "x-contentful-timestamp", "1767225600000",
		"x-contentful-signed-headers", "content-type,x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic")
	plain.Method, plain.Target = "POST", "/trigger/SW5zdGFuY2VGbG93Q29uZmlnOjE="
	asked := post(body, "x-contentful-webhook-name", " My Hook ", "x-contentful-timestamp", "1767225600000",
		"x-contentful-signature", "c8c83deb1a865012752f66594e6228056c826fd7227a70361b3a304e124555ec",
		"x-contentful-signed-headers", "x-contentful-signed-headers,x-contentful-timestamp,x-contentful-webhook-name")
	asked.Method, asked.Target = "POST", "/trigger/abc?foo=bar baz&x=1"
	for _, m := range []Message{plain, asked} {
		expect(t, s.Verify(m, secrets(secret), at), Verified)
		expect(t, s.Verify(m, secrets(secret), at.Add(time.Minute)), Stale)
		m.Target += "1"
		expect(t, s.Verify(m, secrets(secret), at), Mismatch)
	}
}
