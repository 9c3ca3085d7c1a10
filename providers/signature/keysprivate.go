package signature

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

var errNoPrivateKey = errors.New("read private key: expected PEM, base64 DER, a JWK, or the 32 bytes of the seed of an Ed25519 key in hex or base64")

// parsePrivateKey reads a key to sign with: PEM or base64 DER of PKCS 8,
// PKCS 1 or SEC 1, a private JWK, or the seed of an Ed25519 key in hex or
// base64. A seed cannot be told from a public key: both are any 32 bytes. Its
// errors say nothing of text.
func parsePrivateKey(text string) (crypto.Signer, error) {
	text = strings.TrimSpace(text)
	if len(text) > maxKeyText {
		return nil, fmt.Errorf("read private key: %d bytes, expected at most %d", len(text), maxKeyText)
	}
	signer, err := readPrivateKey(text)
	if err != nil {
		return nil, err
	}
	if err := checkKey(signer.Public()); err != nil {
		return nil, fmt.Errorf("read private key: %w", err)
	}
	return signer, nil
}

func readPrivateKey(text string) (crypto.Signer, error) {
	if strings.HasPrefix(text, "{") {
		return jwkSigner(text)
	}
	if !strings.Contains(text, pemBegin) {
		return bareSigner(withoutSpace(text))
	}
	blocks, err := pemBlocks(text)
	if err != nil {
		return nil, fmt.Errorf("read private key: %w", err)
	}
	for _, b := range blocks {
		if strings.HasSuffix(b.label, "PRIVATE KEY") {
			return derSigner(b.der)
		}
	}
	return nil, errNoPrivateKey
}

func bareSigner(text string) (crypto.Signer, error) {
	b, err := hex.DecodeString(text)
	if err != nil {
		if b, err = unbase64(text); err != nil {
			return nil, errNoPrivateKey
		}
	}
	switch len(b) {
	case ed25519.SeedSize:
		return ed25519.NewKeyFromSeed(b), nil
	case ed25519.PrivateKeySize: // the public key stands behind the seed
		key := ed25519.NewKeyFromSeed(b[:ed25519.SeedSize])
		if !bytes.Equal(key, b) {
			return nil, errors.New("read private key: 64 bytes whose second half is not the public key of the first")
		}
		return key, nil
	}
	return derSigner(b)
}

func derSigner(der []byte) (crypto.Signer, error) {
	if key, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		if signer, ok := key.(crypto.Signer); ok {
			return signer, nil
		}
	}
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return key, nil
	}
	if key, err := x509.ParseECPrivateKey(der); err == nil {
		return key, nil
	}
	return nil, errNoPrivateKey
}

// public tells whether text, which Sign was given for a private key, is the
// public one after all: published by the provider, or the one that the
// signature of m fits. Only bare bytes can be taken for both.
func (s PublicKey) public(text string, m Message, secret Secret, now time.Time) bool {
	if strings.Contains(text, pemBegin) || strings.HasPrefix(strings.TrimSpace(text), "{") {
		return false
	}
	given, err := parsePublicKeys(text)
	if err != nil {
		return false
	}
	for _, published := range s.Keys.Published {
		keys, err := parsePublicKeys(published)
		if err == nil && slices.ContainsFunc(keys, func(k publicKey) bool { return samePublic(k.key, given[0].key) }) {
			return true
		}
	}
	v := s.Verify(m, []Secret{secret}, now)
	return v.Secret != ""
}

// samePublic tells whether a and b are one key.
func samePublic(a, b any) bool {
	key, ok := a.(interface{ Equal(crypto.PublicKey) bool })
	return ok && key.Equal(b)
}
