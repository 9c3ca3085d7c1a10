//go:build linux

package tunnel_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"shopbell/tunnel"
)

// idle connects to a tunnel n times and says nothing.
func idle(t *testing.T, tun *tunnel.Tunnel, n int) {
	t.Helper()
	for range n {
		c, err := net.Dial("tcp", strings.TrimPrefix(tun.Status().URL, "http://"))
		if err != nil {
			t.Fatalf("%v; the status is %+v", err, tun.Status())
		}
		t.Cleanup(func() { _ = c.Close() })
	}
}

func TestAFloodOfSendersDoesNotCutTheLink(t *testing.T) {
	s := startSSHD(t)
	o := s.Options()
	o.KeepaliveTimeout = deadline // the beats below tell more surely
	tun := openSSH(t, o)
	idle(t, tun, 400) // nobody accepts them
	within := time.Now().Add(deadline)
	eventually := func(what string, done func() bool) {
		t.Helper()
		for ; !done(); time.Sleep(10 * time.Millisecond) {
			if time.Now().After(within) {
				t.Fatalf("waited in vain for %s; the status is %+v", what, tun.Status())
			}
		}
	}
	eventually("senders that are turned away", func() bool { return strings.Contains(s.Log(), "too many senders wait") })
	for range 3 {
		before := tun.Status().Latency
		eventually("an answer to the next keepalive", func() bool { return tun.Status().Latency != before })
	}
	if status := tun.Status(); status.State != tunnel.Online || status.Reconnects != 0 {
		t.Fatalf("the status is %+v", status)
	}
	serve(t, tun, hello)
	eventually("an answer after the flood", func() bool {
		answer, err := http.Get(tun.Status().URL)
		if err != nil {
			return false // turned away: those before are still there
		}
		defer answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
}

func TestALostLinkIsSeenWhileSendersWait(t *testing.T) {
	s := startSSHD(t)
	tun := openSSH(t, s.Options())
	idle(t, tun, 3)
	time.Sleep(100 * time.Millisecond) // until the first of them is handed on
	s.Kill()
	serve(t, tun, hello) // the first accept comes after the loss
	status := awaitOnline(t, tun, 1)
	if got := getPlain(t, status.URL); !strings.HasPrefix(got, "GET /") {
		t.Errorf("got %q after the loss", got)
	}
}

func TestALossIsShownThoughNobodyAccepts(t *testing.T) {
	s := startSSHD(t)
	tun := openSSH(t, s.Options())
	idle(t, tun, 3)
	time.Sleep(100 * time.Millisecond)
	s.Stop()
	awaitLost(t, tun)
}

// startMute starts a server that lets everybody in, answers what is asked for
// with reply, and then says nothing more.
func startMute(t *testing.T, reply []byte) string {
	t.Helper()
	_, key := hostKey(t, "ed25519")
	config := &ssh.ServerConfig{NoClientAuth: true}
	config.AddHostKey(key)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				_, channels, requests, err := ssh.NewServerConn(c, config)
				if err != nil {
					return
				}
				go func() {
					for range channels {
					}
				}()
				for r := range requests {
					_ = r.Reply(true, reply)
				}
			}()
		}
	}()
	return l.Addr().String()
}

func TestAServiceThatFallsSilentIsGivenUp(t *testing.T) {
	o := tunnel.SSHOptions{Server: startMute(t, nil), Domains: []string{".tunnel.example"}, Trust: func(tunnel.HostKey) bool { return true }}
	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		_, err := tunnel.SSH(ctx, o)
		ended <- err
	}()
	select {
	case err := <-ended:
		if err == nil || !strings.Contains(err.Error(), "did not say its public address") {
			t.Errorf("got %v", err)
		}
	case <-time.After(deadline):
		t.Fatal("it waits without an end")
	}
}

func TestAConnectionThatBreaksInTheHandshakeIsTriedAgain(t *testing.T) {
	s := startSSHD(t)
	s.Stop()
	l, err := net.Listen("tcp", s.Addr())
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		c, err := l.Accept()
		_ = l.Close()
		if err == nil {
			_, _ = c.Read(make([]byte, 8))    // the connection stands
			_ = c.(*net.TCPConn).SetLinger(0) // a reset
			_ = c.Close()
		}
	}()
	o := s.Options()
	failed := make(chan *tunnel.Error, 10)
	o.Failed = func(e *tunnel.Error) {
		if len(failed) == 0 {
			s.Start()
		}
		failed <- e
	}
	_ = openSSH(t, o).Close()
	if e := <-failed; !strings.Contains(e.Says, "reset") {
		t.Errorf("the first attempt failed by %q", e.Says)
	}
}

func TestAServerThatDoesNotSayItsPortIsNotCalledOnline(t *testing.T) {
	o := tunnel.SSHOptions{Server: startMute(t, nil), Trust: func(tunnel.HostKey) bool { return true }}
	refusedSSH(t, o, "did not say on which port it listens")
	o.Bind = "8080"
	if status := openSSH(t, o).Status(); !strings.HasSuffix(status.URL, ":8080") {
		t.Errorf("the address is %q", status.URL)
	}
}

func TestAPortThatAWebServerCannotKnowIsTold(t *testing.T) {
	s := startSSHD(t)
	o := s.Options()
	o.URL = "https://hooks.example.com"
	if notes := openSSH(t, o).Status().Notes; len(notes) != 1 || !strings.Contains(notes[0], "bind") {
		t.Errorf("the notes are %q", notes)
	}
	o.Bind = fmt.Sprint(freePort(t))
	if notes := openSSH(t, o).Status().Notes; len(notes) != 0 {
		t.Errorf("with a port of our choice the notes are %q", notes)
	}
}
