package console

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"shopbell/app/settings"
)

// pathKey makes the secret parts of paths. It stays in the data folder, so the
// addresses given to providers hold across restarts.
type pathKey []byte

// of returns /<provider>/<128 bits that cannot be guessed> for an endpoint.
func (k pathKey) of(provider, name string) string {
	mac := hmac.New(sha256.New, k)
	mac.Write([]byte(name))
	return "/" + provider + "/" + hex.EncodeToString(mac.Sum(nil)[:16])
}

// fill gives endpoints their paths.
func (k pathKey) fill(endpoints []settings.Endpoint) {
	for i, e := range endpoints {
		endpoints[i].Path = k.of(e.Provider, e.Name)
	}
}

// paths reads the key of the data folder. Where there is none it makes one, if
// that is wanted, else the result is nil.
func (s *session) paths(wanted bool) (pathKey, error) {
	dir, err := s.dataDir()
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "paths.key")
	key, err := os.ReadFile(file)
	switch {
	case err == nil && len(key) == sha256.Size:
		return key, nil
	case err == nil:
		return nil, fmt.Errorf("reading %q: has %d bytes, expected %d", file, len(key), sha256.Size)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	case !wanted:
		return nil, nil
	}
	return makePaths(dir, file)
}

// makePaths writes a new key whole and then links it into place, so that two
// starts at once end with the same key.
func makePaths(dir, file string) (pathKey, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	key := make([]byte, sha256.Size)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	temp, err := os.CreateTemp(dir, "paths-*")
	if err != nil {
		return nil, err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(key)
	if err := errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(temp.Name(), file); err != nil && !errors.Is(err, fs.ErrExist) {
		// A file system without links: the last of two starts wins.
		if err := os.Rename(temp.Name(), file); err != nil {
			return nil, err
		}
	}
	return os.ReadFile(file)
}
