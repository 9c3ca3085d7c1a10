package settings

import (
	"crypto/rand"
	"encoding/hex"
)

// NewPath returns /<provider>/<128 random bits in hex>; without a provider the
// random part alone. It is the secret that guards a provider without signatures.
func NewPath(provider string) string {
	var random [16]byte
	rand.Read(random[:]) // never fails: the program ends when the system has no randomness
	if provider == "" {
		return "/" + hex.EncodeToString(random[:])
	}
	return "/" + provider + "/" + hex.EncodeToString(random[:])
}
