package tunneltest

import (
	"net"
	"sync"
)

// gate is a connection that can fall silent: it stays open, and nothing comes
// or goes any more until it is closed.
type gate struct {
	net.Conn
	silent chan struct{} // closed when silent
	closed chan struct{}
	once   sync.Once
	end    sync.Once
}

func newGate(c net.Conn) *gate {
	return &gate{Conn: c, silent: make(chan struct{}), closed: make(chan struct{})}
}

func (g *gate) shut() { g.once.Do(func() { close(g.silent) }) }

func (g *gate) Read(b []byte) (int, error) {
	n, err := g.Conn.Read(b)
	g.hold()
	return n, err
}

func (g *gate) Write(b []byte) (int, error) {
	g.hold()
	return g.Conn.Write(b)
}

// hold returns at once while the gate is open, else when the connection ends.
func (g *gate) hold() {
	select {
	case <-g.silent:
		<-g.closed
	default:
	}
}

func (g *gate) Close() error {
	g.end.Do(func() { close(g.closed) })
	return g.Conn.Close()
}
