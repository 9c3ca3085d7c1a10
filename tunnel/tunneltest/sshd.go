//go:build linux

package tunneltest

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"shopbell/tunnel"
)

// sshdLimit bounds the start of a server.
const sshdLimit = 20 * time.Second

// SSHD is a real OpenSSH server on a port of loopback. It lets the key in
// File("user") in.
type SSHD struct {
	Port int

	t       testing.TB
	dir     string
	program string
	command *exec.Cmd // nil while it is stopped
	log     *sshdLog
}

// NewSSHD starts a server that ends with the test. more are lines of its
// configuration, which go before its own.
func NewSSHD(t testing.TB, more ...string) *SSHD {
	t.Helper()
	program, err := exec.LookPath("sshd")
	if err != nil {
		program = "/usr/sbin/sshd"
	}
	if _, err := os.Stat(program); err != nil {
		t.Fatalf("no OpenSSH server is here (.ci/packages test installs it): %v", err)
	}
	if os.Getuid() == 0 { // where it puts the process that is not logged in yet
		if err := os.MkdirAll("/run/sshd", 0o755); err != nil {
			t.Fatal(err)
		}
	}
	s := &SSHD{t: t, dir: t.TempDir(), Port: freePort(t), program: program, log: &sshdLog{}}
	NewKey(t, s.File("host"), "")
	s.Write("authorized", NewKey(t, s.File("user"), ""))
	s.Write("config", strings.Join(append(more,
		"ListenAddress 127.0.0.1", "HostKey "+s.File("host"), "AuthorizedKeysFile "+s.File("authorized"),
		"PidFile none", "StrictModes no", "UsePAM no", "PasswordAuthentication no", "PermitRootLogin yes",
		"LogLevel VERBOSE", "MaxStartups 100:30:200"), "\n")+"\n")
	t.Cleanup(s.Stop)
	s.Start()
	return s
}

// NewKey writes a private key, and returns its public line.
func NewKey(t testing.TB, file, passphrase string) string {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if passphrase != "" {
		block, err = ssh.MarshalPrivateKeyWithPassphrase(private, "", []byte(passphrase))
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	line, err := ssh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return string(ssh.MarshalAuthorizedKey(line))
}

// freePort is a port that nobody listens on just now.
func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// File is the path of a file of that name in the server's folder.
func (s *SSHD) File(name string) string { return filepath.Join(s.dir, name) }

// Write writes a file in the server's folder.
func (s *SSHD) Write(name, text string) {
	s.t.Helper()
	if err := os.WriteFile(s.File(name), []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// Start starts the server that was stopped, at the same port.
func (s *SSHD) Start() {
	s.t.Helper()
	s.command = exec.Command(s.program, "-D", "-e", "-f", s.File("config"), "-p", strconv.Itoa(s.Port))
	s.command.Stderr = s.log
	s.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := s.command.Start(); err != nil {
		s.command = nil
		s.t.Fatal(err)
	}
	for end := time.Now().Add(sshdLimit); ; time.Sleep(10 * time.Millisecond) {
		c, err := net.Dial("tcp", s.Addr())
		if err == nil {
			_ = c.Close()
			return
		}
		if time.Now().After(end) {
			s.t.Fatalf("sshd does not listen: %v\n%s", err, s.log)
		}
	}
}

// Stop ends the server with everything that it serves.
func (s *SSHD) Stop() {
	if s.command == nil {
		return
	}
	s.Thaw()
	s.Kill()
	_ = syscall.Kill(-s.command.Process.Pid, syscall.SIGKILL)
	_ = s.command.Wait()
	s.command = nil
}

// Log is what the server has written.
func (s *SSHD) Log() string { return s.log.String() }

// Addr is where the server listens, host:port.
func (s *SSHD) Addr() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.Port)) }

// Server is the server as SSHOptions name it, with the user of the test.
func (s *SSHD) Server() string {
	me, err := user.Current()
	if err != nil {
		s.t.Fatal(err)
	}
	return me.Username + "@" + s.Addr()
}

// Fingerprint is that of the server's host key.
func (s *SSHD) Fingerprint() string {
	text, err := os.ReadFile(s.File("host"))
	if err != nil {
		s.t.Fatal(err)
	}
	key, err := ssh.ParsePrivateKey(text)
	if err != nil {
		s.t.Fatal(err)
	}
	return ssh.FingerprintSHA256(key.PublicKey())
}

// Options reach s, with its host key trusted; they notice a dead link in well
// under a second.
func (s *SSHD) Options() tunnel.SSHOptions {
	return tunnel.SSHOptions{
		Server: s.Server(), KeyFile: s.File("user"), KnownHosts: s.File("known_hosts"),
		Trust:             func(tunnel.HostKey) bool { return true },
		KeepaliveInterval: 100 * time.Millisecond, KeepaliveTimeout: 400 * time.Millisecond,
	}
}

// sessions are the processes that serve one connection each.
func (s *SSHD) sessions() (pids []int) {
	children, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%[1]d/children", s.command.Process.Pid))
	for _, field := range strings.Fields(string(children)) {
		pid, _ := strconv.Atoi(field)
		pids = append(pids, pid)
		below, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%[1]d/children", pid))
		for _, field := range strings.Fields(string(below)) {
			pid, _ := strconv.Atoi(field)
			pids = append(pids, pid)
		}
	}
	return pids
}

func (s *SSHD) signal(sig syscall.Signal) {
	for _, pid := range s.sessions() {
		_ = syscall.Kill(pid, sig)
	}
}

// Kill ends the processes that serve a connection; the server goes on.
func (s *SSHD) Kill() { s.signal(syscall.SIGKILL) }

// Freeze stops those processes, so that a connection stays without an answer.
func (s *SSHD) Freeze() { s.signal(syscall.SIGSTOP) }

// Thaw lets them go on.
func (s *SSHD) Thaw() { s.signal(syscall.SIGCONT) }

// sshdLog is what the server says.
type sshdLog struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *sshdLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *sshdLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
