package inspector_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// refused checks that a request was turned away with a sentence and not kept.
func refused(t *testing.T, r *rig, status int, body []byte, want int) {
	t.Helper()
	if status != want {
		t.Errorf("answered %d, expected %d", status, want)
	}
	if !bytes.HasSuffix(body, []byte(".\n")) {
		t.Errorf("answered %q, expected a sentence", body)
	}
	if len(r.captures()) != 0 || len(r.shop.Requests()) != 0 {
		t.Errorf("%d kept, %d at the shop, expected none", len(r.captures()), len(r.shop.Requests()))
	}
}

func small(o *inspector.Options) {
	o.Limits = inspector.Limits{Head: 4 << 10, Body: 1 << 10, Answer: 1 << 10, Idle: 300 * time.Millisecond}
}

func TestTruncatedBodyIsRefusedAndNotKept(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	for _, request := range []string{
		"POST /t HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n12345",
		"POST /t HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n",
	} {
		conn := r.dial()
		if _, err := conn.Write([]byte(request)); err != nil {
			t.Fatal(err)
		}
		if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
			t.Fatal(err)
		}
		reply := readReply(t, bufio.NewReader(conn))
		refused(t, r, reply.Status, reply.Body, 400)
	}
}

func TestBrokenChunksAreRefused(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	reply := r.raw("POST /t HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")
	refused(t, r, reply.Status, reply.Body, 400)
}

func TestOversizedBodyIsRefused(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, small)
	reply := r.raw("POST /t HTTP/1.1\r\nHost: h\r\nContent-Length: 1025\r\n\r\n" + strings.Repeat("x", 1025))
	refused(t, r, reply.Status, reply.Body, 413)
	reply = r.raw("POST /t HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n401\r\n" + strings.Repeat("x", 1025) + "\r\n0\r\n\r\n")
	refused(t, r, reply.Status, reply.Body, 413)
	// A sender that asks first is told before it sends anything.
	reply = r.raw("POST /t HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n")
	refused(t, r, reply.Status, reply.Body, 413)
}

func TestBodyOfExactlyTheLimitIsTaken(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, small)
	body := strings.Repeat("x", 1024)
	if reply := r.raw(post(body)); reply.Status != 200 {
		t.Errorf("answered %d", reply.Status)
	}
	chunked := "POST /t HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n" + body + "\r\n0\r\n\r\n"
	if reply := r.raw(chunked); reply.Status != 200 {
		t.Errorf("chunked: answered %d", reply.Status)
	}
}

func TestOversizedHeadIsRefused(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, small)
	reply := r.raw(post("{}", "X-Long: "+strings.Repeat("x", 5<<10)))
	refused(t, r, reply.Status, reply.Body, 431)
	// Far over the limit net/http answers by itself.
	reply = r.raw(post("{}", "X-Long: "+strings.Repeat("x", 30<<10)))
	if reply.Status != 431 || len(reply.Body) == 0 || len(r.captures()) != 0 {
		t.Errorf("answered %d %q", reply.Status, reply.Body)
	}
}

func TestSlowSenderIsCut(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, small)
	reply := r.raw("POST /t HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n12345")
	refused(t, r, reply.Status, reply.Body, 408)

	conn := r.dial() // one that never ends its head
	if _, err := conn.Write([]byte("POST /t HTTP/1.1\r\nHost:")); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(conn); err != nil && !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("the connection was not closed: %v", err)
	}
}

func TestExpectContinueIsAnsweredBeforeTheBody(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	conn := r.dial()
	in := bufio.NewReader(conn)
	head := "POST /t HTTP/1.1\r\nHost: h\r\nexpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
	if _, err := conn.Write([]byte(head)); err != nil {
		t.Fatal(err)
	}
	line, err := in.ReadString('\n')
	if err != nil || line != "HTTP/1.1 100 Continue\r\n" {
		t.Fatalf("got %q, %v", line, err)
	}
	if _, err := in.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write([]byte("{}")); err != nil {
		t.Fatal(err)
	}
	if reply := readReply(t, in); reply.Status != 200 {
		t.Errorf("answered %d", reply.Status)
	}
	if c := r.only(); string(c.Message.Head) != head || string(c.Message.Body) != "{}" {
		t.Errorf("kept %q and %q", c.Message.Head, c.Message.Body)
	}
}

func TestChunkedBodyIsKeptAndForwardedWhole(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	head := "POST /t HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nX-After: 1\r\n\r\n"
	r.raw(head + "3;ext=1\r\nabc\r\n4\r\ndefg\r\n0\r\nX-Trailer: t\r\n\r\n")
	c := r.only()
	if string(c.Message.Body) != "abcdefg" || string(c.Message.Head) != head {
		t.Errorf("kept %q and %q", c.Message.Head, c.Message.Body)
	}
	if len(c.Notes) == 0 || c.Notes[len(c.Notes)-1] != "Fields came after the body; their values were not kept: X-Trailer." {
		t.Errorf("notes %q", c.Notes)
	}
	got := r.shop.Requests()[0]
	if string(got.Body) != "abcdefg" || !strings.Contains(string(got.Head), "\r\nContent-Length: 7\r\nX-After: 1\r\n") {
		t.Errorf("the shop got %q %q", got.Head, got.Body)
	}
}

func TestCompressedAndBinaryBodiesStayAsTheyCame(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write([]byte(`{"escrow":{"id":1}}`)) // to memory
	_ = z.Close()
	for n, body := range []string{zipped.String(), "\xff\xfe\x00{}", strings.Repeat("\x00", 70<<10)} {
		r.raw(post(body, "Content-Encoding: gzip"))
		if c := r.get(r.captures()[0].ID); string(c.Message.Body) != body || c.Outcome != signature.Unsigned {
			t.Errorf("body %d was kept with %d bytes as %s, expected %d bytes", n, len(c.Message.Body), c.Outcome, len(body))
		}
		if got := r.shop.Requests()[n]; string(got.Body) != body || got.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("body %d reached the shop with %d bytes", n, len(got.Body))
		}
	}
}

func TestDuplicateAndNonUTF8HeadersAreKeptAndForwarded(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.raw(post("{}", "X-Dup: 1", "x-other: caf\xe9", "x-dup: 2", "X-DUP: 1", "X-Empty:"))
	want := signature.Header{{Name: "X-Dup", Value: "1"}, {Name: "x-other", Value: "caf\xe9"}, {Name: "x-dup", Value: "2"}, {Name: "X-DUP", Value: "1"}, {Name: "X-Empty", Value: ""}}
	c := r.only()
	if len(c.Message.Header) != len(want)+2 {
		t.Fatalf("kept %q", c.Message.Header)
	}
	for k, f := range want {
		if c.Message.Header[k+1] != f {
			t.Errorf("kept %q, expected %q", c.Message.Header[k+1], f)
		}
	}
	if head := string(r.shop.Requests()[0].Head); !strings.Contains(head, "X-Dup: 1\r\nx-other: caf\xe9\r\nx-dup: 2\r\nX-DUP: 1\r\nX-Empty: \r\n") {
		t.Errorf("the shop got %q", head)
	}
}
