package inspector_test

import (
	"testing"
	"testing/fstest"

	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// The provider of the handshake tests signs its deliveries as many do.
const (
	shakerHead = `id = "shaker"
name = "Shaker"
category = "test"
docs = "https://shaker.example/docs"
sure = "primary"
mark = "Sh"
colour = "#1f6feb"
secret_where = "Settings."
[scheme]
kind = "hmac"
algorithm = "sha256"
encoding = "hex"
signature = "header:X-Signature"
templates = ["{body}"]
[[event]]
text = "{json:type}"
[[delivery]]
text = "{json:id}"
[[detect]]
when = ["header:X-Signature"]
[[example]]
file = "a.http"
event = "a"
origin = "made up for a test"
secret = "s"
at = 2024-05-06T07:08:09Z
`
	shakerSecret = "shaker-secret-0001"
)

// shaker is a catalogue of one provider with these tables behind its head.
func shaker(t testing.TB, tables string) func(*inspector.Options) {
	t.Helper()
	c, err := providers.Load(fstest.MapFS{
		"shaker.toml": {Data: []byte(shakerHead + tables)},
		"a.http":      {Data: []byte("POST /a HTTP/1.1\r\nHost: a.example\r\nContent-Length: 2\r\n\r\n{}")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return func(o *inspector.Options) { o.Catalog = c }
}

// shaken is the endpoint of the provider, with all that a handshake may need.
func shaken() inspector.Endpoint {
	return inspector.Endpoint{
		Name: "shaker", Provider: "shaker", Path: "/t",
		Secrets:     []signature.Secret{signature.NewSecret("#1", shakerSecret)},
		VerifyToken: signature.NewSecret("verify_token", "my-verify-token"),
	}
}

// The families of handshakes, one table for each shape that a provider
// documents; see each provider's own file for the real ones.
const (
	echoQuery = `[[handshake]]
when = ["method = GET", "query:hub.challenge"]
check = "query:hub.verify_token"
body = "{query:hub.challenge}"
says = "Shaker checked the address with its verify token."
`
	echoJSON = `[[handshake]]
when = ["json:type = url_verification"]
type = "application/json"
body = "{{\"challenge\":\"{json:challenge}\"}}"
`
	echoHeader = `[[handshake]]
when = ["header:X-Hook-Secret"]
headers = { "X-Hook-Secret" = "{header:X-Hook-Secret}" }
store = "header:X-Hook-Secret"
says = "Shaker offers a new secret for this webhook."
`
	headerAsBody = `[[handshake]]
when = ["method = GET", "header:X-Verification"]
body = "{header:X-Verification}"
`
	hmacQuery = `[[handshake]]
when = ["method = GET", "query:crc_token"]
type = "application/json"
body = "{{\"response_token\":\"sha256={query:crc_token|hmac-sha256|base64}\"}}"
`
	hmacJSON = `[[handshake]]
when = ["json:event = endpoint.url_validation"]
type = "application/json"
body = "{{\"plainToken\":\"{json:payload.plainToken}\",\"encryptedToken\":\"{json:payload.plainToken|hmac-sha256|hex}\"}}"
`
	statusOnly = `[[handshake]]
when = ["method = HEAD"]
`
	intent = `[[handshake]]
when = ["json:intent"]
signed = true
`
	noContent = `[[handshake]]
when = ["json:type = 0"]
status = 204
`
	bodyToken = `[[handshake]]
when = ["json:verification_token", "!json:type"]
store = "json:verification_token"
`
)
