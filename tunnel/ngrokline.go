package tunnel

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

const (
	// firstWait doubles up to lastWait between attempts, as in ngrok's library.
	firstWait = 500 * time.Millisecond
	lastWait  = 30 * time.Second
	// calm is how long a session must have lasted for the waits to begin anew.
	calm = time.Minute
	// unbindLimit is how long Close waits for the service to take the address
	// down; it stays under closeLimit.
	unbindLimit = 3 * time.Second
	// lingerLimit is how long requests in flight may go on after Close, and
	// handoverLimit before a session is replaced.
	lingerLimit   = 30 * time.Second
	handoverLimit = time.Second
)

// line keeps one ngrok endpoint online. ngrok's library reconnects a session by
// itself; when a session is over for good (the service stopped the endpoint, or
// the user asks for a new one) line makes the next.
type line struct {
	o     NgrokOptions
	t     *Tunnel
	life  context.Context // ends all sessions
	stop  context.CancelFunc
	renew chan struct{}

	mu     sync.Mutex
	now    *session // nil while the next is made
	closed bool
	wait   time.Duration
}

func newLine(t *Tunnel, o NgrokOptions) *line {
	life, stop := context.WithCancel(context.Background())
	return &line{o: o, t: t, life: life, stop: stop, renew: make(chan struct{}, 1)}
}

// first connects until it works, the service refuses, or ctx ends.
func (l *line) first(ctx context.Context) (*session, *Error) {
	for {
		s, err := openSession(ctx, l)
		switch {
		case err == nil && l.adopt(s):
			return s, nil
		case err == nil:
			return nil, &Error{Says: "the tunnel was closed", cause: context.Canceled}
		case err.Code != "" || ctx.Err() != nil:
			return nil, err
		}
		l.sleep(ctx)
	}
}

// keep replaces s, and its successors, until the tunnel is closed.
func (l *line) keep(s *session) {
	for s != nil {
		var why *Error
		polite := false
		select {
		case err := <-s.ended:
			why = failure(err, l.o.Authtoken)
		case <-l.renew:
			why = &Error{Says: "connecting anew", Advice: "Wait a moment."}
			polite = true
		case <-l.t.done:
			return
		}
		if !l.release(s) {
			return
		}
		s.retire()
		l.t.board.change(func(st *Status) { st.offline(why) })
		if polite { // else the service may still hold the address against the next session
			s.unbind(handoverLimit)
		}
		s.linger(handoverLimit)
		s.hangUp()
		s = l.next(time.Since(s.began) > calm)
	}
}

// next connects until it works, nil once the tunnel is closed. The old session
// is not used again although it may work: after a reconnect it would bring the
// stopped endpoint back, and that would hold the address against ours.
func (l *line) next(calm bool) *session {
	if calm {
		l.wait = 0
	}
	for {
		if l.sleep(l.life); l.life.Err() != nil {
			return nil
		}
		s, err := openSession(l.life, l)
		if err == nil {
			if l.adopt(s) {
				return s
			}
			return nil
		}
		l.t.board.change(func(st *Status) { st.offline(err) })
	}
}

// sleep waits a little longer each time, with a spread so that a thousand
// agents do not come back at once. A call of again cuts it short.
func (l *line) sleep(ctx context.Context) {
	l.wait = min(max(2*l.wait, firstWait), lastWait)
	spread := time.Duration(rand.Int64N(int64(l.wait / 4)))
	select {
	case <-time.After(l.wait - spread):
	case <-l.renew:
		l.wait = 0
	case <-ctx.Done():
	}
}

// adopt makes s the session in use, unless the tunnel was closed meanwhile.
func (l *line) adopt(s *session) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		s.retire()
		go s.hangUp()
		return false
	}
	l.now = s
	go s.accept()
	return true
}

// release takes s out of use, unless Close has it already.
func (l *line) release(s *session) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || l.now != s {
		return false
	}
	l.now = nil
	return true
}

func (l *line) again() {
	select {
	case l.renew <- struct{}{}:
	default:
	}
}

// end takes the address down, then lets requests in flight finish behind the
// back of the caller.
func (l *line) end() {
	l.mu.Lock()
	l.closed = true
	s := l.now
	l.now = nil
	l.mu.Unlock()
	if s == nil {
		l.stop()
		return
	}
	s.retire()
	graceful := s.unbind(unbindLimit)
	go func() {
		if graceful {
			s.linger(lingerLimit)
		}
		s.hangUp()
		l.stop()
	}()
}
