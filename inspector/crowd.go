package inspector

import (
	"container/list"
	"net"
	"net/http"
	"sync"
	"time"
)

// crowd is who is connected, bounded so that senders leave descriptors to the
// shop and the store. When it is full, whoever has had an answer and asks for
// nothing more is cut to make room, then whoever has long said nothing at all;
// the next one waits at the door until then.
type crowd struct {
	limit    int
	patience time.Duration // with one that said nothing yet
	left     chan struct{} // gets a value when somebody left or fell silent

	mu    sync.Mutex
	count int
	idle  list.List // of *tape that had an answer, the longest silent first
	fresh list.List // of *tape that said nothing yet, the same
}

// seat is where a connection is in its crowd.
type seat struct {
	since time.Time
	in    *list.List // nil while a request is under way
	at    *list.Element
}

func newCrowd(limit int, patience time.Duration) *crowd {
	return &crowd{limit: limit, patience: patience, left: make(chan struct{}, 1)}
}

// admit returns when there is room for t.
func (c *crowd) admit(t *tape) {
	for {
		in, cut := c.enter(t)
		if in {
			return
		}
		if cut != nil { // not under the lock: a stuck link may make it wait
			_ = cut.Conn.Close() // net/http finds it closed and tells move
		}
		select {
		case <-c.left:
		case <-time.After(c.patience):
		}
	}
}

// enter takes t in, or else names one other to be cut, if any can be.
func (c *crowd) enter(t *tape) (in bool, cut *tape) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.count < c.limit {
		c.count++
		c.sit(t, &c.fresh)
		return true, nil
	}
	first := c.idle.Front()
	if first == nil {
		if first = c.fresh.Front(); first == nil || time.Since(first.Value.(*tape).seat.since) < c.patience {
			return false, nil
		}
	}
	cut = first.Value.(*tape)
	c.stand(cut)
	return false, cut
}

// move follows what a connection does, as http.Server.ConnState tells.
func (c *crowd) move(t *tape, state http.ConnState) {
	c.mu.Lock()
	c.stand(t)
	switch state {
	case http.StateNew:
		c.sit(t, &c.fresh)
	case http.StateIdle:
		c.sit(t, &c.idle)
	case http.StateClosed, http.StateHijacked:
		c.count--
	}
	full := c.count >= c.limit-1
	c.mu.Unlock()
	if full && state != http.StateActive {
		select {
		case c.left <- struct{}{}:
		default:
		}
	}
}

func (c *crowd) sit(t *tape, in *list.List) {
	t.seat = seat{since: time.Now(), in: in, at: in.PushBack(t)}
}

func (c *crowd) stand(t *tape) {
	if t.seat.in != nil {
		t.seat.in.Remove(t.seat.at)
		t.seat.in = nil
	}
}

// connState tells crowd and tape of c what becomes of it.
func (c *crowd) connState(conn net.Conn, state http.ConnState) {
	t := tapeOf(conn)
	if t == nil {
		return
	}
	if state == http.StateIdle {
		t.handled.Store(false)
	}
	c.move(t, state)
}
