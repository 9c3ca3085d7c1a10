package inspector

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"slices"
	"sync"
	"time"
)

// courier carries requests to shops on kept-alive connections of its own. It
// knows no proxy, follows no redirect and unpacks no body.
type courier struct {
	answerLimit int64
	dialer      net.Dialer

	roots *x509.CertPool // for shops over TLS; nil is the system's

	mu       sync.Mutex
	idle     map[string][]*link   // by scheme and address, most recently used last
	hasty    map[string]time.Time // until when connections to a door are used once
	sweeping bool                 // a sweep is due
	closed   bool
}

const (
	// idleLinks is how many idle connections are kept for one shop.
	idleLinks = 256
	// idleFor is how long: less than the five seconds after which Node's server
	// closes an idle connection, the shortest common limit. Connecting anew on
	// the same machine costs less than a request that meets a closed door.
	idleFor = 4 * time.Second
	// hastyFor is how long a shop that closed an idle connection before that,
	// without having said so, gets a new connection for each request.
	hastyFor = 10 * time.Minute
)

func newCourier(answerLimit int64) *courier {
	return &courier{answerLimit: answerLimit, idle: map[string][]*link{}, hasty: map[string]time.Time{}}
}

// parcel is a request, ready to be written.
type parcel struct {
	to       address
	method   string
	head     []byte
	body     []byte
	deadline time.Time
}

// send writes p and reads the answer, whole unless it is over the limit. On a
// connection that was used before, a request of which the shop can't have read
// all is written once more on a new one. Any other failure is final, since the
// shop may have acted on the request; but connections to a shop that closes
// them early are not used again, so that it remains the only one.
func (c *courier) send(ctx context.Context, p parcel) (*answer, error) {
	if l := c.take(p.to); l != nil {
		a, err := c.carry(ctx, l, p)
		if err == nil {
			return a, nil // and another may use l by now
		}
		if l.lost {
			c.distrust(p.to)
		}
		if !l.unsent {
			return a, err
		}
	}
	l, err := c.dial(ctx, p)
	if err != nil {
		return nil, &shopError{stage: connecting, host: p.to.host, err: err}
	}
	return c.carry(ctx, l, p)
}

// carry sends p over l and puts l back when it can be used again.
func (c *courier) carry(ctx context.Context, l *link, p parcel) (*answer, error) {
	stop := context.AfterFunc(ctx, l.cut)
	a, err := l.exchange(p, c.answerLimit)
	alive := stop() && err == nil
	switch {
	case alive && a.rest != nil:
		// The sender is still to get the rest; the connection goes with it.
	case alive && l.reusable:
		c.put(p.to, l)
	default:
		l.close()
	}
	return a, err
}

func (c *courier) dial(ctx context.Context, p parcel) (*link, error) {
	ctx, cancel := context.WithDeadline(ctx, p.deadline)
	defer cancel()
	if p.to.secure {
		// A certificate that is not trusted fails, on this machine as well.
		d := tls.Dialer{NetDialer: &c.dialer, Config: &tls.Config{RootCAs: c.roots, NextProtos: []string{"http/1.1"}, MinVersion: tls.VersionTLS12}}
		conn, err := d.DialContext(ctx, "tcp", p.to.dial())
		return newLink(conn), err
	}
	conn, err := c.dialer.DialContext(ctx, "tcp", p.to.dial())
	return newLink(conn), err
}

// door is what connections are shared by.
func (a address) door() string {
	if a.secure {
		return "https " + a.host
	}
	return "http " + a.host
}

// take returns an idle connection that the shop has not closed, or nil.
func (c *courier) take(to address) *link {
	for {
		l := c.pop(to.door())
		if l == nil {
			return nil
		}
		young := time.Since(l.idleSince) < idleFor
		if young && l.quiet() {
			l.reused, l.accepted = true, l.acknowledged()
			return l
		}
		l.close()
		if young {
			c.distrust(to)
		}
	}
}

// distrust remembers a shop that closed an idle connection early. A request
// that meets such a closing is lost, or worse: nobody knows whether the shop
// acted on it. Connecting anew costs a fraction of a millisecond.
func (c *courier) distrust(to address) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hasty[to.door()] = time.Now().Add(hastyFor)
	for _, l := range c.idle[to.door()] {
		l.close()
	}
	delete(c.idle, to.door())
}

func (c *courier) pop(door string) *link {
	c.mu.Lock()
	defer c.mu.Unlock()
	links := c.idle[door]
	if len(links) == 0 {
		return nil
	}
	l := links[len(links)-1]
	links[len(links)-1] = nil
	c.idle[door] = links[:len(links)-1]
	return l
}

// put keeps l for the next request, unless there are enough.
func (c *courier) put(to address, l *link) {
	l.idleSince = time.Now()
	door := to.door()
	c.mu.Lock()
	defer c.mu.Unlock()
	if until, hasty := c.hasty[door]; hasty && l.idleSince.After(until) {
		delete(c.hasty, door)
	} else if hasty || c.closed || len(c.idle[door]) >= idleLinks {
		l.close()
		return
	}
	c.idle[door] = append(c.idle[door], l)
	if !c.sweeping {
		c.sweeping = true
		time.AfterFunc(idleFor, c.sweep)
	}
}

// sweep closes what was idle for too long, so that the connections of a burst
// do not stay, and comes again while any are left.
func (c *courier) sweep() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for door, links := range c.idle {
		links = slices.DeleteFunc(links, func(l *link) bool {
			old := time.Since(l.idleSince) >= idleFor
			if old {
				l.close()
			}
			return old
		})
		if c.idle[door] = links; len(links) == 0 {
			delete(c.idle, door)
		}
	}
	if c.sweeping = len(c.idle) > 0; c.sweeping {
		time.AfterFunc(idleFor, c.sweep)
	}
}

func (c *courier) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	for _, links := range c.idle {
		for _, l := range links {
			l.close()
		}
	}
	clear(c.idle)
}
