// Package engine starts and stops the running assembly: store, inspector,
// server, tunnel.
package engine

import (
	"context"
	"log/slog"
	"time"

	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/tunnel"
)

// Options are what an Engine is started with.
type Options struct {
	Settings settings.Settings
	// File is the config file that changes are written to; "" writes none.
	File    string
	DataDir string
	Catalog providers.Catalog
	Vault   settings.Vault
	Log     *slog.Logger
	Now     func() time.Time
	// Ngrok carries test settings for the ngrok tunnel; zero in the product.
	Ngrok tunnel.NgrokOptions
}

// Engine is the running assembly.
type Engine struct{}

// Start opens the store, the inspector and the tunnel that the settings name.
// A tunnel that cannot be opened is an error when it is local; any other falls
// back to local and shows in Tunnel.
func Start(ctx context.Context, o Options) (*Engine, error) { panic("contract") }

// Close stops the tunnel, lets deliveries finish and closes the store.
func (e *Engine) Close() error { panic("contract") }

// Store returns the captures.
func (e *Engine) Store() inspector.Store { panic("contract") }

// Inspector returns the receiver.
func (e *Engine) Inspector() *inspector.Inspector { panic("contract") }

// Catalog returns the known providers.
func (e *Engine) Catalog() providers.Catalog { panic("contract") }

// Settings returns what holds now.
func (e *Engine) Settings() settings.Settings { panic("contract") }

// Tunnel returns the status of the tunnel in use.
func (e *Engine) Tunnel() tunnel.Status { panic("contract") }

// GoOnline opens an ngrok tunnel in place of the present one. token is kept in
// the vault when not empty, and the choice in the config file. On an error the
// present tunnel stays.
func (e *Engine) GoOnline(ctx context.Context, token, domain string) error { panic("contract") }

// GoLocal closes a public tunnel and serves this machine only.
func (e *Engine) GoLocal(ctx context.Context) error { panic("contract") }

// PutEndpoint adds an endpoint, or changes the one called name. secrets are
// values typed by the user, to be kept in the vault; nil keeps the references
// that ep has. Its kept captures are judged again when secrets changed.
func (e *Engine) PutEndpoint(ctx context.Context, name string, ep settings.Endpoint, secrets []string) error {
	panic("contract")
}

// RemoveEndpoint removes an endpoint; its captures stay.
func (e *Engine) RemoveEndpoint(ctx context.Context, name string) error { panic("contract") }

// SetShop changes where deliveries go.
func (e *Engine) SetShop(ctx context.Context, url string) error { panic("contract") }

// EndpointURL returns the address to give to the provider, "" when unknown.
func (e *Engine) EndpointURL(name string) string { panic("contract") }

// SendSample sends a genuinely signed sample of a provider through the local
// listener to the named endpoint. With no endpoint name, and none of that
// provider configured, it makes a temporary endpoint with a throw-away secret
// and a demo shop, so it works before anything is set up. event may be "".
func (e *Engine) SendSample(ctx context.Context, provider, event, endpoint string) (status int, err error) {
	panic("contract")
}

// Shop is what the last health check of the shop saw.
type Shop struct {
	URL     string
	Checked time.Time // zero before the first check
	Up      bool
	Latency time.Duration
	Says    string // why it is not up
}

// Shop returns the last health check.
func (e *Engine) Shop() Shop { panic("contract") }

// Subscribe returns a channel that gets a value when captures, tunnel, shop or
// settings changed. It never blocks the engine.
func (e *Engine) Subscribe() (<-chan struct{}, func()) { panic("contract") }
