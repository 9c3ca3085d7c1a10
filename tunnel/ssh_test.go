//go:build linux

package tunnel_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

func getPlain(t *testing.T, url string) string {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: deadline}
	answer, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestRequestsComeThroughAnSSHServer(t *testing.T) {
	s := startSSHD(t)
	tun := openSSH(t, s.Options())
	serve(t, tun, hello)
	status := tun.Status()
	if status.Kind != tunnel.KindSSH || status.State != tunnel.Online || !strings.HasPrefix(status.URL, "http://127.0.0.1:") {
		t.Fatalf("the status is %+v", status)
	}
	if got := getPlain(t, status.URL+"/a?b=1"); !strings.HasPrefix(got, "GET /a?b=1  from 127.0.0.1:") {
		t.Errorf("got %q, expected the request with its sender", got)
	}
	body := bytes.Repeat([]byte("0123456789abcdef"), 1<<18)
	answer, err := http.Post(status.URL, "text/plain", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	back, err := io.ReadAll(answer.Body)
	if err != nil || !bytes.Contains(back, body) {
		t.Errorf("4 MiB came back as %d bytes, error %v", len(back), err)
	}
	await(t, tun, "a measured round trip", func(s tunnel.Status) bool { return s.Latency > 0 })
}

func TestASenderMayCloseItsHalfAndStillBeAnswered(t *testing.T) {
	s := startSSHD(t)
	tun := openSSH(t, s.Options())
	serve(t, tun, hello)
	for _, request := range []string{"GET /x HTTP/1.0\r\n\r\n", "GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", "GET /x HTTP/1.1\r\nHost: h\r\n\r\n"} {
		c, err := net.Dial("tcp", strings.TrimPrefix(tun.Status().URL, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		_ = c.SetDeadline(time.Now().Add(deadline))
		if _, err := c.Write([]byte(request)); err != nil {
			t.Fatal(err)
		}
		if err := c.(*net.TCPConn).CloseWrite(); err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(c)
		if err != nil || !bytes.Contains(got, []byte("200 OK")) || !bytes.Contains(got, []byte("GET /x")) {
			t.Errorf("%q: got %q, error %v", request, got, err)
		}
		_ = c.Close()
	}
}

func TestDeadlinesHoldOnForwardedConnections(t *testing.T) {
	s := startSSHD(t)
	tun := openSSH(t, s.Options())
	serveWith(t, tun, &http.Server{Handler: http.HandlerFunc(hello), ReadHeaderTimeout: 200 * time.Millisecond})
	c, err := net.Dial("tcp", strings.TrimPrefix(tun.Status().URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(deadline))
	if _, err := c.Write([]byte("GET / HT")); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(c); err != nil {
		t.Errorf("a slow sender was not cut: %v", err)
	}
}

func TestASenderThatStaysHoldsNothingOpen(t *testing.T) {
	s := startSSHD(t, "LogLevel DEBUG1")
	tun := openSSH(t, s.Options())
	serve(t, tun, hello)
	c, err := net.Dial("tcp", strings.TrimPrefix(tun.Status().URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(deadline))
	if _, err := c.Write([]byte("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(c); err != nil || !bytes.Contains(got, []byte("200 OK")) {
		t.Fatalf("got %q, error %v", got, err)
	}
	// The sender's half is open still.
	for end := time.Now().Add(deadline); !strings.Contains(s.Log(), ": free: forwarded-tcpip"); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the channel stays open:\n%s", s.Log())
		}
	}
}

func TestTheLastBytesLeaveBeforeTheLinkIsCut(t *testing.T) {
	s := startSSHD(t)
	o := s.Options()
	o.KeepaliveTimeout = deadline
	tun := openSSH(t, o)
	sender, err := net.Dial("tcp", strings.TrimPrefix(tun.Status().URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer sender.Close()
	_ = sender.SetDeadline(time.Now().Add(deadline))
	go func() {
		c, err := tun.Accept()
		if err != nil {
			return
		}
		_, _ = c.Write(make([]byte, 16<<20)) // what comes tells
		_ = c.Close()
		_ = tun.Close()
	}()
	got := 0
	for piece := make([]byte, 64<<10); err == nil; {
		var n int
		n, err = sender.Read(piece)
		got += n
		time.Sleep(5 * time.Millisecond) // a slow line
	}
	if got != 16<<20 || err != io.EOF {
		t.Errorf("%d bytes came, expected 16 MiB, error %v", got, err)
	}
}

func TestAHostKeyIsAskedAboutOnceAndPinned(t *testing.T) {
	s := startSSHD(t)
	o := s.Options()
	o.Trust = nil
	unknown := refusedSSH(t, o, "is not known: ssh-ed25519 SHA256:")
	var asked []tunnel.HostKey
	o.Trust = func(k tunnel.HostKey) bool {
		asked = append(asked, k)
		return true
	}
	_ = openSSH(t, o).Close()
	_ = openSSH(t, o).Close()
	if len(asked) != 1 || !strings.Contains(unknown.Says, asked[0].Fingerprint) {
		t.Errorf("asked about %v, expected once about the key of %q", asked, unknown.Says)
	}
	if info, err := os.Stat(s.File("known_hosts")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file of host keys: %v, %v, expected mode 0600", info, err)
	}
	other := startSSHD(t)
	text, err := os.ReadFile(s.File("known_hosts"))
	if err != nil {
		t.Fatal(err)
	}
	o = other.Options()
	other.Write("known_hosts", strings.ReplaceAll(string(text), fmt.Sprint(s.Port), fmt.Sprint(other.Port)))
	changed := refusedSSH(t, o, "changed to ssh-ed25519 SHA256:")
	if !strings.Contains(changed.Advice, "line 1 of "+o.KnownHosts) {
		t.Errorf("the advice is %q, expected the place of the old key", changed.Advice)
	}
}

func TestAServerThatLetsNobodyInSaysWhatToDo(t *testing.T) {
	s := startSSHD(t)
	o := s.Options()
	tunneltest.NewKey(t, s.File("stranger"), "")
	o.KeyFile = s.File("stranger")
	refusedSSH(t, o, "with none of 1 keys")
	tunneltest.NewKey(t, s.File("locked"), "open sesame")
	o.KeyFile = s.File("locked")
	refusedSSH(t, o, "needs a passphrase")
	o.KeyFile = s.File("nowhere")
	refusedSSH(t, o, "no such file")
	o.KeyFile = "/dev/zero"
	refusedSSH(t, o, "no regular file")
	s.Write("rubbish", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n")
	o.KeyFile = s.File("rubbish")
	refusedSSH(t, o, "read the key")
}

func TestOurOwnKeyIsMadeAndKept(t *testing.T) {
	s := startSSHD(t)
	o := s.Options()
	o.KeyFile, o.OwnKey = "", s.File("own/key")
	refusedSSH(t, o, "with none of 1 keys")
	first, err := os.ReadFile(o.OwnKey)
	if err != nil {
		t.Fatal(err)
	}
	refusedSSH(t, o, "with none of 1 keys")
	if again, _ := os.ReadFile(o.OwnKey); !bytes.Equal(again, first) {
		t.Error("another key was made")
	}
}

func TestAnAddressThatCannotBeHadIsSaid(t *testing.T) {
	s := startSSHD(t)
	taken, err := net.Listen("tcp", ":0") // IPv4 and IPv6
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	o := s.Options()
	o.Bind = fmt.Sprint(taken.Addr().(*net.TCPAddr).Port)
	refusedSSH(t, o, "does not listen on port "+o.Bind)
	closed := startSSHD(t, "AllowTcpForwarding no")
	refusedSSH(t, closed.Options(), "forwarding is not allowed")
}

func TestWhatIsNoSSHServerIsSaid(t *testing.T) {
	page, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	portal := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "<html>log in") })}
	go func() { _ = portal.Serve(page) }()
	defer portal.Close()
	o := tunnel.SSHOptions{Server: page.Addr().String()}
	refusedSSH(t, o, "is no SSH server")
	for _, bad := range []string{"", "a b", "me@", "me@host:0", "me@host:99999", "me@host:ssh", "host/path", "@host"} {
		refusedSSH(t, tunnel.SSHOptions{Server: bad}, "not of the form user@host:port")
	}
	refusedSSH(t, tunnel.SSHOptions{Server: "h", Bind: "x"}, "not of the form host:port")
	refusedSSH(t, tunnel.SSHOptions{Server: "h", URL: "ftp://x"}, "not of the form https://host")
}

func TestAServiceSaysItsAddress(t *testing.T) {
	s := startSSHD(t, `ForceCommand printf '\033[32mWelcome to https://docs.example.com\033[0m\r\n{"address":"quiet-fox.tunnel.example"}\r\n'; sleep 60`)
	o := s.Options()
	o.Domains = []string{".tunnel.example"}
	tun := openSSH(t, o)
	if got := tun.Status().URL; got != "https://quiet-fox.tunnel.example" {
		t.Errorf("the address is %q", got)
	}
	moves := startSSHD(t, `ForceCommand for n in one two; do echo https://$n.tunnel.example; sleep 0.2; done; sleep 60`)
	o = moves.Options()
	o.Domains = []string{".tunnel.example"}
	tun = openSSH(t, o)
	await(t, tun, "the next address", func(s tunnel.Status) bool { return s.URL == "https://two.tunnel.example" })
	silent := startSSHD(t, "ForceCommand echo the free plan is over")
	o = silent.Options()
	o.Domains = []string{".tunnel.example"}
	refusedSSH(t, o, "it says: the free plan is over")
}

func TestALostSSHLinkComesBackAtTheSameAddress(t *testing.T) {
	s := startSSHD(t)
	o := s.Options()
	o.Bind = fmt.Sprint(freePort(t))
	tun := openSSH(t, o)
	serve(t, tun, hello)
	for n := 1; n <= 3; n++ {
		s.Kill()
		status := awaitOnline(t, tun, n)
		if got := getPlain(t, status.URL); !strings.HasPrefix(got, "GET /") {
			t.Errorf("got %q after %d losses", got, n)
		}
	}
	s.Freeze()
	status := awaitLost(t, tun)
	if !strings.Contains(status.Error, "has not answered for 400ms") {
		t.Errorf("the error is %q", status.Error)
	}
	s.Thaw()
	awaitOnline(t, tun, 4)
	if got := getPlain(t, tun.Status().URL); !strings.HasPrefix(got, "GET /") {
		t.Errorf("got %q after the thaw", got)
	}
}

func TestClosingAnSSHTunnelFreesItsAddress(t *testing.T) {
	s := startSSHD(t)
	o := s.Options()
	o.Bind = fmt.Sprint(freePort(t))
	for range 3 {
		if err := openSSH(t, o).Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnSSHServerThatIsNotThereIsTriedUntilTheEnd(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 800*time.Millisecond)
	defer cancel()
	_, err := tunnel.SSH(ctx, tunnel.SSHOptions{Server: fmt.Sprintf("127.0.0.1:%d", freePort(t))})
	if err == nil || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("got %v, expected the refusal", err)
	}
}
