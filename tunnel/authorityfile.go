package tunnel

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// The files of the authority. The first holds key and certificate together, so
// that they are written in one step; the second is the certificate to hand out.
const (
	authorityKeyName  = "shopbell-ca-key.pem"
	authorityCertName = "shopbell-ca.pem"
	maxAuthorityFile  = 64 << 10
)

// openAuthority reads the authority in dir, or makes one where there is none.
// A file that it cannot use is left as it is.
func openAuthority(dir string, now time.Time) (*authority, error) {
	if dir == "" {
		return nil, &Error{
			Says:   "serve HTTPS: no folder for the certificate authority was given",
			Advice: "Name a folder to keep it in.",
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the certificate authority: %w", err)
	}
	keyFile := filepath.Join(dir, authorityKeyName)
	_, err := os.Lstat(keyFile)
	if errors.Is(err, fs.ErrNotExist) {
		err = createAuthority(dir, keyFile, now)
	}
	if err != nil {
		return nil, err
	}
	return loadAuthority(dir, keyFile, now)
}

func createAuthority(dir, keyFile string, now time.Time) error {
	certFile := filepath.Join(dir, authorityCertName)
	if _, err := os.Lstat(certFile); err == nil {
		// The key comes first, so another start may have made both since we looked.
		if _, err := os.Lstat(keyFile); err == nil {
			return nil
		}
		return authorityError(certFile, "its key file "+authorityKeyName+" is missing")
	}
	a, err := newAuthority(now)
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKCS8PrivateKey(a.key)
	if err != nil {
		return fmt.Errorf("encode the key of the certificate authority: %w", err)
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	text = append(text, certPEM(a.cert)...)
	return writeNew(keyFile, text, 0o600)
}

func loadAuthority(dir, keyFile string, now time.Time) (*authority, error) {
	text, err := readSmall(keyFile)
	if err != nil {
		return nil, err
	}
	a, err := parseAuthority(text)
	if err != nil {
		return nil, authorityError(keyFile, err.Error())
	}
	if why := a.check(now); why != "" {
		return nil, authorityError(keyFile, why)
	}
	a.certFile = filepath.Join(dir, authorityCertName)
	if err := a.tighten(keyFile); err != nil {
		return nil, err
	}
	return a, a.handOut()
}

// parseAuthority reads a private key and a certificate from PEM text.
func parseAuthority(text []byte) (*authority, error) {
	keyBlock, rest := pem.Decode(text)
	if keyBlock == nil || keyBlock.Type != "PRIVATE KEY" {
		return nil, errors.New("it does not begin with a private key")
	}
	certBlock, _ := pem.Decode(rest)
	if certBlock == nil || certBlock.Type != "CERTIFICATE" {
		return nil, errors.New("it has no certificate after the key")
	}
	anyKey, err := x509.ParsePKCS8PrivateKey(keyBlock.Bytes)
	if err != nil {
		return nil, errors.New("its private key cannot be read")
	}
	key, ok := anyKey.(*ecdsa.PrivateKey)
	if !ok || key.Curve != elliptic.P256() {
		return nil, errors.New("its private key is not of the kind ECDSA P-256")
	}
	cert, err := x509.ParseCertificate(certBlock.Bytes)
	if err != nil {
		return nil, errors.New("its certificate cannot be read")
	}
	return &authority{cert: cert, key: key}, nil
}

// tighten takes the key away from other users of this machine.
func (a *authority) tighten(keyFile string) error {
	info, err := os.Stat(keyFile)
	if err != nil {
		return fmt.Errorf("look at the key of the certificate authority: %w", err)
	}
	// Windows has no such bits; its folders in the user's profile are private.
	if runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	if err := os.Chmod(keyFile, 0o600); err != nil {
		return fmt.Errorf("make the key of the certificate authority private: %w", err)
	}
	a.notes = append(a.notes, "other users could read "+keyFile+"; now only you can")
	return nil
}

// handOut writes the certificate file where it is missing.
func (a *authority) handOut() error {
	want := certPEM(a.cert)
	err := writeNew(a.certFile, want, 0o644)
	if err != nil {
		return err
	}
	have, err := readSmall(a.certFile)
	if err != nil {
		return err
	}
	if !bytes.Equal(have, want) {
		return authorityError(a.certFile, "it is another certificate than the one in "+authorityKeyName)
	}
	return nil
}

func certPEM(cert *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw})
}

// writeNew writes file whole or not at all. A file that is there stays: two
// programs may start at the same moment.
func writeNew(file string, text []byte, mode fs.FileMode) error {
	if _, err := os.Lstat(file); err == nil {
		return nil
	}
	temp, err := os.CreateTemp(filepath.Dir(file), ".new-*")
	if err != nil {
		return fmt.Errorf("write %q: %w", file, err)
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(text)
	err = errors.Join(err, temp.Chmod(mode), temp.Sync(), temp.Close())
	if err != nil {
		return fmt.Errorf("write %q: %w", file, err)
	}
	err = os.Link(temp.Name(), file)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	// A file system without links.
	if err := os.Rename(temp.Name(), file); err != nil {
		return fmt.Errorf("write %q: %w", file, err)
	}
	return nil
}

func readSmall(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read the certificate authority: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxAuthorityFile+1))
	if err != nil {
		return nil, fmt.Errorf("read the certificate authority: %w", err)
	}
	if len(text) > maxAuthorityFile {
		return nil, authorityError(file, "it is far too long")
	}
	return text, nil
}

func authorityError(file, why string) *Error {
	return &Error{
		Says:   fmt.Sprintf("use the certificate authority in %q: %s", file, why),
		Advice: "Move the files " + authorityKeyName + " and " + authorityCertName + " away to get a new authority, or name another folder.",
	}
}
