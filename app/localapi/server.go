// Package localapi lets other programs on this machine look into a running
// Shopbell and steer it, over HTTP on loopback.
//
// Start with Serve, the side of the process that owns the store, and Dial, the
// side of every other command. Two families of addresses share the server: that
// of the ngrok agent (tunnels.go, requests.go), so that scripts written for it
// keep working, and our own (captures.go). capturejson.go is the JSON of a
// capture, for this package and for the commands.
package localapi

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"

	"shopbell/app/engine"
)

// firstPort is the port of the ngrok agent's API, where scripts look first.
const firstPort = 4040

// portsTried is how many ports from firstPort on are tried before the system
// chooses one.
const portsTried = 100

// Limits of the server. They are ours: far above what a command needs, far
// below what hurts.
const (
	headTime  = 5 * time.Second // from connect to the end of a request's head
	readTime  = time.Minute     // for a whole request
	writeTime = 5 * time.Minute // for an answer; a replay waits for the shop
	idleTime  = time.Minute
	headBytes = 32 << 10
	atOnce    = 32 // requests at a time; more are told to come again
)

// Options describe a server. Engine and DataDir are needed.
type Options struct {
	Engine  *engine.Engine
	DataDir string
	// Addr is a loopback "host:port"; empty means 127.0.0.1:4040, or the next
	// free port. Port 0 lets the system choose.
	Addr string
	Log  *slog.Logger // slog.DiscardHandler when nil
	// Raise brings the window to the front, from any goroutine, or as soon as there
	// is one; nil is a process without.
	Raise func()
}

// Server is a running local API.
type Server struct {
	url   string
	file  apiFile
	dir   string
	http  *http.Server
	done  chan struct{} // closed when http.Server.Serve has returned
	close func() error
}

// Serve starts the local API of e and names it in dataDir, where Dial finds
// it. It runs until Close, or until ctx ends.
func Serve(ctx context.Context, e *engine.Engine, dataDir string, log *slog.Logger) (*Server, error) {
	return Options{Engine: e, DataDir: dataDir, Log: log}.Serve(ctx)
}

// Serve is like the function Serve, with all options.
func (o Options) Serve(ctx context.Context) (*Server, error) {
	a := newAPI(o.Engine)
	a.raise = o.Raise
	return o.serve(ctx, a)
}

func (o Options) serve(ctx context.Context, a *api) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	listener, err := listen(ctx, o.Addr)
	if err != nil {
		return nil, fmt.Errorf("opening the local API: %w", err)
	}
	address := listener.Addr().String()
	s := &Server{
		url:  "http://" + address,
		file: apiFile{URL: "http://" + address, Token: rand.Text() + rand.Text(), PID: os.Getpid()},
		dir:  o.DataDir,
		done: make(chan struct{}),
	}
	s.http = &http.Server{
		Handler:           guard(s.file.Token, limited(atOnce, a.routes())),
		ReadHeaderTimeout: headTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: headBytes,
		ErrorLog:       slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug),
		BaseContext:    func(net.Listener) context.Context { return ctx },
	}
	go func() {
		defer close(s.done)
		if err := s.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			o.Log.Error("local API stopped", "error", err)
		}
	}()
	// The file comes last: whoever reads it finds an open door.
	if err := s.file.write(o.DataDir); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the local API: %w", err), s.http.Close())
	}
	s.close = sync.OnceValue(func() error {
		close(a.closing)
		return s.shut()
	})
	context.AfterFunc(ctx, func() { s.Close() })
	return s, nil
}

// URL returns the server's address, for example "http://127.0.0.1:4040".
func (s *Server) URL() string { return s.url }

// Token returns the bearer token that all but /api/tunnels wants. It is also
// in api.json; it goes nowhere else.
func (s *Server) Token() string { return s.file.Token }

// Close removes api.json, if it is still this server's, and stops the server.
// Requests under way have two seconds to finish.
func (s *Server) Close() error { return s.close() }

func (s *Server) shut() error {
	removed := s.file.remove(s.dir)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	err := s.http.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.http.Close()
	}
	<-s.done
	return errors.Join(removed, err)
}

// listen opens addr, or the first free port from firstPort on.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	var lc net.ListenConfig
	if addr != "" {
		if host, _, err := net.SplitHostPort(addr); err != nil || !loopback(host) {
			return nil, fmt.Errorf("the address is %q, expected a port of this machine such as 127.0.0.1:4040", addr)
		}
		return lc.Listen(ctx, "tcp", addr)
	}
	for port := firstPort; port < firstPort+portsTried; port++ {
		if l, err := lc.Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port))); err == nil {
			return l, nil
		}
	}
	return lc.Listen(ctx, "tcp", "127.0.0.1:0")
}
