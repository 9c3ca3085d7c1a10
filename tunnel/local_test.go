package tunnel_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"shopbell/tunnel"
)

func openLocal(t *testing.T, o tunnel.LocalOptions) *tunnel.Tunnel {
	t.Helper()
	tun, err := tunnel.Local(o)
	if err != nil {
		t.Fatalf("listen with %+v: %v", o, err)
	}
	t.Cleanup(func() { _ = tun.Close() })
	return tun
}

func portOf(t *testing.T, tun *tunnel.Tunnel) int {
	t.Helper()
	_, text, err := net.SplitHostPort(tun.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return port
}

func hasIPv6() bool {
	l, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		return false
	}
	_ = l.Close()
	return true
}

func answers(t *testing.T, client *http.Client, url string) {
	t.Helper()
	answer, err := client.Get(url)
	if err != nil {
		t.Fatalf("get %s: %v", url, err)
	}
	defer answer.Body.Close()
	if body, _ := io.ReadAll(answer.Body); !strings.HasPrefix(string(body), "GET ") {
		t.Fatalf("%s: got %d %q", url, answer.StatusCode, body)
	}
}

func TestLocalAnswersOnBothLoopbackAddresses(t *testing.T) {
	tun := openLocal(t, tunnel.LocalOptions{})
	serve(t, tun, hello)
	port := strconv.Itoa(portOf(t, tun))
	s := tun.Status()
	if s.State != tunnel.Online || s.Kind != tunnel.KindLocal || s.URL != "http://127.0.0.1:"+port || len(s.Notes) != 0 {
		t.Fatalf("got %+v, want online at 127.0.0.1:%s and nothing to tell", s, port)
	}
	answers(t, http.DefaultClient, s.URL)
	if hasIPv6() {
		answers(t, http.DefaultClient, "http://[::1]:"+port)
	}
}

func TestPortIsKeptWhenFreeAndReplacedWhenTaken(t *testing.T) {
	first := openLocal(t, tunnel.LocalOptions{})
	port := portOf(t, first)
	second := openLocal(t, tunnel.LocalOptions{Port: port})
	serve(t, second, hello)
	other := portOf(t, second)
	notes := second.Status().Notes
	if other == port || len(notes) != 1 || !strings.Contains(notes[0], strconv.Itoa(port)) || !strings.Contains(notes[0], strconv.Itoa(other)) {
		t.Fatalf("port %d was taken: got %d and notes %q, want another and both named", port, other, notes)
	}
	answers(t, http.DefaultClient, second.Status().URL)
	_ = first.Close()
	third := openLocal(t, tunnel.LocalOptions{Port: port})
	if got := portOf(t, third); got != port || len(third.Status().Notes) != 0 {
		t.Errorf("port %d is free again: got %d and notes %q", port, got, third.Status().Notes)
	}
}

func TestPortTakenOnIPv6AloneIsTaken(t *testing.T) {
	if !hasIPv6() {
		t.Log("this machine has no IPv6; nothing to see")
		return
	}
	l, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	tun := openLocal(t, tunnel.LocalOptions{Port: port})
	if got := portOf(t, tun); got == port || len(tun.Status().Notes) != 1 {
		t.Errorf("got port %d and notes %q, want another port and a note", got, tun.Status().Notes)
	}
}

func TestExplicitAddressThatIsTakenIsAnError(t *testing.T) {
	first := openLocal(t, tunnel.LocalOptions{})
	port := strconv.Itoa(portOf(t, first))
	for _, addr := range []string{"127.0.0.1:" + port, "localhost:" + port} {
		_, err := tunnel.Local(tunnel.LocalOptions{Addr: addr})
		e := asError(t, err, "")
		if !strings.Contains(e.Says, strconv.Quote(addr)) || !strings.Contains(e.Says, "another program") {
			t.Errorf("%s: got %q, want the address named and why", addr, e.Says)
		}
	}
}

func TestAddressThatMakesNoSenseIsAnError(t *testing.T) {
	for _, o := range []tunnel.LocalOptions{
		{Addr: "8420"}, {Addr: "127.0.0.1"}, {Addr: "127.0.0.1:http2"}, {Addr: "127.0.0.1:70000"}, {Addr: "::1:8420"},
		{Addr: "192.0.2.1:8420"}, {Addr: "no such host:1"}, {Port: -1}, {Port: 65536},
	} {
		_, err := tunnel.Local(o)
		e := asError(t, err, "")
		if o.Addr != "" && !strings.Contains(e.Says, strconv.Quote(o.Addr)) {
			t.Errorf("got %q, want %q named", e.Says, o.Addr)
		}
	}
}

func TestLocalhostMeansBothLoopbackAddresses(t *testing.T) {
	tun := openLocal(t, tunnel.LocalOptions{Addr: "localhost:0"})
	serve(t, tun, hello)
	answers(t, http.DefaultClient, tun.Status().URL)
	if hasIPv6() {
		answers(t, http.DefaultClient, "http://[::1]:"+strconv.Itoa(portOf(t, tun)))
	}
	if n := tun.Status().Notes; len(n) != 0 {
		t.Errorf("got notes %q, want none", n)
	}
}

func TestAddressThatOthersCanReachIsWarnedOf(t *testing.T) {
	tun := openLocal(t, tunnel.LocalOptions{Addr: "0.0.0.0:0"})
	serve(t, tun, hello)
	s := tun.Status()
	if len(s.Notes) != 1 || !strings.Contains(s.Notes[0], "everybody in the network") {
		t.Errorf("got notes %q, want a warning", s.Notes)
	}
	answers(t, http.DefaultClient, s.URL)
	if one := openLocal(t, tunnel.LocalOptions{Addr: "127.0.0.1:0"}); len(one.Status().Notes) != 0 {
		t.Errorf("loopback: got notes %q, want none", one.Status().Notes)
	}
}

func TestCloseFreesThePortAndEndsAccept(t *testing.T) {
	tun := openLocal(t, tunnel.LocalOptions{})
	var accepts sync.WaitGroup
	for range 3 {
		accepts.Go(func() {
			if _, err := tun.Accept(); !errors.Is(err, net.ErrClosed) {
				t.Errorf("got %v, want net.ErrClosed", err)
			}
		})
	}
	closeIn(t, tun)
	accepts.Wait()
	l, err := net.Listen("tcp", tun.Addr().String())
	if err != nil {
		t.Fatalf("the port is not free: %v", err)
	}
	_ = l.Close()
	tun.Reconnect()
}

func TestSubscribersAreWokenOnceForManyChanges(t *testing.T) {
	tun := openLocal(t, tunnel.LocalOptions{})
	first, end := tun.Subscribe()
	second, endSecond := tun.Subscribe()
	defer endSecond()
	end()
	end()
	if _, open := <-first; open {
		t.Error("a feed that was ended is still open")
	}
	_ = tun.Close()
	select {
	case <-second:
	case <-time.After(deadline):
		t.Fatal("nobody was woken")
	}
	select {
	case <-second:
		t.Error("one change woke twice")
	default:
	}
}

func TestStatusIsTheCallersOwn(t *testing.T) {
	taken := openLocal(t, tunnel.LocalOptions{})
	tun := openLocal(t, tunnel.LocalOptions{Port: portOf(t, taken)})
	tun.Status().Notes[0] = "spoiled"
	if got := tun.Status().Notes[0]; got == "spoiled" {
		t.Error("a reader changed the status of all")
	}
}
