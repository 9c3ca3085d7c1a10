package inspector_test

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// publisher is a catalogue of one provider whose public key stands at an address.
func publisher(t testing.TB) providers.Catalog {
	t.Helper()
	text := strings.Replace(shakerHead, `kind = "hmac"
algorithm = "sha256"`, `kind = "public-key"
algorithm = "ed25519"`, 1)
	text = strings.Replace(text, "[[event]]", "[scheme.key]\nfetch = \"pem\"\nurl = \"https://keys.example/key\"\n[[event]]", 1)
	text = strings.Replace(text, `secret = "s"`, `secret = "7fa1e1ad2cc5d0c0a4a3c0a1b1e0a5a0d0c0b0a090807060504030201000fffe"`, 1)
	c, err := providers.Load(fstest.MapFS{
		"shaker.toml": {Data: []byte(text)},
		"a.http":      {Data: []byte("POST /a HTTP/1.1\r\nHost: a.example\r\nContent-Length: 2\r\n\r\n{}")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestKeysAreFetchedForEndpointsOnly(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	var fetched atomic.Int32
	fetch := func(address string, _ bool) ([]byte, error) {
		if address != "https://keys.example/key" {
			t.Errorf("fetched %q", address)
		}
		fetched.Add(1)
		return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), nil
	}
	e := inspector.Endpoint{Name: "shaker", Provider: "shaker", Path: "/t"}
	r := start(t, []inspector.Endpoint{e}, func(o *inspector.Options) { o.Catalog, o.Keys = publisher(t), fetch })
	body := `{"type":"paid"}`
	signed := post(body, "X-Signature: "+hex.EncodeToString(ed25519.Sign(private, []byte(body))))
	r.raw(strings.Replace(signed, "/t ", "/elsewhere ", 1))
	if got := r.captures()[0]; fetched.Load() != 0 || got.Outcome == signature.Verified {
		t.Errorf("a request to nowhere made %d fetches and was judged %s", fetched.Load(), got.Outcome)
	}
	if reply := r.raw(signed); reply.Status != 200 {
		t.Errorf("answered %d", reply.Status)
	}
	if got := r.captures()[0]; got.Outcome != signature.Verified || fetched.Load() == 0 {
		t.Errorf("judged %s after %d fetches", got.Outcome, fetched.Load())
	}
}
