package tunnel_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"shopbell/tunnel"
	"shopbell/tunnel/tunneltest"
)

// deadline is generous: it ends a test that waits for what never comes.
const deadline = 20 * time.Second

// quick options notice a dead link in well under a second.
func quick(o tunnel.NgrokOptions) tunnel.NgrokOptions {
	o.HeartbeatInterval, o.HeartbeatTimeout = 100*time.Millisecond, 400*time.Millisecond
	return o
}

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	t.Cleanup(cancel)
	return ctx
}

// open goes online at the edge, without a server.
func open(t *testing.T, o tunnel.NgrokOptions) *tunnel.Tunnel {
	t.Helper()
	tun, err := tunnel.Ngrok(within(t), o)
	if err != nil {
		t.Fatalf("go online: %v", err)
	}
	t.Cleanup(func() { _ = tun.Close() })
	return tun
}

// serve answers on tun with h until the test ends.
func serve(t *testing.T, tun *tunnel.Tunnel, h http.HandlerFunc) *http.Server {
	t.Helper()
	server := &http.Server{Handler: h}
	serveWith(t, tun, server)
	return server
}

// serveWith is serve with limits of the server's own.
func serveWith(t *testing.T, tun *tunnel.Tunnel, server *http.Server) {
	t.Helper()
	server.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(tun) }()
	t.Cleanup(func() {
		_ = server.Close()
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
			t.Errorf("Serve ended with %v", err)
		}
	})
}

// hello answers with the client's address and what it asked for.
func hello(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	fmt.Fprintf(w, "%s %s %s from %s", r.Method, r.RequestURI, body, r.RemoteAddr)
}

// await waits until the status is as wanted.
func await(t *testing.T, tun *tunnel.Tunnel, what string, want func(tunnel.Status) bool) tunnel.Status {
	t.Helper()
	changed, end := tun.Subscribe()
	defer end()
	late := time.After(deadline)
	for {
		s := tun.Status()
		if want(s) {
			return s
		}
		select {
		case <-changed:
		case <-late:
			t.Fatalf("waited in vain for %s; the status is %+v", what, s)
		}
	}
}

func awaitOnline(t *testing.T, tun *tunnel.Tunnel, reconnects int) tunnel.Status {
	t.Helper()
	return await(t, tun, fmt.Sprintf("being online after %d reconnects", reconnects), func(s tunnel.Status) bool {
		return s.State == tunnel.Online && s.Reconnects >= reconnects
	})
}

func awaitLost(t *testing.T, tun *tunnel.Tunnel) tunnel.Status {
	t.Helper()
	return await(t, tun, "the loss", func(s tunnel.Status) bool { return s.State == tunnel.Lost && s.Error != "" })
}

// get sends a GET through the public side and returns status and body.
func get(t *testing.T, edge *tunneltest.Edge, url string) (int, string) {
	t.Helper()
	sender := edge.PublicClient()
	defer sender.CloseIdleConnections()
	answer, err := sender.Get(url)
	if err != nil {
		t.Fatalf("get %s: %v", url, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatalf("read the answer of %s: %v", url, err)
	}
	return answer.StatusCode, string(body)
}

func wantAnswer(t *testing.T, edge *tunneltest.Edge, url string) {
	t.Helper()
	if status, body := get(t, edge, url); status != http.StatusOK || !strings.HasPrefix(body, "GET ") {
		t.Fatalf("%s: got %d %q, want an answer of our handler", url, status, body)
	}
}

// asError returns err as a *tunnel.Error with the code.
func asError(t *testing.T, err error, code string) *tunnel.Error {
	t.Helper()
	var e *tunnel.Error
	if !errors.As(err, &e) {
		t.Fatalf("got error %v (%T), want a *tunnel.Error", err, err)
	}
	if e.Code != code {
		t.Fatalf("got code %q of %q, want %q", e.Code, e.Says, code)
	}
	if e.Says == "" || e.Advice == "" || e.Error() != e.Says {
		t.Fatalf("got %+v, want a sentence and an advice", e)
	}
	return e
}

// logBook is a log that a test can read.
type logBook struct {
	mu   sync.Mutex
	text strings.Builder
}

func (b *logBook) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logBook) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func (b *logBook) logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(b, &slog.HandlerOptions{Level: slog.LevelDebug}))
}
