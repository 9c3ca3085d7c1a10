//go:build linux

package tunnel_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/pem"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

// hostKey makes a key for a server and returns its file.
func hostKey(t *testing.T, kind string) (string, ssh.Signer) {
	t.Helper()
	var private crypto.PrivateKey
	var err error
	switch kind {
	case "rsa":
		private, err = rsa.GenerateKey(rand.Reader, 2048)
	case "ecdsa":
		private, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	default:
		_, private, err = ed25519.GenerateKey(rand.Reader)
	}
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), kind)
	if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return file, signer
}

// startWithKeys starts a server with three host keys, as most have.
func startWithKeys(t *testing.T) (s *tunneltest.SSHD, rsa, ecdsa ssh.PublicKey) {
	t.Helper()
	rsaFile, rsaKey := hostKey(t, "rsa")
	ecdsaFile, ecdsaKey := hostKey(t, "ecdsa")
	s = startSSHD(t, "HostKey "+rsaFile, "HostKey "+ecdsaFile)
	return s, rsaKey.PublicKey(), ecdsaKey.PublicKey()
}

// unasked are options by which nobody is asked about a host key.
func unasked(s *tunneltest.SSHD) tunnel.SSHOptions {
	o := s.Options()
	o.Trust = nil
	return o
}

func TestAServerIsAskedForTheKindOfKeyThatIsKnown(t *testing.T) {
	s, rsa, ecdsa := startWithKeys(t)
	for _, key := range []ssh.PublicKey{rsa, ecdsa} {
		s.Write("known_hosts", knownhosts.Line([]string{s.Addr()}, key)+"\n")
		_ = openSSH(t, unasked(s)).Close()
		hashed := knownhosts.HashHostname(knownhosts.Normalize(s.Addr()))
		s.Write("known_hosts", hashed+" "+string(ssh.MarshalAuthorizedKey(key)))
		_ = openSSH(t, unasked(s)).Close()
	}
	_, another := hostKey(t, "ecdsa")
	s.Write("known_hosts", knownhosts.Line([]string{"other.example", "127.0.0.1"}, rsa)+"\n"+knownhosts.Line([]string{s.Addr()}, another.PublicKey())+"\n")
	if e := refusedSSH(t, unasked(s), "changed to ecdsa-sha2-nistp256 SHA256:"); !strings.Contains(e.Advice, "line 2 of ") {
		t.Errorf("the advice is %q, expected the line of the host", e.Advice)
	}
	only := startSSHD(t) // which has no key of the kind that is known
	only.Write("known_hosts", knownhosts.Line([]string{only.Addr()}, rsa)+"\n")
	refusedSSH(t, unasked(only), "changed to ssh-ed25519 SHA256:")
}

func TestANewServerIsAskedAboutByTheKeyThatSSHShows(t *testing.T) {
	s, _, _ := startWithKeys(t)
	if e := refusedSSH(t, unasked(s), "is not known"); e.HostKey == nil || e.HostKey.Fingerprint != s.Fingerprint() {
		t.Errorf("it is asked about %+v, expected the ed25519 key", e.HostKey)
	}
}

func TestAPinnedKeyIsFoundAmongTheServersKeys(t *testing.T) {
	s, rsa, ecdsa := startWithKeys(t)
	for _, pin := range []string{s.Fingerprint(), ssh.FingerprintSHA256(ecdsa), ssh.FingerprintSHA256(rsa)} {
		o := unasked(s)
		o.HostKey = pin
		_ = openSSH(t, o).Close()
	}
	o := unasked(s)
	o.HostKey = "SHA256:" + strings.Repeat("A", 43)
	refusedSSH(t, o, "is ssh-ed25519 "+s.Fingerprint()+", expected SHA256:AAAA")
}

// certify writes what authority says of key beside its file.
func certify(t *testing.T, file string, key ssh.PublicKey, authority ssh.Signer, names ...string) (line string) {
	t.Helper()
	cert := &ssh.Certificate{Key: key, CertType: ssh.HostCert, KeyId: "host", ValidPrincipals: names, ValidBefore: ssh.CertTimeInfinity}
	if err := cert.SignCert(rand.Reader, authority); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file+"-cert.pub", ssh.MarshalAuthorizedKey(cert), 0o600); err != nil {
		t.Fatal(err)
	}
	return "HostCertificate " + file + "-cert.pub"
}

func TestHostCertificatesCountForThoseWhoNameTheirAuthority(t *testing.T) {
	file, key := hostKey(t, "ed25519")
	_, authority := hostKey(t, "ed25519")
	_, other := hostKey(t, "ed25519")
	s := startSSHD(t, "HostKey "+file, certify(t, file, key.PublicKey(), authority, "127.0.0.1"))
	fingerprint := ssh.FingerprintSHA256(key.PublicKey())
	if e := refusedSSH(t, unasked(s), "is not known"); e.HostKey == nil || e.HostKey.Fingerprint != fingerprint {
		t.Errorf("it is asked about %+v, expected the key itself", e.HostKey)
	}
	o := unasked(s)
	o.HostKey = fingerprint
	_ = openSSH(t, o).Close()
	signed := func(by ssh.Signer) string {
		return "@cert-authority " + knownhosts.Line([]string{s.Addr()}, by.PublicKey()) + "\n"
	}
	s.Write("known_hosts", signed(authority))
	_ = openSSH(t, unasked(s)).Close()
	s.Write("known_hosts", signed(other)+signed(authority))
	_ = openSSH(t, unasked(s)).Close()
	s.Write("known_hosts", signed(other))
	refusedSSH(t, unasked(s), "is not known")
	for _, gone := range []ssh.Signer{key, authority} {
		s.Write("known_hosts", signed(authority)+"@revoked * "+string(ssh.MarshalAuthorizedKey(gone.PublicKey())))
		refusedSSH(t, s.Options(), "was withdrawn")
	}
	strange := startSSHD(t, "HostKey "+file, certify(t, file, key.PublicKey(), authority, "other.example"))
	strange.Write("known_hosts", "@cert-authority * "+string(ssh.MarshalAuthorizedKey(authority.PublicKey())))
	refusedSSH(t, unasked(strange), "is not known")
}

func TestATrustedKeyIsWrittenOnceHoweverLongTheLinkLasts(t *testing.T) {
	s := startSSHD(t, "RekeyLimit 64K")
	o := s.Options()
	o.KeepaliveTimeout = deadline // its answer waits while keys change
	tun := openSSH(t, o)
	serve(t, tun, hello)
	for range 4 {
		answer, err := http.Post(tun.Status().URL, "text/plain", bytes.NewReader(make([]byte, 1<<20)))
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
	}
	text, err := os.ReadFile(s.File("known_hosts"))
	if n := bytes.Count(text, []byte("\n")); n != 1 || err != nil {
		t.Errorf("%d lines were written, expected one; error %v", n, err)
	}
}

func TestATrustedKeyIsWrittenBelowALineWithoutAnEnd(t *testing.T) {
	s, rsa, _ := startWithKeys(t)
	s.Write("known_hosts", strings.TrimSpace(knownhosts.Line([]string{"other.example"}, rsa)))
	_ = openSSH(t, s.Options()).Close()
	_ = openSSH(t, unasked(s)).Close()
}

func TestAServersNameIsReadWithoutRegardToCase(t *testing.T) {
	s := startSSHD(t)
	o := unasked(s)
	o.Server = strings.Replace(s.Server(), "127.0.0.1", "LocalHost", 1)
	key, err := os.ReadFile(s.File("host"))
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.ParsePrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	s.Write("known_hosts", knownhosts.Line([]string{fmt.Sprintf("localhost:%d", s.Port)}, signer.PublicKey())+"\n")
	_ = openSSH(t, o).Close()
}
