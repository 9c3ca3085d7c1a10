package tunnel

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// HostKey is a server's key that nobody has confirmed yet.
type HostKey struct {
	Host string // as known_hosts writes it: "example.com" or "[example.com]:2222"
	Type string // "ssh-ed25519"
	// Fingerprint is what the server's owner can compare: "SHA256:..."
	Fingerprint string
}

// hosts checks the keys of servers against known_hosts files.
type hosts struct {
	ours   string // where a trusted key is added, "" nowhere
	pinned string // the fingerprint of the one key that is taken, "" for none
	check  ssh.HostKeyCallback
	trust  func(HostKey) bool
	kinds  []string // of keys that the server may show, the best first
	shown  string   // the kind of a key that is not the pinned one
	taken  []byte   // the key that was trusted: the files were read before
	why    *Error   // of the key that was refused
}

// plainKinds are the kinds of keys in the order of OpenSSH, so that it and we
// show the same fingerprint.
func plainKinds() []string {
	return []string{ssh.KeyAlgoED25519, ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521, ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256}
}

// certKinds are those of keys that an authority has signed.
func certKinds() []string {
	return []string{ssh.CertAlgoED25519v01, ssh.CertAlgoECDSA256v01, ssh.CertAlgoECDSA384v01, ssh.CertAlgoECDSA521v01, ssh.CertAlgoRSASHA512v01, ssh.CertAlgoRSASHA256v01}
}

// userKnownHosts is the user's own file, "" when there is no home.
func userKnownHosts() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".ssh", "known_hosts")
}

func openHosts(o *SSHOptions) (*hosts, *Error) {
	h := &hosts{ours: o.KnownHosts, pinned: o.HostKey, trust: o.Trust}
	var files []string
	for _, file := range []string{o.KnownHosts, userKnownHosts()} {
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
			files = append(files, file)
		}
	}
	check, err := knownhosts.New(files...)
	if err != nil {
		return nil, refuse("Mend or remove the line in the file.", "read known hosts: %v", err)
	}
	h.check = check
	h.kinds = h.preferred(o.address)
	return h, nil
}

// noKey is a key that no file knows: asking about it tells which are known.
type noKey struct{}

func (noKey) Type() string                        { return "none" }
func (noKey) Marshal() []byte                     { return []byte("none") }
func (noKey) Verify([]byte, *ssh.Signature) error { return errors.New("no key") }

// preferred are the kinds of the keys that are known for address, then all
// others: a server that shows one of those is not the one that was known.
func (h *hosts) preferred(address string) (list []string) {
	var unlike *knownhosts.KeyError
	if h.pinned == "" && errors.As(h.check(address, &net.TCPAddr{IP: net.IPv4zero}, noKey{}), &unlike) {
		for _, known := range unlike.Want {
			if isAuthority(known) {
				list = append(list, certKinds()...)
			} else {
				list = append(list, algorithms(known.Key.Type())...)
			}
		}
	}
	list = append(list, plainKinds()...)
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(kind string) bool {
		again := seen[kind]
		seen[kind] = true
		return again
	})
}

// algorithms are those by which a key of a kind signs.
func algorithms(kind string) []string {
	if kind == ssh.KeyAlgoRSA {
		return []string{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256}
	}
	return []string{kind}
}

// isAuthority tells whether a line names what signs the keys of hosts.
func isAuthority(known knownhosts.KnownKey) bool {
	text, _ := os.ReadFile(known.Filename)
	lines := strings.Split(string(text), "\n")
	return known.Line <= len(lines) && strings.HasPrefix(strings.TrimSpace(lines[known.Line-1]), "@cert-authority")
}

// another tells whether the server may have the pinned key beside the one that
// it showed: a fingerprint does not tell the kind.
func (h *hosts) another() bool {
	before := len(h.kinds)
	h.kinds = slices.DeleteFunc(h.kinds, func(kind string) bool { return slices.Contains(algorithms(h.shown), kind) })
	return 0 < len(h.kinds) && len(h.kinds) < before
}

// judge is what the files say of key, nil for one that they know. Like OpenSSH
// it takes the certificate of an authority that they do not name for the key in it.
func (h *hosts) judge(address string, remote net.Addr, key ssh.PublicKey) (ssh.PublicKey, error) {
	cert, signed := key.(*ssh.Certificate)
	if !signed {
		return key, h.check(address, remote, key)
	}
	for _, part := range []ssh.PublicKey{cert.SignatureKey, cert.Key, cert} {
		if err := h.check(address, remote, part); isWithdrawn(err) || part == key && err == nil {
			return key, err
		}
	}
	return cert.Key, h.check(address, remote, cert.Key)
}

func isWithdrawn(err error) bool { return err != nil && strings.Contains(err.Error(), "revoked") }

// confirm is the callback of a handshake, and of each time that the link changes
// its keys.
func (h *hosts) confirm(address string, remote net.Addr, key ssh.PublicKey) error {
	key, err := h.judge(address, remote, key)
	if h.taken != nil && bytes.Equal(key.Marshal(), h.taken) {
		return nil
	}
	named := HostKey{Host: knownhosts.Normalize(address), Type: key.Type(), Fingerprint: ssh.FingerprintSHA256(key)}
	var unlike *knownhosts.KeyError
	var want []knownhosts.KnownKey
	if errors.As(err, &unlike) {
		want = slices.DeleteFunc(unlike.Want, isAuthority)
	}
	switch {
	case err != nil && unlike == nil:
		h.why = refuse("Ask the server's owner.", "the host key of %s was withdrawn: %v", named.Host, err)
	case h.pinned != "" && h.pinned != named.Fingerprint:
		if h.shown = key.Type(); h.why == nil {
			h.why = refuse("Compare the fingerprint with the one that the server's owner publishes: somebody may be in between.",
				"the host key of %s is %s %s, expected %s", named.Host, named.Type, named.Fingerprint, clip(h.pinned))
		}
		return h.why
	case err == nil, h.pinned != "":
		return nil
	case len(want) > 0:
		at := want[max(0, slices.IndexFunc(want, func(known knownhosts.KnownKey) bool { return known.Key.Type() == key.Type() }))]
		h.why = refuse(fmt.Sprintf("If the server's owner confirms the new key, remove line %d of %s.", at.Line, at.Filename),
			"the host key of %s changed to %s %s: somebody may be in between", named.Host, named.Type, named.Fingerprint)
	case h.trust == nil || !h.trust(named):
		h.why = refuse("Compare the fingerprint with the one that the server's owner publishes, then trust it.",
			"the host key of %s is not known: %s %s", named.Host, named.Type, named.Fingerprint)
		h.why.HostKey = &named
	default:
		h.taken = key.Marshal()
		h.why = h.keep(named.Host, key)
	}
	if h.why != nil {
		return h.why
	}
	return nil
}

// keep adds a key to our file.
func (h *hosts) keep(host string, key ssh.PublicKey) *Error {
	if h.ours == "" {
		return nil
	}
	gap := ""
	if text, _ := os.ReadFile(h.ours); len(text) > 0 && text[len(text)-1] != '\n' {
		gap = "\n" // somebody has written there
	}
	err := os.MkdirAll(filepath.Dir(h.ours), 0o700)
	var f *os.File
	if err == nil {
		f, err = os.OpenFile(h.ours, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	}
	if err == nil {
		_, err = f.WriteString(gap + knownhosts.Line([]string{host}, key) + "\n")
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return refuse("Make room for the file, or give it to this user.", "keep the host key of %s: %v", host, strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	return nil
}
