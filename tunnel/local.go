package tunnel

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"
)

// LocalOptions describe a listener on this machine.
type LocalOptions struct {
	// Addr is "host:port"; empty means loopback, IPv4 and IPv6, on Port.
	// "localhost:port" is both loopback addresses. An address that others can
	// reach must be given here; Status.Notes then warns.
	Addr string
	// Port is asked for; when it is taken another is used and Status.Notes
	// says so. 0 lets the system choose.
	Port int
	// HTTPS serves TLS with a certificate of a CA of our own, kept in CADir.
	HTTPS bool
	CADir string
}

// Local opens a listener on this machine. An Addr that cannot be had is an
// *Error; a Port that is taken is not.
func Local(o LocalOptions) (*Tunnel, error) {
	t := newTunnel(KindLocal)
	var gate *tlsGate
	if o.HTTPS {
		var err error
		if gate, err = newTLSGate(o.CADir); err != nil {
			return nil, err
		}
		t.caFile = gate.caFile
	}
	listeners, notes, err := openLocal(o)
	if err != nil {
		return nil, err
	}
	if gate != nil {
		notes = append(notes, gate.notes()...)
	}
	t.addr = listeners[0].Addr()
	t.end = func() { closeAll(listeners) }
	t.board.change(func(s *Status) {
		s.online(localURL(t.addr, o.HTTPS))
		s.Notes = notes
	})
	for _, l := range listeners {
		go t.pump(l, gate)
	}
	return t, nil
}

// pump carries connections from l to Accept until the tunnel is closed.
func (t *Tunnel) pump(l net.Listener, gate *tlsGate) {
	url := t.Status().URL
	for wait := time.Duration(0); ; {
		c, err := l.Accept()
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil:
			// Out of file descriptors, mostly: it passes when others close theirs.
			t.board.change(func(s *Status) { s.offline(acceptError(l, err)) })
			wait = min(max(2*wait, 5*time.Millisecond), time.Second)
			t.pause(wait)
			continue
		case wait > 0:
			wait = 0
			t.board.change(func(s *Status) { s.online(url) })
		}
		if gate != nil {
			gate.admit(c, t.deliver)
			continue
		}
		t.deliver(c)
	}
}

func (t *Tunnel) pause(d time.Duration) {
	select {
	case <-time.After(d):
	case <-t.done:
	}
}

func acceptError(l net.Listener, err error) *Error {
	return &Error{
		Says:   fmt.Sprintf("accept a connection on %q: %v", l.Addr(), err),
		Advice: "Close programs that hold many files or connections open.",
		cause:  err,
	}
}

func closeAll(listeners []net.Listener) {
	for _, l := range listeners {
		_ = l.Close()
	}
}

func portOf(a net.Addr) int {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return 0
	}
	return tcp.Port
}

// localURL names the address that a program on this machine uses.
func localURL(a net.Addr, https bool) string {
	scheme, host := "http", "127.0.0.1"
	if https {
		scheme = "https"
	}
	if tcp, ok := a.(*net.TCPAddr); ok && !tcp.IP.IsUnspecified() {
		host = tcp.IP.String()
	}
	return scheme + "://" + net.JoinHostPort(host, strconv.Itoa(portOf(a)))
}
