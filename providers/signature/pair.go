package signature

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strings"
	"sync"
)

// Pair is a private key to sign with and the secret that verifies what it
// signed, in the form in which a scheme takes them.
type Pair struct{ Private, Public string }

// NewPair makes a throw-away pair of keys for a scheme that signs with a
// private key; ok is false for every other scheme.
func NewPair(s Scheme) (pair Pair, ok bool, err error) { return newPair(s, newRSA) }

func newRSA() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) }

// strangerRSA is a key that signs nothing genuine, made once: it takes as long
// as hundreds of signatures.
var strangerRSA = sync.OnceValues(newRSA)

func newPair(s Scheme, makeRSA func() (*rsa.PrivateKey, error)) (pair Pair, ok bool, err error) {
	algorithm, form := pairFor(s)
	var key crypto.Signer
	switch {
	case algorithm == "":
		return Pair{}, false, nil
	case algorithm == Ed25519:
		_, key, err = ed25519.GenerateKey(rand.Reader)
	case strings.HasPrefix(string(algorithm), "rsa"):
		key, err = makeRSA()
	default:
		key, err = ecdsa.GenerateKey(curveOf(algorithm), rand.Reader)
	}
	if err != nil {
		return Pair{}, true, fmt.Errorf("make a pair of keys: %w", err)
	}
	pair, err = written(key)
	if err != nil {
		return Pair{}, true, fmt.Errorf("write a pair of keys: %w", err)
	}
	// The parts of a secret before the key are names of the account.
	for range max(0, len(form.Parts)-1) {
		pair = Pair{"sample:" + pair.Private, "sample:" + pair.Public}
	}
	return pair, true, nil
}

// pairFor tells with which kind of key s signs, "" for a shared secret.
func pairFor(s Scheme) (PublicAlgorithm, SecretForm) {
	switch s := s.(type) {
	case PublicKey:
		return s.Algorithm, s.Secret
	case HTTPSignature:
		return s.Algorithm, SecretForm{}
	case JWT:
		return tokenPair(s.Algorithms[0]), s.Secret
	case JWS:
		return tokenPair(s.Algorithms[0]), s.Secret
	case Either:
		return pairFor(s.Schemes[0])
	}
	return "", SecretForm{}
}

// tokenPair reads the names of RFC 7518.
func tokenPair(name string) PublicAlgorithm {
	switch {
	case name == "EdDSA":
		return Ed25519
	case strings.HasPrefix(name, "RS"), strings.HasPrefix(name, "PS"):
		return RSASHA256
	case strings.HasPrefix(name, "ES"):
		return PublicAlgorithm("ecdsa-sha" + strings.TrimPrefix(name, "ES"))
	}
	return ""
}

func curveOf(a PublicAlgorithm) elliptic.Curve {
	switch a {
	case ECDSASHA384:
		return elliptic.P384()
	case ECDSASHA512:
		return elliptic.P521()
	}
	return elliptic.P256()
}

func written(key crypto.Signer) (Pair, error) {
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return Pair{}, err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return Pair{}, err
	}
	text := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	return Pair{text("PRIVATE KEY", private), text("PUBLIC KEY", public)}, nil
}
