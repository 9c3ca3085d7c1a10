package inspector

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// seen is a request as a handler behind the recorder saw it.
type seen struct {
	head *head
	r    *http.Request
}

// serveBytes lets net/http serve the bytes of one connection, in reads of at
// most size bytes, and returns what the handler saw. The handler reads each
// body, or leaves every second one.
func serveBytes(t testing.TB, input []byte, size int) []seen {
	t.Helper()
	server, client := net.Pipe()
	var all []seen
	done := make(chan struct{})
	s := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			tape, _ := r.Context().Value(tapeKey{}).(*tape)
			all = append(all, seen{tape.take(r), r})
			if len(all)%2 == 1 {
				_, _ = io.Copy(io.Discard, r.Body) // net/http meets the same error next
			}
		}),
		ConnContext: withTape, MaxHeaderBytes: 64 << 10, DisableGeneralOptionsHandler: true,
		ConnState: func(_ net.Conn, state http.ConnState) {
			if state == http.StateClosed {
				close(done)
			}
		},
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug),
	}
	l := &oneConn{conn: pieces{server, size}, end: make(chan struct{})}
	go func() { _ = s.Serve(&recorder{Listener: l, limit: 128 << 10, idle: time.Minute}) }()
	go func() { _, _ = io.Copy(io.Discard, client) }()
	go func() {
		_, _ = client.Write(input)
		_ = client.Close()
	}()
	<-done
	close(l.end)
	return all
}

// pieces is a connection that reads little at a time.
type pieces struct {
	net.Conn
	size int
}

func (p pieces) Read(b []byte) (int, error) { return p.Conn.Read(b[:min(len(b), p.size)]) }

// oneConn is a listener with a single connection.
type oneConn struct {
	conn net.Conn
	end  chan struct{}
}

func (l *oneConn) Accept() (net.Conn, error) {
	if c := l.conn; c != nil {
		l.conn = nil
		return c, nil
	}
	<-l.end
	return nil, net.ErrClosed
}
func (l *oneConn) Close() error   { return nil }
func (l *oneConn) Addr() net.Addr { return &net.TCPAddr{} }

// shadow reads the same bytes with http.ReadRequest and returns the exact heads.
func shadow(input []byte) []string {
	counted := bytes.NewReader(input)
	in := bufio.NewReader(counted)
	at := func() int { return len(input) - counted.Len() - in.Buffered() }
	var heads []string
	posted := false
	for {
		if posted {
			start, _ := in.Peek(4)
			n := len(start) - len(bytes.TrimLeft(start, "\r\n"))
			_, _ = in.Discard(n)
		}
		from := at()
		r, err := http.ReadRequest(in)
		if err != nil {
			return heads
		}
		heads = append(heads, string(input[from:at()]))
		posted = r.Method == http.MethodPost
		if _, err := io.Copy(io.Discard, r.Body); err != nil || r.Close {
			return heads
		}
	}
}

func FuzzRecordedHeadsAreThoseThatNetHTTPRead(f *testing.F) {
	for _, request := range []string{
		"POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabcGET /b HTTP/1.1\r\nhost: h\r\n\r\n",
		"POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\n0\r\nT: 1\r\n\r\n\r\n\r\nPOST /b HTTP/1.1\nHost: h\n\n",
		"GET / HTTP/1.1\r\nHost: h\r\nPragma: no-cache\r\nX: a\r\n b\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n \r\n\r\n",
		"GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nxxOPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: h\r\nX: 1\r\n\r\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
		"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
	} {
		f.Add([]byte(request), 4096)
		f.Add([]byte(request), 1)
	}
	f.Fuzz(func(t *testing.T, input []byte, size int) {
		if size < 1 || len(input) > 16<<10 {
			return
		}
		want := shadow(input)
		for k, s := range serveBytes(t, input, size) {
			if s.head == nil {
				continue // rather none than a wrong one
			}
			if k >= len(want) || string(s.head.raw) != want[k] {
				t.Fatalf("request %d: recorded %q, net/http read %q", k, s.head.raw, want)
			}
		}
	})
}

func TestHeadsOfManyPipelinedRequestsAreExact(t *testing.T) {
	var input bytes.Buffer
	var want []string
	for k := range 300 {
		body := strings.Repeat("POST /fake HTTP/1.1\r\nHost: x\r\n\r\n", k%40)
		head := "POST /" + strings.Repeat("p", k) + " HTTP/1.1\r\nhOsT: h\r\nX-" + strings.Repeat("y", k%7) + ": " + strings.Repeat("v", k*3) + "\r\n"
		switch k % 3 {
		case 0:
			head += "Content-Length: 0\r\n\r\n"
			body = strings.Repeat("\r\n", k%3)
		case 1:
			head += "Content-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n"
		default:
			head += "Transfer-Encoding: chunked\r\n\r\n"
			body = chunks(body, k%50+1)
		}
		want = append(want, head)
		input.WriteString(head + body)
	}
	for _, size := range []int{1, 7, 1000, 4096, 1 << 20} {
		all := serveBytes(t, input.Bytes(), size)
		if len(all) != len(want) {
			t.Fatalf("in pieces of %d: %d requests, expected %d", size, len(all), len(want))
		}
		for k, s := range all {
			if s.head == nil || string(s.head.raw) != want[k] {
				t.Fatalf("in pieces of %d: head %d was recorded as %v, expected %q", size, k, s.head, want[k])
			}
		}
	}
}

// chunks frames a body in chunks of at most size bytes, with an extension and
// a trailer.
func chunks(body string, size int) string {
	var out strings.Builder
	for piece := range slices.Chunk([]byte(body), size) {
		fmt.Fprintf(&out, "%x;e=\"f\"\r\n%s\r\n", len(piece), piece)
	}
	return out.String() + "0\r\nX-Trailer: t\r\n\r\n"
}

func TestRecorderGivesUpAtItsLimitRatherThanGrow(t *testing.T) {
	r := &recorder{Listener: &oneConn{}, limit: 100}
	tape := &tape{limit: r.limit}
	tape.record(make([]byte, 101))
	if !tape.lost || tape.bytes != nil {
		t.Errorf("%d bytes are recorded, lost %v", len(tape.bytes), tape.lost)
	}
}
