// Package settings is what the user chose: shopbell.toml, the environment and
// references to secrets.
//
// Start with Load, which turns a file into Settings or into one Problem that
// names the line. Edit changes the file in place and keeps what a person wrote
// there. Vault turns the references that the file holds into secrets.
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
	// Generated names the endpoints whose path the file leaves out, so that
	// Load made one up. File.FillPaths writes them, once and for all.
	Generated []string

	// file and lines say where the settings stand, for Problems found later:
	// the keys are places such as "endpoint[0].path".
	file  string
	lines map[string]int
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
	// Concurrency is how many deliveries from the queue of an accept endpoint are
	// at the shop at once: 1 to 32, or 0 for the default, 1.
	Concurrency int
	WhenStuck   string // wait | pass
	// VerifyToken is the text that the provider was given with the URL: a
	// Reference, or the text itself. See Vault.ResolveToken.
	VerifyToken string
	// LearnSecret takes the first secret that the provider offers in a request,
	// as long as Secrets is empty.
	LearnSecret bool
}

// fill gives the keys that are left out their defaults.
func (e *Endpoint) fill() {
	for key, normal := range map[*string]string{&e.Answer: "shop", &e.Unverified: "hold", &e.WhenStuck: "wait"} {
		if *key == "" {
			*key = normal
		}
	}
	if e.Concurrency == 0 {
		e.Concurrency = 1
	}
}

// Keep is the [keep] table.
type Keep struct {
	Days int   // 30; 0 keeps captures for ever
	Size int64 // bytes; 2 GB; 0 is no limit
	// Encrypt is the key that captures are kept encrypted with; "" keeps them
	// as they are. See Vault.StoreKey.
	Encrypt Reference
}

// Default returns what holds without a file: a local tunnel, a shop on
// localhost:8080, no endpoints, 30 days and 2 GB of captures.
func Default() Settings {
	return Settings{
		Tunnel: Tunnel{Kind: "local"},
		Shop:   Shop{URL: "http://localhost:8080"},
		Keep:   Keep{Days: 30, Size: 2_000_000_000},
	}
}
