package inspector

import (
	"bytes"
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// net/http keeps neither order nor case of header names. The recorder copies
// the bytes of each request head as they pass and hands them to the handler.
//
// It needs no parser of its own for what decides: net/http reads the requests
// of a connection one after the other from the same bytes, so a head begins
// where the body of the request before ended, and ends at the first empty line,
// the one rule that net/http has for it. How long the body is, sized or
// chunked, is told by the request that net/http parsed. Only the extent of a
// chunked body is followed here. Every head is compared with the parsed request
// before it is used (head.go); after one that differs the connection has no
// more exact heads, rather than wrong ones. A request that net/http refuses
// ends its connection, so it can't shift the ones behind it.

// headSlack is what net/http reads beyond its header limit: 4096 bytes of slop
// and a buffer of 4096 that may hold the start of the body.
const headSlack = 8192

// recorder is a listener whose connections record request heads.
type recorder struct {
	net.Listener
	limit int // bytes recorded at most for one head
	idle  time.Duration
	// reject replaces what net/http answers without asking a handler; it may be nil.
	reject func(*tape, []byte) []byte
	crowd  *crowd // nil is no limit
}

func (l *recorder) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	t := &tape{Conn: conn, limit: l.limit, idle: l.idle, reject: l.reject}
	if l.crowd != nil {
		l.crowd.admit(t)
	}
	if secure, yes := conn.(*tls.Conn); yes {
		return &secureTape{tape: t, secure: secure}, nil
	}
	return t, nil
}

// tape is a connection that keeps the bytes of the request head being read.
type tape struct {
	net.Conn
	limit  int
	idle   time.Duration
	reject func(*tape, []byte) []byte
	// handled is set while a handler has a request of this connection.
	handled atomic.Bool
	seat    seat // guarded by its crowd

	mu     sync.Mutex // net/http reads ahead while the handler takes its head
	bytes  []byte     // everything since the body before ended
	body   bodySkipper
	posted bool // the request before was a POST
	lost   bool
}

// secureTape is a tape over TLS; net/http asks it for the state of TLS.
type secureTape struct {
	*tape
	secure *tls.Conn
}

// ConnectionState makes net/http fill in Request.TLS.
func (t *secureTape) ConnectionState() tls.ConnectionState { return t.secure.ConnectionState() }

type tapeKey struct{}

// tapeOf returns the tape that a connection of the recorder is, or nil.
func tapeOf(c net.Conn) *tape {
	switch t := c.(type) {
	case *tape:
		return t
	case *secureTape:
		return t.tape
	}
	return nil
}

// withTape lets the handler find the tape of its connection.
func withTape(ctx context.Context, c net.Conn) context.Context {
	if t := tapeOf(c); t != nil {
		return context.WithValue(ctx, tapeKey{}, t)
	}
	return ctx
}

// handling tells the tape of r that r has reached a handler.
func handling(r *http.Request) {
	if t, ok := r.Context().Value(tapeKey{}).(*tape); ok {
		t.handled.Store(true)
	}
}

func (t *tape) Read(p []byte) (int, error) {
	n, err := t.Conn.Read(p)
	if n > 0 {
		t.mu.Lock()
		t.record(p[:n])
		t.mu.Unlock()
	}
	return n, err
}

// writePiece is what a receiver of our answer must take within the idle limit.
const writePiece = 64 << 10

// Write sends p, or what takes its place when no handler asked for it.
func (t *tape) Write(p []byte) (int, error) {
	if t.reject == nil || t.handled.Load() {
		return t.write(p)
	}
	if _, err := t.write(t.reject(t, p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// write sends p in pieces, each with its own deadline: a sender that does not
// read its answer is cut, one with a slow line is not.
func (t *tape) write(p []byte) (int, error) {
	written := 0
	for {
		piece := p[written:min(len(p), written+writePiece)]
		if err := t.Conn.SetWriteDeadline(time.Now().Add(t.idle)); err != nil {
			return written, err
		}
		n, err := t.Conn.Write(piece)
		written += n
		if err != nil || written == len(p) {
			return written, err
		}
	}
}

// CloseWrite lets net/http say goodbye so that a refused sender still reads
// why. A connection that can't do it is closed by net/http right after.
func (t *tape) CloseWrite() error {
	if c, can := t.Conn.(interface{ CloseWrite() error }); can {
		return c.CloseWrite()
	}
	return nil
}

// record takes in bytes that net/http has read.
func (t *tape) record(b []byte) {
	if t.lost {
		return
	}
	b = t.body.skip(b)
	if t.body.bad || len(t.bytes)+len(b) > t.limit {
		t.lose()
		return
	}
	t.bytes = append(t.bytes, b...)
}

func (t *tape) lose() { t.lost, t.bytes = true, nil }

// take returns the head of r, which net/http has just parsed, and moves on to
// the next request. It must be called exactly once for each request. It returns
// nil when the exact bytes are not known.
func (t *tape) take(r *http.Request) *head {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lost {
		return nil
	}
	b := t.bytes
	if t.posted {
		// net/http forgives up to four stray line ends after a POST.
		n := 0
		for n < 4 && n < len(b) && (b[n] == '\r' || b[n] == '\n') {
			n++
		}
		b = b[n:]
	}
	end := endOfHead(b)
	h := parseHead(b[:end])
	if h == nil || !h.matches(r) {
		t.lose()
		return nil
	}
	t.posted = r.Method == http.MethodPost
	t.body = bodyOf(r)
	rest := t.body.skip(b[end:])
	if t.body.bad {
		t.lose()
		return h
	}
	if t.bytes = append(t.bytes[:0], rest...); cap(t.bytes) > headSlack {
		t.bytes = slices.Clone(rest) // one long head is no reason to hold on to its room
	}
	return h
}

// endOfHead returns the index after the first empty line, 0 when there is none.
func endOfHead(b []byte) int {
	for from := 0; ; {
		n := bytes.IndexByte(b[from:], '\n')
		if n < 0 {
			return 0
		}
		from += n + 1
		switch {
		case bytes.HasPrefix(b[from:], []byte("\n")):
			return from + 1
		case bytes.HasPrefix(b[from:], []byte("\r\n")):
			return from + 2
		}
	}
}
