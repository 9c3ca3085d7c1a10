package inspector

import (
	"bufio"
	"net"
	"net/http"
	"testing"
	"time"
)

// afterOne opens a connection, has one request answered on it, and hands the
// shop's side of it to leave while the second one is under way.
func afterOne(t *testing.T, before, during func(*net.TCPConn, *bufio.Reader)) *link {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ours, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer ours.Close()
	theirs, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	shop, in := theirs.(*net.TCPConn), bufio.NewReader(theirs)
	answered := make(chan struct{})
	go func() {
		if _, err := http.ReadRequest(in); err != nil {
			t.Error(err)
		}
		if _, err := shop.Write([]byte("HTTP/1.1 204 No Content\r\n\r\n")); err != nil {
			t.Error(err)
		}
		close(answered)
	}()
	link, p := newLink(ours), parcel{method: "GET", head: []byte("GET / HTTP/1.1\r\nHost: h\r\n\r\n"), deadline: time.Now().Add(20 * time.Second)}
	if _, err := link.exchange(p, 1<<10); err != nil {
		t.Fatal(err)
	}
	<-answered
	link.reused, link.accepted = true, link.acknowledged()
	if before(shop, in); during != nil {
		go during(shop, in)
	}
	if a, err := link.exchange(p, 1<<10); err == nil {
		t.Fatalf("it was answered %d", a.status)
	}
	return link
}

func TestRequestThatMeetsAClosedConnectionIsKnownToBeUnread(t *testing.T) {
	l := afterOne(t, func(c *net.TCPConn, _ *bufio.Reader) { _ = c.Close() }, nil)
	if !l.lost || !l.unsent {
		t.Errorf("lost %v, unsent %v, expected both", l.lost, l.unsent)
	}
}

func TestRequestThatTheShopMayHaveReadIsNotSentAgain(t *testing.T) {
	nothing := func(*net.TCPConn, *bufio.Reader) {}
	for name, during := range map[string]func(*net.TCPConn, *bufio.Reader){
		"read, then closed": func(c *net.TCPConn, in *bufio.Reader) {
			_, _ = http.ReadRequest(in) // whatever it is, the shop had it
			_ = c.Close()
		},
		"read, then reset": func(c *net.TCPConn, in *bufio.Reader) {
			_, _ = http.ReadRequest(in)
			_ = c.SetLinger(0)
			_ = c.Close()
		},
		"closed with the request before it": func(c *net.TCPConn, in *bufio.Reader) {
			_, _ = in.Peek(1)
			_ = c.Close()
		},
	} {
		if l := afterOne(t, nothing, during); !l.lost || l.unsent {
			t.Errorf("%s: lost %v, unsent %v, expected lost and not unsent", name, l.lost, l.unsent)
		}
	}
}
