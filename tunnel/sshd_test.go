package tunnel_test

import (
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
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"shopbell/tunnel"
)

// sshd is a real OpenSSH server on a port of loopback.
type sshd struct {
	t       *testing.T
	dir     string
	port    int
	command *exec.Cmd
	log     *logBook
}

// newKey writes a private key, and returns its public line.
func newKey(t *testing.T, file, passphrase string) string {
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
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// startSSHD starts a server that lets the key in dir/user in. more are lines of
// its configuration.
func startSSHD(t *testing.T, more ...string) *sshd {
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
	s := &sshd{t: t, dir: t.TempDir(), port: freePort(t), log: &logBook{}}
	t.Setenv("HOME", s.dir)
	t.Setenv("SSH_AUTH_SOCK", "")
	newKey(t, s.file("host"), "")
	s.write("authorized", newKey(t, s.file("user"), ""))
	s.write("config", strings.Join(append(more,
		"ListenAddress 127.0.0.1", "HostKey "+s.file("host"), "AuthorizedKeysFile "+s.file("authorized"),
		"PidFile none", "StrictModes no", "UsePAM no", "PasswordAuthentication no", "PermitRootLogin yes",
		"LogLevel VERBOSE", "MaxStartups 100:30:200"), "\n")+"\n")
	s.start(program)
	return s
}

func (s *sshd) file(name string) string { return filepath.Join(s.dir, name) }

func (s *sshd) write(name, text string) {
	s.t.Helper()
	if err := os.WriteFile(s.file(name), []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func (s *sshd) start(program string) {
	s.t.Helper()
	s.command = exec.Command(program, "-D", "-e", "-f", s.file("config"), "-p", strconv.Itoa(s.port))
	s.command.Stderr = s.log
	s.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := s.command.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		s.thaw()
		_ = syscall.Kill(-s.command.Process.Pid, syscall.SIGKILL)
		s.kill()
		_ = s.command.Wait()
	})
	for end := time.Now().Add(deadline); ; time.Sleep(10 * time.Millisecond) {
		c, err := net.Dial("tcp", s.address())
		if err == nil {
			_ = c.Close()
			return
		}
		if time.Now().After(end) {
			s.t.Fatalf("sshd does not listen: %v\n%s", err, s.log)
		}
	}
}

func (s *sshd) address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)) }

// sessions are the processes that serve one connection each.
func (s *sshd) sessions() (pids []int) {
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

func (s *sshd) signal(sig syscall.Signal) {
	for _, pid := range s.sessions() {
		_ = syscall.Kill(pid, sig)
	}
}

func (s *sshd) kill()   { s.signal(syscall.SIGKILL) }
func (s *sshd) freeze() { s.signal(syscall.SIGSTOP) }
func (s *sshd) thaw()   { s.signal(syscall.SIGCONT) }

// options reach s, with its host key trusted.
func (s *sshd) options() tunnel.SSHOptions {
	me, err := user.Current()
	if err != nil {
		s.t.Fatal(err)
	}
	return tunnel.SSHOptions{
		Server: me.Username + "@" + s.address(), KeyFile: s.file("user"), KnownHosts: s.file("known_hosts"),
		Trust:             func(tunnel.HostKey) bool { return true },
		KeepaliveInterval: 100 * time.Millisecond, KeepaliveTimeout: 400 * time.Millisecond,
	}
}

// openSSH goes online at s, without a server.
func openSSH(t *testing.T, o tunnel.SSHOptions) *tunnel.Tunnel {
	t.Helper()
	tun, err := tunnel.SSH(within(t), o)
	if err != nil {
		t.Fatalf("go online: %v", err)
	}
	t.Cleanup(func() { _ = tun.Close() })
	return tun
}

// refusedSSH is the error of an attempt that has to fail.
func refusedSSH(t *testing.T, o tunnel.SSHOptions, says string) *tunnel.Error {
	t.Helper()
	tun, err := tunnel.SSH(within(t), o)
	if err == nil {
		_ = tun.Close()
		t.Fatalf("it went online at %s, expected an error with %q", tun.Status().URL, says)
	}
	e, ok := err.(*tunnel.Error)
	if !ok || !strings.Contains(e.Says, says) || e.Advice == "" {
		t.Fatalf("got %#v, expected an error with %q and advice", err, says)
	}
	return e
}
