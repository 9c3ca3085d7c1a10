package tunnel

import (
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
	why    *Error // of the key that was refused
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
	return h, nil
}

// noKey is a key that no file knows: asking about it tells which are known.
type noKey struct{}

func (noKey) Type() string                        { return "none" }
func (noKey) Marshal() []byte                     { return []byte("none") }
func (noKey) Verify([]byte, *ssh.Signature) error { return errors.New("no key") }

// algorithms are those of the keys that are known for address, so that the
// server shows one of these; nil for an unknown server.
func (h *hosts) algorithms(address string) (list []string) {
	if h.pinned != "" {
		return nil
	}
	var unlike *knownhosts.KeyError
	if err := h.check(address, &net.TCPAddr{IP: net.IPv4zero}, noKey{}); !errors.As(err, &unlike) {
		return nil
	}
	for _, known := range unlike.Want {
		kind := known.Key.Type()
		if kind == ssh.KeyAlgoRSA {
			list = append(list, ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256)
		}
		if !slices.Contains(list, kind) && kind != ssh.KeyAlgoRSA {
			list = append(list, kind)
		}
	}
	return list
}

// confirm is the callback of a handshake.
func (h *hosts) confirm(address string, remote net.Addr, key ssh.PublicKey) error {
	err := h.check(address, remote, key)
	named := HostKey{Host: knownhosts.Normalize(address), Type: key.Type(), Fingerprint: ssh.FingerprintSHA256(key)}
	var unlike *knownhosts.KeyError
	switch {
	case err != nil && !errors.As(err, &unlike):
		h.why = refuse("Ask the server's owner.", "the host key of %s was withdrawn: %v", named.Host, err)
	case h.pinned != "" && h.pinned != named.Fingerprint:
		h.why = refuse("Compare the fingerprint with the one that the server's owner publishes: somebody may be in between, or it is of a key of another type.",
			"the host key of %s is %s %s, expected %s", named.Host, named.Type, named.Fingerprint, clip(h.pinned))
	case err == nil, h.pinned != "":
		return nil
	case len(unlike.Want) > 0:
		at := unlike.Want[0]
		h.why = refuse(fmt.Sprintf("If the server's owner confirms the new key, remove line %d of %s.", at.Line, at.Filename),
			"the host key of %s changed to %s %s: somebody may be in between", named.Host, named.Type, named.Fingerprint)
	case h.trust == nil || !h.trust(named):
		h.why = refuse("Compare the fingerprint with the one that the server's owner publishes, then trust it.",
			"the host key of %s is not known: %s %s", named.Host, named.Type, named.Fingerprint)
		h.why.HostKey = &named
	default:
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
	err := os.MkdirAll(filepath.Dir(h.ours), 0o700)
	var f *os.File
	if err == nil {
		f, err = os.OpenFile(h.ours, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	}
	if err == nil {
		_, err = f.WriteString(knownhosts.Line([]string{host}, key) + "\n")
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return refuse("Make room for the file, or give it to this user.", "keep the host key of %s: %v", host, strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	return nil
}
