package inspector

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
)

// Server returns an http.Server over the inspector that has the limits and
// time-outs set. Use Serve to run it: only there are request heads recorded
// exactly; on another listener they are put together from what net/http kept.
func (i *Inspector) Server() *http.Server {
	return &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			handling(r)
			i.ServeHTTP(w, r)
		}),
		ReadHeaderTimeout: i.limits.Idle,
		IdleTimeout:       4 * i.limits.Idle,
		// Twice our own limit, so that a head just over it still reaches the
		// handler, which answers in a sentence.
		MaxHeaderBytes: 2 * i.limits.Head,
		// "OPTIONS *" would be answered without the handler, and the recorder
		// would take the next head for it.
		DisableGeneralOptionsHandler: true,
		ConnContext:                  withTape,
		ConnState:                    i.crowd.connState,
		ErrorLog:                     slog.NewLogLogger(i.log.Handler(), slog.LevelDebug),
	}
}

// Serve serves l with Server until l or the inspector is closed, then lets
// requests under way finish. It returns nil when l was closed on purpose.
func (i *Inspector) Serve(l net.Listener) error {
	s := i.Server()
	i.mu.Lock()
	if i.ctx.Err() != nil {
		i.mu.Unlock()
		_ = l.Close() // nobody will accept from it
		return http.ErrServerClosed
	}
	i.servers[s] = true
	i.mu.Unlock()
	defer func() {
		i.mu.Lock()
		delete(i.servers, s)
		i.mu.Unlock()
	}()
	err := s.Serve(&recorder{Listener: l, limit: 2*i.limits.Head + headSlack, idle: i.limits.Idle, reject: i.rejection, crowd: i.crowd})
	i.shutDown(s)
	if errors.Is(err, net.ErrClosed) || errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// shutDown lets the requests of s finish and cuts those that take longer than
// a delivery can.
func (i *Inspector) shutDown(s *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), i.longestWait()+i.limits.Idle)
	defer cancel()
	if s.Shutdown(ctx) != nil {
		_ = s.Close() // nothing is left to do about a connection that fails to close
	}
}
