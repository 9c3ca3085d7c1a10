package inspector_test

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"strings"
	"testing"
	"testing/fstest"

	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// publishers are providers of one header whose keys stand on hosts of their own.
func publishers(t testing.TB, ids ...string) providers.Catalog {
	t.Helper()
	files := fstest.MapFS{"a.http": {Data: []byte("POST /a HTTP/1.1\r\nHost: a.example\r\nContent-Length: 2\r\n\r\n{}")}}
	for _, id := range ids {
		files[id+".toml"] = &fstest.MapFile{Data: []byte(strings.NewReplacer(
			`"shaker"`, `"`+id+`"`, "kind = \"hmac\"\nalgorithm = \"sha256\"", "kind = \"public-key\"\nalgorithm = \"ed25519\"",
			"[[event]]", "[scheme.key]\nfetch = \"pem\"\nurl = \"https://"+id+".example/key\"\n[[event]]",
		).Replace(shakerHead))}
	}
	c, err := providers.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestAKeyServerThatIsSilentHoldsUpNoCandidate has key servers that never
// answer beside the one of the provider that did send the message.
func TestAKeyServerThatIsSilentHoldsUpNoCandidate(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	never := make(chan struct{})
	t.Cleanup(func() { close(never) })
	fetch := func(address string, _ bool) ([]byte, error) {
		if address != "https://real.example/key" {
			<-never
		}
		return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), nil
	}
	catchAll := func(ids ...string) *rig {
		return start(t, []inspector.Endpoint{{Name: "all", Path: "/"}}, func(o *inspector.Options) { o.Catalog, o.Keys = publishers(t, ids...), fetch })
	}
	body := `{"type":"paid"}`
	signed := post(body, "X-Signature: "+hex.EncodeToString(ed25519.Sign(private, []byte(body))))

	r := catchAll("lost", "gone", "real", "zilch")
	r.raw(signed)
	if k := r.only(); k.Provider != "real" || k.Outcome != signature.Verified {
		t.Errorf("kept as %+v", k.Summary)
	}
	r = catchAll("gone")
	r.raw(signed)
	k := r.only()
	if k.Provider != "gone" || k.Outcome != signature.NoSecret || len(k.Verdict.Steps) == 0 {
		t.Fatalf("kept as %+v, %+v", k.Summary, k.Verdict)
	}
	last := k.Verdict.Steps[len(k.Verdict.Steps)-1].Evidence
	if !strings.Contains(last, "key not fetched in time") {
		t.Errorf("said %q, expected the reason", last)
	}
}
