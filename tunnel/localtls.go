package tunnel

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"sync"
	"time"
)

const (
	// handshakeLimit is how long a client may take to agree on TLS.
	handshakeLimit = 10 * time.Second
	// maxHandshakes bounds the clients that have connected and say nothing.
	maxHandshakes = 512
)

// tlsGate finishes the TLS handshake before a connection is handed on, so that
// a recorder around it sees plain HTTP. A silent client holds up nobody else.
type tlsGate struct {
	caFile string
	ca     *authority
	config *tls.Config
	slots  chan struct{}

	mu   sync.Mutex
	leaf *tls.Certificate
}

func newTLSGate(dir string) (*tlsGate, error) {
	ca, err := openAuthority(dir, time.Now())
	if err != nil {
		return nil, err
	}
	g := &tlsGate{caFile: ca.certFile, ca: ca, slots: make(chan struct{}, maxHandshakes)}
	// HTTP/1.1 alone: a connection that is wrapped to record the raw head
	// cannot carry HTTP/2.
	g.config = &tls.Config{
		MinVersion:     tls.VersionTLS12,
		NextProtos:     []string{"http/1.1"},
		GetCertificate: g.certificate,
	}
	if _, err := g.certificate(nil); err != nil {
		return nil, err
	}
	return g, nil
}

func (g *tlsGate) notes() []string {
	return append(g.ca.notes, "clients must trust our own certificate authority: curl --cacert \""+g.caFile+"\"")
}

// certificate returns the leaf, made anew when its end is near.
func (g *tlsGate) certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	if g.leaf == nil || now.Add(leafRenew).After(g.leaf.Leaf.NotAfter) {
		leaf, err := g.ca.leaf(now)
		if err != nil {
			return nil, err
		}
		g.leaf = leaf
	}
	return g.leaf, nil
}

// admit shakes hands and then calls deliver, in a goroutine of its own.
func (g *tlsGate) admit(c net.Conn, deliver func(net.Conn)) {
	select {
	case g.slots <- struct{}{}:
	default:
		_ = c.Close()
		return
	}
	go func() {
		secure := tls.Server(c, g.config)
		ctx, cancel := context.WithTimeout(context.Background(), handshakeLimit)
		err := secure.HandshakeContext(ctx)
		cancel()
		<-g.slots
		if err != nil {
			refusePlain(err)
			_ = c.Close()
			return
		}
		deliver(secure)
	}()
}

// refusePlain tells a client that spoke plain HTTP what the address speaks.
func refusePlain(err error) {
	var header tls.RecordHeaderError
	if !errors.As(err, &header) || header.Conn == nil {
		return
	}
	_ = header.Conn.SetWriteDeadline(time.Now().Add(time.Second))
	_, _ = header.Conn.Write([]byte("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n" +
		"Connection: close\r\n\r\nthis address speaks HTTPS: write https:// in place of http://\n"))
}
