//go:build linux

package tunnel_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

// startAgent starts an SSH agent for the test.
func startAgent(t *testing.T, keys agent.Agent) {
	t.Helper()
	dir, err := os.MkdirTemp("", "agent") // a short path: that of a socket is bounded
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	l, err := net.Listen("unix", filepath.Join(dir, "s"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	t.Setenv("SSH_AUTH_SOCK", l.Addr().String())
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { _ = agent.ServeAgent(keys, c) }()
		}
	}()
}

// holding is an agent with the key of a file.
func holding(t *testing.T, file, passphrase string) agent.Agent {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.ParseRawPrivateKey(text)
	if passphrase != "" {
		key, err = ssh.ParseRawPrivateKeyWithPassphrase(text, []byte(passphrase))
	}
	if err != nil {
		t.Fatal(err)
	}
	keys := agent.NewKeyring()
	if err := keys.Add(agent.AddedKey{PrivateKey: key}); err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestTheAgentsKeysLogIn(t *testing.T) {
	s := startSSHD(t)
	o := s.Options()
	o.KeyFile = ""
	startAgent(t, agent.NewKeyring())
	refusedSSH(t, o, "with none of 0 keys")
	startAgent(t, holding(t, s.File("user"), ""))
	_ = openSSH(t, o).Close()
}

func TestAKeyWithAPassphraseIsTakenFromTheAgent(t *testing.T) {
	s := startSSHD(t)
	if err := os.Mkdir(s.File(".ssh"), 0o700); err != nil {
		t.Fatal(err)
	}
	locked := s.File(".ssh/id_ed25519")
	line := tunneltest.NewKey(t, locked, "open sesame")
	o := s.Options()
	o.KeyFile = ""
	if e := refusedSSH(t, o, "with none of 0 keys"); !strings.Contains(e.Advice, "ssh-add") {
		t.Errorf("the advice is %q", e.Advice)
	}
	unlocked := holding(t, locked, "open sesame")
	startAgent(t, unlocked)
	if e := refusedSSH(t, o, "with none of 1 keys"); strings.Contains(e.Advice, "ssh-add") {
		t.Errorf("what the agent holds is to be added: %q", e.Advice)
	}
	s.Write("authorized", line)
	o.KeyFile = locked
	_ = openSSH(t, o).Close()
	crowded := agent.NewKeyring()
	for range 6 { // more than are tried without a choice
		_, key, err := ed25519.GenerateKey(rand.Reader)
		if err == nil {
			err = crowded.Add(agent.AddedKey{PrivateKey: key})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	startAgent(t, behind{crowded, unlocked})
	_ = openSSH(t, o).Close()
}

// behind is an agent whose last keys are those of another.
type behind struct {
	agent.Agent
	last agent.Agent
}

func (b behind) List() ([]*agent.Key, error) {
	first, err := b.Agent.List()
	last, wrong := b.last.List()
	return append(first, last...), errors.Join(err, wrong)
}

func (b behind) Sign(key ssh.PublicKey, data []byte) (*ssh.Signature, error) {
	return b.last.Sign(key, data)
}

// stuck is an agent that waits for its user to confirm.
type stuck struct {
	agent.Agent
	until chan struct{}
}

func (s stuck) Sign(ssh.PublicKey, []byte) (*ssh.Signature, error) {
	<-s.until
	return nil, os.ErrClosed
}

func TestAnAgentThatWaitsForItsUserHoldsNothingUp(t *testing.T) {
	s := startSSHD(t)
	o := s.Options()
	o.KeyFile = ""
	until := make(chan struct{})
	defer close(until)
	startAgent(t, stuck{holding(t, s.File("user"), ""), until})
	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, err := tunnel.SSH(ctx, o); err == nil {
		t.Error("it went online")
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it ended after %v", took)
	}
}
