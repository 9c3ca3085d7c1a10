package providers

import (
	"context"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"strings"
	"testing"
	"time"

	"shopbell/providers/signature"
)

const inferBody = `{"event":"order.paid","id":"ord_1001","amount":12.50,"customer":{"email":"a@example.com"}}`

func mac(h func() hash.Hash, key, text string) []byte {
	m := hmac.New(h, []byte(key))
	m.Write([]byte(text))
	return m.Sum(nil)
}

func hexed(b []byte) string   { return hex.EncodeToString(b) }
func based(b []byte) string   { return base64.StdEncoding.EncodeToString(b) }
func sum1(text string) []byte { s := sha1.Sum([]byte(text)); return s[:] }
func sum5(text string) []byte { s := md5.Sum([]byte(text)); return s[:] }

// inferable is a delivery of a provider that nobody described.
type inferable struct {
	name   string
	secret string
	fields []string
	want   string // a part of the file that comes out
}

func inferables() []inferable {
	const s, ts, body = "s3cret-0001", "1748773800", inferBody
	raw, _ := base64.StdEncoding.DecodeString("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	whole := sha256.Sum256([]byte(body))
	public, private, _ := ed25519.GenerateKey(rand.Reader)
	part64 := base64.RawURLEncoding.EncodeToString
	claims := part64([]byte(`{"alg":"HS512"}`)) + "." + part64([]byte(`{"iat":`+ts+`,"exp":1748774100,"body":{"sha256":"`+hexed(whole[:])+`"}}`))
	return []inferable{
		{"body in hex", s, []string{"X-Sig", hexed(mac(sha256.New, s, body))}, `templates = ["{body}"]`},
		{"body with a prefix", s, []string{"X-Hub-Signature", "sha1=" + hexed(mac(sha1.New, s, body))}, `prefix = "sha1="`},
		{"body in base64", s, []string{"X-Acme-Hmac", based(mac(sha512.New, s, body))}, `encoding = "base64"`},
		{"a list", s, []string{"Acme-Signature", "t=" + ts + ",v1=" + hexed(mac(sha256.New, s, ts+"."+body))}, `at = "key:t"`},
		{"a list with semicolons", s, []string{"Acme-Signature", "ts=" + ts + ";h1=" + hexed(mac(sha256.New, s, ts+":"+body))}, `pairs = ";"`},
		{"the list of standard webhooks", s, []string{"webhook-id", "msg_1", "webhook-timestamp", ts,
			"webhook-signature", "v1," + based(mac(sha256.New, "other", "")) + " v1," + based(mac(sha256.New, s, "msg_1."+ts+"."+body))}, `keys = ["v1"]`},
		{"a key in hex", hexed(public), []string{"X-Time", ts, "X-Ed25519", hexed(ed25519.Sign(private, []byte(ts+"."+body)))}, `"{timestamp}.{body}"`},
		{"a token with a digest of the body", s, []string{"Authorization", "Bearer " + claims + "." + part64(mac(sha512.New, s, claims))}, `name = "body.sha256"`},
		{"a part before and behind", s, []string{"X-Shop", "shop_77", "X-Mac", hexed(mac(sha256.New, s, "shop_77|"+body+"|shop_77"))}, `"{header:X-Shop}|{body}|{header:X-Shop}"`},
		{"standard webhooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", []string{"webhook-id", "msg_1", "webhook-timestamp", ts,
			"webhook-signature", "v1," + based(mac(sha256.New, string(raw), "msg_1."+ts+"."+body))}, `strip = "whsec_"`},
		{"a version before it", s, []string{"X-Time", ts, "X-Signature", "v0=" + hexed(mac(sha256.New, s, "v0:"+ts+":"+body))}, `{timestamp}`},
		{"url before the body", s, []string{"X-Signature", based(mac(sha1.New, s, "https://shop.example/hook"+body))}, `"{url}{body}"`},
		{"request line", s, []string{"X-Stamp", ts, "X-Mac", hexed(mac(sha256.New, s, "POST\n/hook\n"+ts+"\n"+hexed(whole[:])))}, `sha256|hex`},
		{"a plain hash", s, []string{"X-Check", hexed(sum1(s + body))}, `kind = "hash"`},
		{"a plain hash behind", s, []string{"X-Check", hexed(sum5(body + "." + s))}, `"{body}.{secret}"`},
		{"a token", s, []string{"Authorization", "Bearer " + s}, `kind = "token"`},
		{"basic", "user:pass", []string{"Authorization", "Basic " + based([]byte("user:pass"))}, `kind = "basic"`},
		{"a public key", based(public), []string{"X-Time", ts, "X-Signature-Ed25519", hexed(ed25519.Sign(private, []byte(ts+body)))}, `algorithm = "ed25519"`},
		{"fields", s, []string{"X-Digest", hexed(mac(sha256.New, s, "ord_1001|12.50"))}, `{json:id}|{json:amount}`},
	}
}

func TestTheSchemeIsFoundFromOneDelivery(t *testing.T) {
	for _, i := range inferables() {
		m := post(inferBody, append([]string{"Host", "shop.example", "Content-Type", "application/json"}, i.fields...)...)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		found, ok := Infer(ctx, m, signature.NewSecret("#1", i.secret), time.Unix(1748773860, 0))
		cancel()
		if !ok {
			t.Errorf("%s: nothing found", i.name)
			continue
		}
		text := OwnFile(Own{ID: "acme", Name: "Acme", Docs: "https://acme.example/webhooks", Found: found})
		if !strings.Contains(text, i.want) {
			t.Errorf("%s: %s\nexpected %s", i.name, text, i.want)
		}
		if strings.Contains(text, i.secret) {
			t.Errorf("%s: the secret stands in the file", i.name)
		}
	}
}

func TestNothingIsFoundWithAnotherSecret(t *testing.T) {
	for _, i := range inferables() {
		m := post(inferBody, append([]string{"Host", "shop.example"}, i.fields...)...)
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		if found, ok := Infer(ctx, m, signature.NewSecret("#1", i.secret[:8]+"0"+i.secret[8:]), time.Unix(1748773860, 0)); ok {
			t.Errorf("%s: found %s", i.name, found.Says)
		}
	}
}

// flat are forms and flat JSON bodies whose sorted fields are signed.
func TestSortedFieldsAreFound(t *testing.T) {
	const s = "s3cret-0001"
	for _, c := range []struct{ body, kind, text, want string }{
		{"b=2&a=x+y&empty=", "application/x-www-form-urlencoded", "a=x y&b=2&empty=", `"{form|sorted:=:&}"`},
		{"b=2&a=x+y&empty=", "application/x-www-form-urlencoded", "a=x y&b=2", `"{form|sorted:=:&:filled}"`},
		{"b=2&a=x+y&c=3", "application/x-www-form-urlencoded", "x y|2|3", `"{form|sorted::%7C:values}"`},
		{`{"b":2,"a":"x","C":true}`, "application/json", "C=true&a=x&b=2", `"{body|members:=:&:bytes}"`},
		{`{"b":2,"a":"x","c":""}`, "application/json", "a=x&b=2", `"{body|members:=:&:bytes+filled}"`},
	} {
		for how, sum := range map[string][]byte{`kind = "hmac"`: mac(sha256.New, s, c.text), `kind = "hash"`: sum5(c.text + "&key=" + s)} {
			m := post(c.body, "Host", "shop.example", "Content-Type", c.kind, "X-Sign", hexed(sum))
			found, ok := Infer(t.Context(), m, signature.NewSecret("#1", s), time.Unix(1748773860, 0))
			text := OwnFile(Own{Found: found})
			if want := strings.TrimSuffix(c.want, `"`); !ok || !strings.Contains(text, want) || !strings.Contains(text, how) {
				t.Errorf("%s over %q: %v\n%s", how, c.text, ok, text)
			}
		}
	}
}

// A signature over nothing, or with an empty key, would be found in any
// delivery of an attacker.
func TestWhatIsTriviallyTrueIsNotFound(t *testing.T) {
	for _, c := range []struct{ name, secret, text, says string }{
		{"an empty secret", "", "x", "the secret is empty"},
		{"nothing signed", "s3cret-0001", "", "over an empty text"},
	} {
		m := post("", "Host", "shop.example", "X-Sig", hexed(mac(sha256.New, c.secret, c.text)))
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		if found, ok := Infer(ctx, m, signature.NewSecret("#1", c.secret), time.Unix(1748773860, 0)); ok || !strings.Contains(found.Says, c.says) {
			t.Errorf("%s: %v, %q, expected %q", c.name, ok, found.Says, c.says)
		}
	}
}

func TestWhatIsNotFoundSaysWhatStandsThere(t *testing.T) {
	cut := post(inferBody, "Host", "shop.example", "Content-Length", "4000", "X-Sig", "sha256="+hexed(mac(sha256.New, "a secret", "b")))
	for _, c := range []struct {
		m    signature.Message
		want []string
	}{
		{cut, []string{"header:X-Sig looks like \"sha256=\" and 64 hex digits", "Content-Length says 4000 bytes", "tried: "}},
		{post(inferBody, "Host", "shop.example"), []string{"nothing in this delivery looks like a signature", "4 fields of json"}},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		found, ok := Infer(ctx, c.m, signature.NewSecret("#1", "s3cret-0001"), time.Unix(1748773860, 0))
		for _, want := range c.want {
			if all := found.Says + strings.Join(found.Notes, "; "); ok || !strings.Contains(all, want) {
				t.Errorf("%v, %q, expected %q", ok, all, want)
			}
		}
	}
}
