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
	return []inferable{
		{"body in hex", s, []string{"X-Sig", hexed(mac(sha256.New, s, body))}, `templates = ["{body}"]`},
		{"body with a prefix", s, []string{"X-Hub-Signature", "sha1=" + hexed(mac(sha1.New, s, body))}, `prefix = "sha1="`},
		{"body in base64", s, []string{"X-Acme-Hmac", based(mac(sha512.New, s, body))}, `encoding = "base64"`},
		{"a list", s, []string{"Acme-Signature", "t=" + ts + ",v1=" + hexed(mac(sha256.New, s, ts+"."+body))}, `at = "key:t"`},
		{"a list with semicolons", s, []string{"Acme-Signature", "ts=" + ts + ";h1=" + hexed(mac(sha256.New, s, ts+":"+body))}, `pairs = ";"`},
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
		if found, ok := Infer(t.Context(), m, signature.NewSecret("#1", i.secret[:8]+"0"+i.secret[8:]), time.Unix(1748773860, 0)); ok {
			t.Errorf("%s: found %s", i.name, found.Says)
		}
	}
}
