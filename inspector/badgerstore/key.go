package badgerstore

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
)

// derive makes the 32 bytes of a key for one purpose, so that Badger and the
// journal never share one.
func derive(key []byte, purpose string) ([]byte, error) {
	out, err := hkdf.Key(sha256.New, key, nil, "shopbell store: "+purpose, 32)
	if err != nil {
		return nil, fmt.Errorf("derive the key of the %s: %w", purpose, err)
	}
	return out, nil
}

// journalSeal is what the journal is encrypted with, nil without a key.
func journalSeal(key []byte) (cipher.AEAD, error) {
	if len(key) == 0 {
		return nil, nil
	}
	k, err := derive(key, "journal")
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(k)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// badgerKey is what Badger encrypts with, empty without a key.
func badgerKey(key []byte) ([]byte, error) {
	if len(key) == 0 {
		return nil, nil
	}
	return derive(key, "captures")
}
