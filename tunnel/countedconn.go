package tunnel

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// countedConn tells its session when it is closed.
type countedConn struct {
	net.Conn
	open *atomic.Int64
	once sync.Once
}

func (c *countedConn) Close() error {
	c.once.Do(func() { c.open.Add(-1) })
	return c.Conn.Close()
}

// lingerOver waits until open is 0, the session of ctx ends, or limit is over.
func lingerOver(ctx context.Context, open *atomic.Int64, limit time.Duration) {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	end := time.After(limit)
	for open.Load() > 0 && ctx.Err() == nil {
		select {
		case <-tick.C:
		case <-end:
			return
		}
	}
}
