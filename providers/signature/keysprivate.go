package signature

import (
	"crypto"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

var errNoPrivateKey = errors.New("read private key: expected PEM, base64 DER, a JWK, or 32 bytes of Ed25519 in hex or base64")

// parsePrivateKey reads a key to sign with: PEM or base64 DER of PKCS 8,
// PKCS 1 or SEC 1, a private JWK, or the seed of an Ed25519 key in hex or
// base64. Its errors say nothing of text.
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
	case ed25519.PrivateKeySize:
		return ed25519.NewKeyFromSeed(b[:ed25519.SeedSize]), nil
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
