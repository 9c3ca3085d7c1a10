package interop

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"shopbell/providers/signature"
)

const tokenSecret = "a secret for tokens of more than 32 bytes"

// tokenSigners are providers that send a JSON Web Token; the library is the
// one that Go programs make such tokens with.
func tokenSigners() []signer {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	return []signer{
		{"netlify", "golang-jwt", tokenSecret, token("X-Webhook-Signature", "", jwt.SigningMethodHS256, []byte(tokenSecret), func(body []byte) jwt.MapClaims {
			return jwt.MapClaims{"iss": "netlify", "sha256": hexSum(body)}
		})},
		{"vonage", "golang-jwt", tokenSecret, token("Authorization", "Bearer ", jwt.SigningMethodHS256, []byte(tokenSecret), func(body []byte) jwt.MapClaims {
			return jwt.MapClaims{"iss": "Vonage", "iat": time.Now().Unix(), "jti": "c5ba8f24", "payload_hash": hexSum(body)}
		})},
		{"plaid", "golang-jwt", inPublicPEM(&key.PublicKey), token("Plaid-Verification", "", jwt.SigningMethodES256, key, func(body []byte) jwt.MapClaims {
			return jwt.MapClaims{"iat": time.Now().Unix(), "request_body_sha256": hexSum(body)}
		})},
		{"fusionauth", "golang-jwt", tokenSecret, token("X-FusionAuth-Signature-JWT", "", jwt.SigningMethodHS256, []byte(tokenSecret), func(body []byte) jwt.MapClaims {
			sum := sha256.Sum256(body)
			return jwt.MapClaims{"request_body_sha256": base64.StdEncoding.EncodeToString(sum[:])}
		})},
	}
}

func token(header, prefix string, method jwt.SigningMethod, key any, claims func(body []byte) jwt.MapClaims) func(*testing.T, signature.Message) signature.Message {
	return func(t *testing.T, m signature.Message) signature.Message {
		t.Helper()
		text, err := jwt.NewWithClaims(method, claims(m.Body)).SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		m.Header = m.Header.With(header, prefix+text)
		return m
	}
}

func hexSum(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
