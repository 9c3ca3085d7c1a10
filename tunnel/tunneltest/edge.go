// Package tunneltest is an ngrok edge and an SSH server on loopback, for tests
// and for trying things without an account. The real SDK talks to the edge; it
// speaks the service's protocol over TLS and carries HTTP from a public side to
// the agent.
//
// Start at NewEdge, give Options to tunnel.Ngrok, and send requests with
// PublicClient. The methods in controls.go make trouble. NewSSHD is the same for
// tunnel.SSH, with the system's own OpenSSH.
package tunneltest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"shopbell/tunnel"
)

// Token is the authtoken that an Edge accepts from the beginning.
const Token = "2tunneltestTokenOnLoopback_7sYq3VdK1xWc9"

// Edge is an ngrok service on loopback. All methods may be called at any time.
type Edge struct {
	cert  tls.Certificate
	cas   *x509.CertPool
	addr  string // where agents connect; kept across Down and Up
	front net.Listener
	http  *http.Server

	mu       sync.Mutex
	agents   net.Listener // nil while down
	links    map[*link]bool
	binds    map[string]*bind // by host
	tokens   map[string]string
	held     map[string]bool
	refusals int
	refusal  string
	nextURL  string
	serial   int
	counts   Counts
	closed   bool
}

// Counts are how often agents did something since the start.
type Counts struct {
	Connects int // TLS connections
	Auths    int // accepted log-ins
	Refused  int // refused log-ins
	Binds    int // accepted binds
	Rebinds  int // of these, after a reconnect
	Unbinds  int
}

// NewEdge starts an Edge that ends with the test.
func NewEdge(t testing.TB) *Edge {
	t.Helper()
	e, err := StartEdge()
	if err != nil {
		t.Fatalf("start the edge: %v", err)
	}
	t.Cleanup(e.Close)
	return e
}

// StartEdge starts an Edge without a test. Call Close when done.
func StartEdge() (*Edge, error) {
	cert, cas, err := newCertificate()
	if err != nil {
		return nil, err
	}
	front, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("open the public side: %w", err)
	}
	e := &Edge{
		cert:   cert,
		cas:    cas,
		addr:   "127.0.0.1:0",
		front:  front,
		links:  map[*link]bool{},
		binds:  map[string]*bind{},
		tokens: map[string]string{Token: ""},
		held:   map[string]bool{},
	}
	if err := e.Up(); err != nil {
		_ = front.Close()
		return nil, err
	}
	e.http = &http.Server{Handler: http.HandlerFunc(e.serve), ReadHeaderTimeout: time.Minute}
	go func() { _ = e.http.Serve(front) }()
	return e, nil
}

// Options returns what tunnel.Ngrok needs to reach this edge. The heartbeat is
// quick enough for tests and slow enough for a busy machine; change it freely.
func (e *Edge) Options(token string) tunnel.NgrokOptions {
	return tunnel.NgrokOptions{
		Authtoken:         token,
		ConnectURL:        e.Addr(),
		CAs:               e.cas,
		HeartbeatInterval: 500 * time.Millisecond,
		HeartbeatTimeout:  3 * time.Second,
	}
}

// Addr returns "host:port" where agents connect.
func (e *Edge) Addr() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.addr
}

// PublicURL is the public side for programs that cannot resolve the names that
// the edge gives. Requests go to the agent that has the name in their Host
// header, or to the only agent there is.
func (e *Edge) PublicURL() string { return "http://" + e.front.Addr().String() }

// PublicClient is a sender on the internet: whatever host a URL names, https or
// http, the request goes to this edge. Keep-alive is on.
func (e *Edge) PublicClient() *http.Client {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", e.front.Addr().String())
	}
	// The real edge ends TLS; what reaches the agent is the same without it.
	return &http.Client{
		Timeout:   time.Minute,
		Transport: &http.Transport{DialContext: dial, DialTLSContext: dial, MaxIdleConnsPerHost: 256},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
}

// Close ends the edge and every connection.
func (e *Edge) Close() {
	e.mu.Lock()
	e.closed = true
	e.mu.Unlock()
	e.Down()
	_ = e.http.Close()
}

// listen accepts agents until l is closed.
func (e *Edge) listen(l net.Listener) {
	for {
		c, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		e.admit(l, c)
	}
}

func (e *Edge) admit(l net.Listener, c net.Conn) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.agents != l {
		_ = c.Close()
		return
	}
	e.counts.Connects++
	k := newLink(e, c)
	e.links[k] = true
	go k.run()
}
