package tunnel_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"shopbell/tunnel"
)

// trusting returns a client that trusts the file alone, as "curl --cacert".
func trusting(t *testing.T, file string) *http.Client {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		t.Fatalf("no certificate in %s", file)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

func TestHTTPSIsTrustedThroughTheCAFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ca")
	tun := openLocal(t, tunnel.LocalOptions{HTTPS: true, CADir: dir})
	serve(t, tun, func(w http.ResponseWriter, r *http.Request) {
		if r.TLS == nil || r.ProtoMajor != 1 || r.TLS.NegotiatedProtocol != "http/1.1" {
			http.Error(w, fmt.Sprintf("%s %+v", r.Proto, r.TLS), http.StatusInternalServerError)
			return
		}
		hello(w, r)
	})
	s := tun.Status()
	if !strings.HasPrefix(s.URL, "https://127.0.0.1:") || !strings.Contains(strings.Join(s.Notes, "\n"), `curl --cacert "`+tun.CAFile()+`"`) {
		t.Fatalf("got %+v, want an https address and how to trust it", s)
	}
	client := trusting(t, tun.CAFile())
	answers(t, client, s.URL)
	answers(t, client, strings.Replace(s.URL, "127.0.0.1", "localhost", 1))
	if hasIPv6() {
		answers(t, client, strings.Replace(s.URL, "127.0.0.1", "[::1]", 1))
	}
	if answer, err := http.Get(s.URL); err == nil {
		_ = answer.Body.Close()
		t.Error("a client that does not trust the authority was content")
	}
}

func TestAuthorityIsKeptAndPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "ca")
	first := openLocal(t, tunnel.LocalOptions{HTTPS: true, CADir: dir})
	client := trusting(t, first.CAFile())
	second := openLocal(t, tunnel.LocalOptions{HTTPS: true, CADir: dir})
	serve(t, second, hello)
	answers(t, client, second.Status().URL)
	for name, mode := range map[string]os.FileMode{".": 0o700, "shopbell-ca-key.pem": 0o600, "shopbell-ca.pem": 0o644} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != mode {
			t.Errorf("%s: got mode %v, want %v", name, info.Mode().Perm(), mode)
		}
	}
	if files, _ := os.ReadDir(dir); len(files) != 2 {
		t.Errorf("got %d files in the folder, want 2", len(files))
	}
}

func TestCertificateIsShortLivedAndLimited(t *testing.T) {
	tun := openLocal(t, tunnel.LocalOptions{HTTPS: true, CADir: t.TempDir()})
	serve(t, tun, hello)
	answer, err := trusting(t, tun.CAFile()).Get(tun.Status().URL)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	leaf, ca := answer.TLS.PeerCertificates[0], answer.TLS.VerifiedChains[0][1]
	if life := leaf.NotAfter.Sub(leaf.NotBefore); life >= 825*24*time.Hour || leaf.IsCA {
		t.Errorf("the certificate lives %v, want under 825 days", life)
	}
	if err := leaf.VerifyHostname("host.docker.internal"); err != nil {
		t.Errorf("containers cannot use it: %v", err)
	}
	if !ca.PermittedDNSDomainsCritical || len(ca.PermittedDNSDomains) != 2 || len(ca.PermittedIPRanges) != 2 {
		t.Errorf("the authority may vouch for %q and %v, want this machine only", ca.PermittedDNSDomains, ca.PermittedIPRanges)
	}
}

// forge makes a certificate for name with the authority's stolen key.
func forge(t *testing.T, dir, name string) tls.Certificate {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "shopbell-ca-key.pem"))
	if err != nil {
		t.Fatal(err)
	}
	keyBlock, rest := pem.Decode(text)
	certBlock, _ := pem.Decode(rest)
	caKey, err := x509.ParsePKCS8PrivateKey(keyBlock.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	ca, err := x509.ParseCertificate(certBlock.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, ca, key.Public(), caKey)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func TestStolenAuthorityCannotForgeAnotherName(t *testing.T) {
	dir := t.TempDir()
	tun := openLocal(t, tunnel.LocalOptions{HTTPS: true, CADir: dir})
	client := trusting(t, tun.CAFile())
	for name, wanted := range map[string]bool{"localhost": true, "bank.example": false} {
		l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{forge(t, dir, name)}})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		go func() {
			for c, err := l.Accept(); err == nil; c, err = l.Accept() {
				go func() { _, _ = io.Copy(io.Discard, c) }()
			}
		}()
		config := client.Transport.(*http.Transport).TLSClientConfig.Clone()
		config.ServerName = name
		c, err := tls.Dial("tcp", l.Addr().String(), config)
		if err == nil {
			_ = c.Close()
		}
		if (err == nil) != wanted {
			t.Errorf("%s: got %v, want accepted %v", name, err, wanted)
		}
	}
}

func TestSilentClientHoldsUpNobody(t *testing.T) {
	tun := openLocal(t, tunnel.LocalOptions{HTTPS: true, CADir: t.TempDir()})
	serve(t, tun, hello)
	for range 20 {
		c, err := net.Dial("tcp", tun.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
	}
	answers(t, trusting(t, tun.CAFile()), tun.Status().URL)
}

func TestPlainHTTPToTheHTTPSAddressIsTold(t *testing.T) {
	tun := openLocal(t, tunnel.LocalOptions{HTTPS: true, CADir: t.TempDir()})
	serve(t, tun, hello)
	answer, err := http.Get(strings.Replace(tun.Status().URL, "https", "http", 1))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	if answer.StatusCode != http.StatusBadRequest || !strings.Contains(string(body), "https://") {
		t.Errorf("got %d %q, want 400 and what to write", answer.StatusCode, body)
	}
}
