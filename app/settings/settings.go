// Package settings is what the user chose: shopbell.toml, the environment and
// references to secrets.
package settings

import (
	"time"
)

// Settings are the contents of shopbell.toml with defaults filled in.
type Settings struct {
	Tunnel    Tunnel
	Shop      Shop
	Endpoints []Endpoint
	Keep      Keep
}

// Tunnel is the [tunnel] table.
type Tunnel struct {
	Kind      string // local (default) | ngrok | ssh
	Domain    string
	Authtoken Reference
	Listen    string // local: "host:port"; "" is loopback with a kept port
	HTTPS     bool   // local: TLS from an own certificate authority
}

// Shop is the [shop] table.
type Shop struct{ URL string }

// Endpoint is one [[endpoint]] table.
type Endpoint struct {
	Name       string
	Provider   string // catalogue id; "" only with Path "/"
	Path       string
	Secrets    []Reference
	Forward    string
	Answer     string // shop | accept
	Unverified string // hold | forward
	Tolerance  time.Duration
}

// Keep is the [keep] table.
type Keep struct {
	Days int   // 30
	Size int64 // bytes; 2 GB
}

// Reference names a secret without holding it: keyring:NAME, env:NAME, file:PATH.
type Reference string

// Problem is one wrong place in a config file. Its text is one sentence with
// file and line, and what was expected.
type Problem struct {
	File   string
	Line   int
	Says   string
	Advice string
}

// Error returns "file:line: says".
func (p *Problem) Error() string { panic("contract") }
