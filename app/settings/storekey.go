package settings

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/zalando/go-keyring"
)

// minStoreKey is the shortest key of a store in bytes: it is no password that
// somebody remembers, and guessing it must be hopeless.
const minStoreKey = 32

// StoreKey returns the key that captures are kept encrypted with, nil when r is
// empty. A key that is to be in the keyring and is not there is made and kept
// there if fresh is set: for a new store, which nothing was kept in yet.
func (v Vault) StoreKey(r Reference, fresh bool) ([]byte, error) {
	if r == "" {
		return nil, nil
	}
	secret, err := v.Resolve(r)
	where, name := r.Store()
	switch {
	case err == nil && len(secret.Value()) < minStoreKey:
		return nil, &Problem{Says: fmt.Sprintf("the key %s of the store has %d bytes, expected at least %d random ones", quote(string(r)), len(secret.Value()), minStoreKey),
			Advice: "Make one with \"openssl rand -base64 32\"."}
	case err == nil:
		return []byte(secret.Value()), nil
	case !fresh || where != "keyring" || !errors.Is(err, keyring.ErrNotFound):
		return nil, err
	}
	var key [32]byte
	_, _ = rand.Read(key[:]) // never fails: it ends the program instead
	text := base64.StdEncoding.EncodeToString(key[:])
	if _, err := v.Put(name, text); err != nil {
		return nil, err
	}
	return []byte(text), nil
}
