package tunnel

import (
	"net"
	"sync/atomic"
	"time"
)

// ngrokConn keeps a public connection off two traps of the library's stream: it
// builds each frame in the same memory, also where another goroutine has not
// sent the one before, as after a write that failed or met its deadline.
type ngrokConn struct {
	net.Conn
	failed atomic.Bool
}

func (c *ngrokConn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	if err != nil {
		c.failed.Store(true)
	}
	return n, err
}

// Close says goodbye unless a write failed: then the stream or its session is over.
func (c *ngrokConn) Close() error {
	if c.failed.Load() {
		return nil
	}
	return c.Conn.Close()
}

func (c *ngrokConn) SetDeadline(t time.Time) error { return c.Conn.SetReadDeadline(t) }

// SetWriteDeadline does nothing: a silent service ends the session by its
// heartbeats, and the stream heeds no deadline while its receiver is slow.
func (c *ngrokConn) SetWriteDeadline(time.Time) error { return nil }
