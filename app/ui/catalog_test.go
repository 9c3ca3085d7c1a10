package ui

import (
	"fmt"
	"testing"
	"testing/fstest"

	"shopbell/providers"
)

// fixedCatalog is a catalogue that no new provider changes, for pictures and
// for handshakes of every kind.
func fixedCatalog(t testing.TB) providers.Catalog {
	t.Helper()
	const rest = `secret_where = "Settings, Webhooks, the endpoint: %[1]s."
advice = "%[2]s"
`
	files := fstest.MapFS{"a.http": {Data: []byte("POST /a HTTP/1.1\r\nHost: a.example\r\nContent-Length: 2\r\n\r\n{}")}}
	for _, p := range []struct{ id, name, category, mark, colour, sure, tables string }{
		{"anchor", "Anchor", "fintech", "An", "#334155", "primary", token},
		{"basecart", "Basecart", "e-commerce", "Ba", "#7c3aed", "primary", hmacIn("X-Basecart-Signature")},
		{"hookside", "Hookside", "crm", "Hs", "#d6404a", "secondary", hmacIn("X-Hook-Signature") + offers},
		{"keypay", "Keypay", "payments", "Kp", "#0f766e", "primary", publicKey},
		{"meterpost", "Meterpost", "shipping", "Mp", "#b45309", "secondary", hmacIn("X-Meter") + verifies},
		{"nothing", "Nothing Signed", "forms", "Ns", "#475569", "primary", unsigned},
		{"shopcart", "Shopcart", "e-commerce", "Sc", "#15803d", "primary", twoParts},
		{"stripy", "Stripy", "payments", "St", "#635bff", "primary", hmacIn("Stripy-Signature")},
		{"twin", "Twin", "payments", "Tw", "#0369a1", "primary", hmacIn("Stripy-Signature")},
	} {
		head := fmt.Sprintf("id = %q\nname = %q\ncategory = %q\ndocs = \"https://docs.example/%s\"\nsure = %q\nmark = %q\ncolour = %q\n",
			p.id, p.name, p.category, p.id, p.sure, p.mark, p.colour)
		where := fmt.Sprintf(rest, "Signing secret", "The signature covers the whole body, but no time: remember the ids, and take the same id with other content for a possible forgery.")
		if p.id == "nothing" {
			where = "advice = \"Only the secret address protects this.\"\n"
		}
		files[p.id+".toml"] = &fstest.MapFile{Data: []byte(head + where + p.tables)}
	}
	c, err := providers.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const (
	bare = `[[example]]
file = "a.http"
event = "paid"
origin = "a request without a signature"
at = 2025-01-01T00:00:00Z
`
	sampled = bare + "secret = \"a secret of the tests\"\n"
	token   = `[scheme]
kind = "token"
signature = "header:X-Anchor-Token"
` + sampled
	publicKey = `[scheme]
kind = "public-key"
algorithm = "ed25519"
encoding = "base64"
signature = "header:X-Keypay-Signature"
templates = ["{body}"]
` + sampled
	twoParts = `[scheme]
kind = "hmac"
algorithm = "sha256"
encoding = "hex"
signature = "header:X-Shopcart-Signature"
templates = ["{secret:app_key}.{body}"]
[scheme.secret]
parts = ["app_key", "secret"]
` + sampled
	unsigned = "[scheme]\nkind = \"unsigned\"\n[[detect]]\nwhen = [\"header:X-Nothing\"]\n" + bare
	offers   = `[[handshake]]
when = ["header:X-Hook-Secret"]
headers = { "X-Hook-Secret" = "{header:X-Hook-Secret}" }
store = "header:X-Hook-Secret"
says = "Hookside offers the secret of a new webhook."
`
	verifies = `[[handshake]]
when = ["method = GET", "query:challenge"]
check = "query:verify_token"
body = "{query:challenge}"
`
)

// hmacIn is a scheme whose signature stands in a header.
func hmacIn(header string) string {
	return "[scheme]\nkind = \"hmac\"\nalgorithm = \"sha256\"\nencoding = \"hex\"\nsignature = \"header:" + header + "\"\ntemplates = [\"{body}\"]\n" + sampled
}

func TestFixedCatalogLoads(t *testing.T) {
	if n := len(fixedCatalog(t).All()); n != 9 {
		t.Errorf("it has %d providers, expected 9", n)
	}
}
