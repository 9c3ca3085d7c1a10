// Package tunnel gives public listeners.
package tunnel

import (
	"net"
	"time"
)

// Kind names a way to be reached.
type Kind string

// The kinds of tunnel.
const (
	KindLocal Kind = "local"
	KindNgrok Kind = "ngrok"
)

// State is what a tunnel's light shows.
type State string

// The states of a tunnel.
const (
	Connecting State = "connecting" // not reachable yet
	Online     State = "online"
	Lost       State = "lost" // was online, is trying to come back
	Closed     State = "closed"
)

// Status is a moment in a tunnel's life.
type Status struct {
	Kind  Kind
	State State
	// URL is the public address without a trailing slash, "" when there is none.
	URL string
	// Since is when State was entered.
	Since time.Time
	// Error is why it is not online; Advice is what to do about it, in a sentence.
	Error  string
	Advice string
	// Code is the vendor's error code, for example "ERR_NGROK_105".
	Code string
	// Notes are what the user should know: another port was taken, the URL changed.
	Notes []string
	// PreviousURL is the address before the last change, "" when it never changed.
	PreviousURL string
	Latency     time.Duration
	Reconnects  int
}

// Tunnel is a listener that is reached at a URL. Serve it with an http.Server;
// Accept keeps waiting while the tunnel is lost and fails with net.ErrClosed
// once it is closed.
type Tunnel struct {
	listener net.Listener
}
