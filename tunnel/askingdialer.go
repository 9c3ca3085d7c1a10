package tunnel

import (
	"context"
	"net"
)

// askingDialer connects a session to the service. The library logs in on each
// connection right away.
type askingDialer struct {
	net.Dialer
	session *session
}

// Dial is what the library wants besides.
func (d *askingDialer) Dial(network, addr string) (net.Conn, error) {
	return d.DialContext(d.session.ctx, network, addr)
}

// DialContext fails once the session is to end.
func (d *askingDialer) DialContext(ctx context.Context, network, addr string) (net.Conn, error) {
	c, err := d.Dialer.DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	if !d.session.ask() {
		_ = c.Close()
		return nil, net.ErrClosed
	}
	return c, nil
}
