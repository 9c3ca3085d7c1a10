//go:build linux

package tunnel_test

import (
	"net"
	"strings"
	"testing"

	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

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

// startSSHD starts a server for a user without keys and hosts of their own.
func startSSHD(t *testing.T, more ...string) *tunneltest.SSHD {
	t.Helper()
	s := tunneltest.NewSSHD(t, more...)
	t.Setenv("HOME", s.File(""))
	t.Setenv("SSH_AUTH_SOCK", "")
	return s
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
