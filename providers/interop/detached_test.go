package interop

import (
	"crypto/rand"
	"crypto/rsa"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"shopbell/providers/signature"
)

// detachedSigners are providers that sign with a detached JWS.
func detachedSigners() []signer {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	public := inPublicPEM(&key.PublicKey)
	return []signer{
		{"fireblocks_v2", "go-jose", public, detached("Fireblocks-Webhook-Signature", jose.RS512, key, nil)},
		{"saleor_jws", "go-jose", public, detached("Saleor-Signature", jose.RS256, key, map[jose.HeaderKey]any{"b64": false, "crit": []string{"b64"}})},
	}
}

func detached(header string, algorithm jose.SignatureAlgorithm, key any, extra map[jose.HeaderKey]any) func(*testing.T, signature.Message) signature.Message {
	return func(t *testing.T, m signature.Message) signature.Message {
		t.Helper()
		options := &jose.SignerOptions{ExtraHeaders: extra}
		s, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: key}, options)
		if err != nil {
			t.Fatal(err)
		}
		signed, err := s.Sign(m.Body)
		if err != nil {
			t.Fatal(err)
		}
		text, err := signed.DetachedCompactSerialize()
		if err != nil {
			t.Fatal(err)
		}
		m.Header = m.Header.With(header, text)
		return m
	}
}
