// Package tunnel gives listeners that are reached at a URL: on this machine
// alone, or from the whole internet through ngrok or an SSH server.
//
// Start at Tunnel: serve it with an http.Server and watch its Status. Local,
// Ngrok and SSH make one. A further kind needs a Kind, a goroutine that hands
// connections to deliver, and board changes that tell the truth.
package tunnel

import (
	"net"
	"net/url"
	"sync"
	"time"
)

// closeLimit is how long Close waits for the far side.
const closeLimit = 5 * time.Second

// Tunnel is a listener that is reached at a URL. Serve it with an http.Server;
// Accept keeps waiting while the tunnel is lost and fails with net.ErrClosed
// once it is closed.
type Tunnel struct {
	board  board
	conns  chan net.Conn
	done   chan struct{}
	once   sync.Once
	caFile string
	addr   net.Addr // nil when the URL says where it is

	end   func() // lets go of what is behind; may block
	again func() // connects anew
}

func newTunnel(kind Kind) *Tunnel {
	t := &Tunnel{
		conns: make(chan net.Conn),
		done:  make(chan struct{}),
		end:   func() {},
		again: func() {},
	}
	t.board.status = Status{Kind: kind, State: Connecting, Since: time.Now()}
	return t
}

// Accept waits for the next connection. Its RemoteAddr is the real client's.
func (t *Tunnel) Accept() (net.Conn, error) {
	select {
	case <-t.done:
		return nil, net.ErrClosed
	default:
	}
	select {
	case c := <-t.conns:
		return c, nil
	case <-t.done:
		return nil, net.ErrClosed
	}
}

// deliver hands c to Accept, or closes it when the tunnel is closed. It blocks
// while nobody accepts.
func (t *Tunnel) deliver(c net.Conn) { t.deliverUntil(nil, c) }

// deliverUntil is deliver that closes c, too, once over is closed.
func (t *Tunnel) deliverUntil(over <-chan struct{}, c net.Conn) {
	select {
	case t.conns <- c:
	case <-over:
		_ = c.Close()
	case <-t.done:
		_ = c.Close()
	}
}

// Addr returns the listener's address: host and port on this machine, or the
// host of the public URL.
func (t *Tunnel) Addr() net.Addr {
	if t.addr != nil {
		return t.addr
	}
	return publicAddr(t.Status().URL)
}

// Close ends the tunnel. It returns within five seconds, whatever the far side
// does. Connections that were accepted stay open for up to half a minute, so
// that an http.Server can finish them.
func (t *Tunnel) Close() error {
	t.once.Do(func() {
		t.board.close()
		close(t.done)
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			t.end()
		}()
		select {
		case <-ended:
		case <-time.After(closeLimit):
		}
	})
	return nil
}

// Reconnect drops the way to the service and connects anew at once, instead of
// after the wait that is running. It is for the moment after a laptop's sleep,
// and for a button. An address that is not the account's own may change. A local
// tunnel has nothing to reconnect.
func (t *Tunnel) Reconnect() { t.again() }

// CAFile returns the file with the certificate authority that a client must
// trust ("curl --cacert FILE"), "" when the tunnel needs none.
func (t *Tunnel) CAFile() string { return t.caFile }

// Status returns the present status. The caller owns it.
func (t *Tunnel) Status() Status { return t.board.read() }

// Subscribe returns a channel that gets a value when the status changed, and
// the function that ends it and closes the channel. Several changes may come
// as one value; read Status for what is true now.
func (t *Tunnel) Subscribe() (<-chan struct{}, func()) { return t.board.subscribe() }

// publicAddr is the address of a tunnel that has only a URL.
type publicAddr string

func (publicAddr) Network() string { return "tcp" }

func (a publicAddr) String() string {
	u, err := url.Parse(string(a))
	if err != nil {
		return string(a)
	}
	return u.Host
}
