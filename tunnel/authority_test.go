package tunnel

import (
	"bytes"
	"crypto/x509"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestAuthorityFilesThatAreNotOursStayAsTheyAre(t *testing.T) {
	for name, c := range map[string]struct {
		file    string
		spoil   func([]byte) []byte
		want    string
		removed string
	}{
		"empty key":        {authorityKeyName, func([]byte) []byte { return nil }, "private key", ""},
		"cut key":          {authorityKeyName, func(b []byte) []byte { return b[:len(b)-40] }, "no certificate", ""},
		"garbage":          {authorityKeyName, func([]byte) []byte { return bytes.Repeat([]byte{0xff}, 100) }, "private key", ""},
		"far too long":     {authorityKeyName, func(b []byte) []byte { return append(b, make([]byte, maxAuthorityFile)...) }, "too long", ""},
		"other's key":      {authorityKeyName, func(b []byte) []byte { return foreignPair(b) }, "does not belong", ""},
		"other's cert":     {authorityCertName, func([]byte) []byte { return foreignCert() }, "another certificate", ""},
		"key file missing": {authorityCertName, func(b []byte) []byte { return b }, "is missing", authorityKeyName},
	} {
		dir := t.TempDir()
		if _, err := openAuthority(dir, time.Now()); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, c.file)
		text, _ := os.ReadFile(file)
		spoiled := c.spoil(text)
		if err := os.WriteFile(file, spoiled, 0o600); err != nil {
			t.Fatal(err)
		}
		if c.removed != "" {
			_ = os.Remove(filepath.Join(dir, c.removed))
		}
		_, err := openAuthority(dir, time.Now())
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(e.Says, c.want) || !strings.Contains(e.Says, file) || e.Advice == "" {
			t.Errorf("%s: got %v, want an error with %q and the file", name, err, c.want)
		}
		if after, _ := os.ReadFile(file); !bytes.Equal(after, spoiled) {
			t.Errorf("%s: the file was changed", name)
		}
	}
}

// foreignPair puts another authority's certificate after our key.
func foreignPair(ours []byte) []byte {
	return append(ours[:bytes.Index(ours, []byte("-----BEGIN CERT"))], foreignCert()...)
}

func foreignCert() []byte {
	a, err := newAuthority(time.Now())
	if err != nil {
		panic(err)
	}
	return certPEM(a.cert)
}

func TestAuthorityWithoutLimitsIsRefused(t *testing.T) {
	a, err := newAuthority(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	wide := *a.cert
	wide.PermittedDNSDomains = nil
	if why := (&authority{cert: &wide, key: a.key}).check(time.Now()); !strings.Contains(why, "not limited") {
		t.Errorf("got %q, want it refused", why)
	}
	for when, want := range map[time.Duration]string{0: "", -48 * time.Hour: "clock", 11 * 365 * 24 * time.Hour: "ended"} {
		if why := a.check(time.Now().Add(when)); !strings.Contains(why, want) || (want == "") != (why == "") {
			t.Errorf("after %v: got %q, want %q in it", when, why, want)
		}
	}
}

func TestLostCertificateFileIsWrittenAgainAndAWideKeyTightened(t *testing.T) {
	dir := t.TempDir()
	first, err := openAuthority(dir, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(first.certFile)
	_ = os.Chmod(filepath.Join(dir, authorityKeyName), 0o644)
	again, err := openAuthority(dir, time.Now())
	if err != nil || !again.cert.Equal(first.cert) {
		t.Fatalf("got %+v (%v), want the same authority", again, err)
	}
	text, _ := os.ReadFile(again.certFile)
	if !bytes.Equal(text, certPEM(first.cert)) {
		t.Error("the certificate file was not written again")
	}
	info, err := os.Stat(filepath.Join(dir, authorityKeyName))
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && (info.Mode().Perm() != 0o600 || len(again.notes) != 1) {
		t.Errorf("the key has mode %v and the notes are %q, want 0600 and a word about it", info.Mode(), again.notes)
	}
}

func TestManyStartsAtOnceAgreeOnOneAuthority(t *testing.T) {
	dir := t.TempDir()
	certs := make([]*x509.Certificate, 16)
	var wg sync.WaitGroup
	for i := range certs {
		wg.Go(func() {
			a, err := openAuthority(dir, time.Now())
			if err != nil {
				t.Error(err)
				return
			}
			certs[i] = a.cert
		})
	}
	wg.Wait()
	for _, c := range certs {
		if c == nil || !c.Equal(certs[0]) {
			t.Fatal("two starts made two authorities")
		}
	}
}

func TestLeafIsRenewedBeforeItsEnd(t *testing.T) {
	g, err := newTLSGate(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	fresh, _ := g.certificate(nil)
	if same, _ := g.certificate(nil); same != fresh {
		t.Error("a fresh certificate was thrown away")
	}
	if g.leaf, err = g.ca.leaf(time.Now().Add(leafRenew - leafLife)); err != nil {
		t.Fatal(err)
	}
	old := g.leaf
	if renewed, _ := g.certificate(nil); renewed == old {
		t.Error("a certificate near its end was kept")
	}
}

func FuzzParseAuthority(f *testing.F) {
	dir := f.TempDir()
	if _, err := openAuthority(dir, time.Now()); err != nil {
		f.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, authorityKeyName))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add(text[:len(text)/2])
	f.Add([]byte("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		a, err := parseAuthority(text)
		if err == nil {
			_ = a.check(time.Now())
		}
	})
}
