package tunnel

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

const (
	// maxKeys bounds the keys offered: OpenSSH hangs up after six attempts.
	maxKeys = 5
	// maxKeyFile is above every private key's size, in bytes.
	maxKeyFile = 64 << 10
	agentLimit = 5 * time.Second
)

// login is how we log in: with keys, and without anything where a server lets
// everybody in.
type login struct {
	signers []ssh.Signer
	agent   net.Conn // nil when there is none
	locked  []string // files whose key needs a passphrase
}

func (l *login) close() {
	if l.agent != nil {
		_ = l.agent.Close()
	}
}

// readLogin collects the keys that o allows.
func readLogin(o *SSHOptions) (*login, *Error) {
	l := new(login)
	if o.KeyFile != "" {
		return l, l.addChosen(o.KeyFile)
	}
	if o.OwnKey != "" {
		signer, err := ownKey(o.OwnKey, o.trial)
		if err != nil {
			return l, err
		}
		l.add(signer)
	}
	l.addAgent()
	if home, err := os.UserHomeDir(); err == nil {
		for _, name := range []string{"id_ed25519", "id_ecdsa", "id_rsa"} {
			file := filepath.Join(home, ".ssh", name)
			signer, err := readKey(file)
			var locked *ssh.PassphraseMissingError
			if errors.As(err, &locked) && l.signer(locked.PublicKey) == nil {
				l.locked = append(l.locked, file)
			}
			if err == nil {
				l.add(signer)
			}
		}
	}
	l.signers = l.signers[:min(len(l.signers), maxKeys)]
	return l, nil
}

// add takes a key, unless it is there already.
func (l *login) add(signer ssh.Signer) {
	if l.signer(signer.PublicKey()) == nil {
		l.signers = append(l.signers, signer)
	}
}

// signer is what signs with key, nil when nothing here does.
func (l *login) signer(key ssh.PublicKey) ssh.Signer {
	for _, has := range l.signers {
		if key != nil && bytes.Equal(has.PublicKey().Marshal(), key.Marshal()) {
			return has
		}
	}
	return nil
}

// addChosen takes the one key that the user named. The agent may hold it
// without its passphrase.
func (l *login) addChosen(file string) *Error {
	signer, err := readKey(file)
	var locked *ssh.PassphraseMissingError
	switch {
	case err == nil:
		l.add(signer)
		return nil
	case !errors.As(err, &locked):
		return refuse("Give the file of a private key that OpenSSH can read.", "read the key %q: %v", file, err)
	}
	l.addAgent()
	if has := l.signer(locked.PublicKey); has != nil {
		l.signers = []ssh.Signer{has}
		return nil
	}
	return refuse("Add it to the SSH agent with ssh-add, or give a key without a passphrase.", "the key %q needs a passphrase", file)
}

// addAgent takes the keys of the user's agent, if one runs.
func (l *login) addAgent() {
	at := os.Getenv("SSH_AUTH_SOCK")
	if at == "" {
		return
	}
	conn, err := net.DialTimeout("unix", at, agentLimit)
	if err != nil {
		return
	}
	l.agent = conn
	_ = conn.SetDeadline(time.Now().Add(agentLimit))
	signers, err := agent.NewClient(conn).Signers()
	_ = conn.SetDeadline(time.Now().Add(sshHandshake)) // it may ask its user about each signature
	if err != nil {
		return
	}
	for _, signer := range signers {
		l.add(signer)
	}
}

func (l *login) methods() []ssh.AuthMethod {
	silent := func(_, _ string, questions []string, _ []bool) ([]string, error) {
		return make([]string, len(questions)), nil
	}
	return []ssh.AuthMethod{ssh.PublicKeys(l.signers...), ssh.KeyboardInteractive(silent)}
}

func readKey(file string) (ssh.Signer, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%q is no regular file", file)
	}
	text, err := io.ReadAll(io.LimitReader(f, maxKeyFile))
	if err != nil {
		return nil, err
	}
	defer clear(text)
	return ssh.ParsePrivateKey(text)
}

// ownKey reads our own key, or makes it; for a trial one that is not kept.
func ownKey(file string, trial bool) (ssh.Signer, *Error) {
	signer, err := readKey(file)
	switch {
	case errors.Is(err, os.ErrNotExist) && trial:
		var private ed25519.PrivateKey
		if _, private, err = ed25519.GenerateKey(rand.Reader); err == nil {
			signer, err = ssh.NewSignerFromKey(private)
		}
	case errors.Is(err, os.ErrNotExist):
		if err = makeKey(file); err == nil {
			signer, err = readKey(file)
		}
	}
	if err != nil {
		return nil, refuse("Remove the file, so that a new key is made.", "use our SSH key %q: %v", file, err)
	}
	return signer, nil
}

func makeKey(file string) error {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	block, err := ssh.MarshalPrivateKey(private, "shopbell")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(pem.EncodeToMemory(block))
	return errors.Join(err, f.Close())
}
