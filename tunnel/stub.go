package tunnel

import (
	"context"
	"crypto/x509"
	"log/slog"
	"net"
	"time"
)

// Accept waits for the next connection.
func (t *Tunnel) Accept() (net.Conn, error) { panic("contract") }

// Addr returns the listener's address.
func (t *Tunnel) Addr() net.Addr { panic("contract") }

// Close ends the tunnel. It returns within five seconds, whatever the far side does.
func (t *Tunnel) Close() error { panic("contract") }

// Status returns the present status.
func (t *Tunnel) Status() Status { panic("contract") }

// Subscribe returns a channel that gets a value when the status changed, and
// the function that ends it.
func (t *Tunnel) Subscribe() (<-chan struct{}, func()) { panic("contract") }

// LocalOptions describe a listener on this machine.
type LocalOptions struct {
	// Addr is "host:port"; empty means loopback, IPv4 and IPv6, on Port.
	Addr string
	// Port is asked for; when it is taken another is used and Status.Notes
	// says so. 0 lets the system choose.
	Port int
	// HTTPS serves TLS with a certificate of a CA of our own, kept in CADir.
	HTTPS bool
	CADir string
}

// Local opens a listener on this machine.
func Local(o LocalOptions) (*Tunnel, error) { panic("contract") }

// NgrokOptions describe an ngrok endpoint.
type NgrokOptions struct {
	Authtoken string
	// Domain is the account's stable domain, "" for the one ngrok gives.
	Domain string
	// ConnectURL, CAs and the heartbeat times replace the service's own, for tests.
	ConnectURL        string
	CAs               *x509.CertPool
	HeartbeatInterval time.Duration
	HeartbeatTimeout  time.Duration
	Log               *slog.Logger
}

// Ngrok goes online with ngrok's SDK. ctx bounds only the first connect. A
// wrong token is an *Error at once; later losses show in Status.
func Ngrok(ctx context.Context, o NgrokOptions) (*Tunnel, error) { panic("contract") }

// Error is a tunnel that could not be opened.
type Error struct {
	Code   string // "ERR_NGROK_105", or ""
	Says   string
	Advice string
}

// Error returns what went wrong in one sentence.
func (e *Error) Error() string { return e.Says }
