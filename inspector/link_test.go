package inspector

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"
)

func TestReceiverThatTakesNoAnswerIsCut(t *testing.T) {
	server, client := net.Pipe()
	defer client.Close()
	defer server.Close()
	sender := &tape{Conn: server, idle: 20 * time.Millisecond}
	if n, err := sender.Write(make([]byte, 1<<20)); n != 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("%d bytes were written, %v", n, err)
	}
}

// talk lets a shop say the bytes and returns what becomes of them.
func talk(input []byte, method string) (*link, *answer, error) {
	ours, theirs := net.Pipe()
	go func() { _, _ = io.Copy(io.Discard, theirs) }()
	go func() {
		_, _ = theirs.Write(input) // we may hang up first
		_ = theirs.Close()
	}()
	l := newLink(ours)
	a, err := l.exchange(parcel{method: method, head: []byte("x"), deadline: time.Now().Add(10 * time.Second)}, 64)
	return l, a, err
}

func FuzzAnyAnswerOfTheShopIsPassedOnOrExplained(f *testing.F) {
	for _, input := range []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "HTTP/1.0 200\r\n\r\nto the end",
		"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nX: a\r\n b\r\n\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 9\r\n\r\n2\r\nhi\r\n0\r\nT: x\r\n\r\nHTTP/1.1 ",
		"HTTP/1.1 200 OK\nConnection: x, close\nX: 1\n\n", "HTTP/1.1 099 x\r\n\r\n", "HTTP/1.1 999 x\r\nBad Name: \x00\r\n\r\n", "\r\n\r\n",
		"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhi",
	} {
		f.Add([]byte(input), "POST")
		f.Add([]byte(input), "HEAD")
	}
	f.Fuzz(func(t *testing.T, input []byte, method string) {
		l, a, err := talk(input, method)
		defer l.close()
		if err != nil {
			if e := explain(err, false); e.says == "" || e.status < 500 {
				t.Fatalf("%v was explained as %+v", err, e)
			}
			return
		}
		w := httptest.NewRecorder()
		func() {
			defer func() {
				if failure := recover(); failure != nil && failure != http.ErrAbortHandler {
					panic(failure)
				}
			}()
			_ = a.send(w) // what broke off is in the status and the failure
		}()
		if w.Code < 200 || w.Code != a.status {
			t.Fatalf("status %d was sent as %d", a.status, w.Code)
		}
	})
}
