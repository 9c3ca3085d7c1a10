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

// leg is one session at a service with its one address.
type leg interface {
	// accept hands on connections until the address is gone.
	accept()
	// over tells why the address is gone.
	over() <-chan *Error
	// retire makes what the session still says meaningless.
	retire()
	// unbind takes the address down at the service; false when that cannot be known.
	unbind(limit time.Duration) bool
	// linger waits until the connections that were handed on are closed.
	linger(limit time.Duration)
	// hangUp ends the session with all its connections.
	hangUp()
	// age is how long ago the session began.
	age() time.Duration
}

// line keeps one address online. Where a session is over for good (the link
// broke, the service stopped the address, or the user asks for a new one) line
// makes the next.
type line struct {
	open  func(context.Context, *line) (leg, *Error) // the context bounds the attempt
	t     *Tunnel
	life  context.Context // ends all sessions
	stop  context.CancelFunc
	renew chan struct{}

	mu     sync.Mutex
	now    leg // nil while the next is made
	closed bool
	wait   time.Duration
}

func newLine(t *Tunnel, open func(context.Context, *line) (leg, *Error)) *line {
	life, stop := context.WithCancel(context.Background())
	return &line{open: open, t: t, life: life, stop: stop, renew: make(chan struct{}, 1)}
}

// keepOnline opens t at a service and keeps it there. ctx bounds only the first
// attempts.
func (t *Tunnel) keepOnline(ctx context.Context, open func(context.Context, *line) (leg, *Error)) error {
	l := newLine(t, open)
	t.end, t.again = l.end, l.again
	s, failure := l.first(ctx)
	if failure != nil {
		_ = t.Close()
		return failure
	}
	go l.keep(s)
	return nil
}

// first connects until it works, the service refuses, or ctx ends.
func (l *line) first(ctx context.Context) (leg, *Error) {
	var before *Error
	for {
		s, err := l.open(ctx, l)
		switch {
		case err == nil && l.adopt(s):
			return s, nil
		case err == nil:
			return nil, &Error{Says: "the tunnel was closed", cause: context.Canceled}
		case ctx.Err() != nil && before != nil:
			return nil, before // it says more than that time was up
		case err.final() || ctx.Err() != nil:
			return nil, err
		}
		before = err
		l.sleep(ctx)
	}
}

// keep replaces s, and its successors, until the tunnel is closed.
func (l *line) keep(s leg) {
	for s != nil {
		var why *Error
		polite := false
		select {
		case why = <-s.over():
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
		s = l.next(s.age() > calm)
	}
}

// next connects until it works, nil once the tunnel is closed. The old session
// is not used again although it may work: after a reconnect it would bring the
// stopped endpoint back, and that would hold the address against ours.
func (l *line) next(calm bool) leg {
	if calm {
		l.wait = 0
	}
	for {
		if l.sleep(l.life); l.life.Err() != nil {
			return nil
		}
		s, err := l.open(l.life, l)
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
func (l *line) adopt(s leg) bool {
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
func (l *line) release(s leg) bool {
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
