package providers

import (
	"strings"
	"testing"

	"shopbell/providers/signature"
)

// bearer is a provider that sends its secret in a header and in the query, and
// offers one in another header.
func bearer() Provider {
	part := func(kind signature.PartKind, name string) signature.Part {
		return signature.Part{Kind: kind, Name: name}
	}
	return Provider{
		ID: "bearer", Scheme: signature.Token{At: []signature.Part{part(signature.PartHeader, "X-Token"), part(signature.PartQuery, "token")}},
		handshakes: []handshakeTable{{Store: part(signature.PartHeader, "X-Hook-Secret")}},
	}
}

func TestAHeadIsShownWithoutItsSecrets(t *testing.T) {
	head := "POST /hook?a=1&token=s3cret HTTP/1.1\r\nHost: shop.example\r\nx-token: s3cret\r\n folded s3cret\r\nX-HOOK-SECRET:s3cret\r\nCookie: s3cret\r\nX-Plain: x-token: no\r\n\r\n"
	got := string(bearer().MaskHead([]byte(head), func(name string) bool { return strings.EqualFold(name, "cookie") }))
	want := strings.NewReplacer("token=s3cret", "token="+dots, "x-token: s3cret", "x-token: "+dots, " folded s3cret", " "+dots,
		"SECRET:s3cret", "SECRET: "+dots, "Cookie: s3cret", "Cookie: "+dots).Replace(head)
	if got != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
	if plain := (Provider{}).MaskHead([]byte(head), nil); string(plain) != head {
		t.Errorf("a provider without secrets in the head changed it to %q", plain)
	}
}

func TestATokenInTheQueryIsMasked(t *testing.T) {
	for target, want := range map[string]string{
		"/a?token=s3cret":       "/a?token=" + dots,
		"/a?%74oken=s3cret&b=2": "/a?%74oken=" + dots + "&b=2",
		"/a?token":              "/a?token",
		"/a?b=token":            "/a?b=token",
		"/token=s3cret":         "/token=s3cret",
		"/a?%zz=s3cret":         "/a?%zz=" + dots,
	} {
		if got := bearer().MaskTarget(target); got != want {
			t.Errorf("%q became %q, expected %q", target, got, want)
		}
	}
}

func TestTheCatalogueSaysWhatAHandshakeNeeds(t *testing.T) {
	token, err := signature.ParseTemplate("{verify_token}")
	if err != nil {
		t.Fatal(err)
	}
	check := handshakeTable{Check: signature.Part{Kind: signature.PartQuery, Name: "hub.verify_token"}}
	for name, p := range map[string]Provider{
		"checked": {handshakes: []handshakeTable{check}},
		"body":    {handshakes: []handshakeTable{{Body: token}}},
		"header":  {handshakes: []handshakeTable{{Headers: map[string]signature.Template{"x": token}}}},
	} {
		if !p.NeedsVerifyToken() || p.OffersSecret() {
			t.Errorf("%s: verify token %v, offers %v", name, p.NeedsVerifyToken(), p.OffersSecret())
		}
	}
	if p := bearer(); p.NeedsVerifyToken() || !p.OffersSecret() {
		t.Errorf("bearer: verify token %v, offers %v", p.NeedsVerifyToken(), p.OffersSecret())
	}
}
