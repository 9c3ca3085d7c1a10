package inspector

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// Limits bound what is taken from the network. Zero fields mean the defaults.
type Limits struct {
	Head   int           // bytes of a request head; 64 KiB
	Body   int64         // bytes of a request body; 32 MiB
	Answer int64         // bytes kept of a shop's answer; 32 MiB
	Idle   time.Duration // silence of a sender before it is cut; 30 s
	Shop   time.Duration // wait for the shop when the provider gives no limit; 30 s
}

// Options are what an Inspector is made of.
type Options struct {
	Store     Store
	Catalog   providers.Catalog
	Shop      *url.URL
	Endpoints []Endpoint
	Limits    Limits
	// PublicURL returns the tunnel's public URL, "" while it has none.
	PublicURL func() string
	Now       func() time.Time // time.Now when nil
	Log       *slog.Logger     // slog.DiscardHandler when nil
}

// Inspector receives deliveries, judges, keeps and forwards them. It is an
// http.Handler.
type Inspector struct{}

// New returns an Inspector and starts the queues of its accept endpoints.
// Close ends it.
func New(o Options) (*Inspector, error) { panic("contract") }

// Server returns an http.Server over the inspector that has the limits and
// time-outs set and records exact request heads. Use Serve to run it.
func (i *Inspector) Server() *http.Server { panic("contract") }

// Serve serves l with Server until it is closed.
func (i *Inspector) Serve(l net.Listener) error { panic("contract") }

// ServeHTTP is the hot path: read, route, judge, keep, pass on, record, answer.
func (i *Inspector) ServeHTTP(w http.ResponseWriter, r *http.Request) { panic("contract") }

// Configure replaces shop and endpoints; deliveries under way finish as they began.
func (i *Inspector) Configure(shop *url.URL, endpoints []Endpoint) error { panic("contract") }

// Pause stops forwarding while on is true: accept endpoints queue, the others
// answer 503 and keep the capture waiting.
func (i *Inspector) Pause(on bool) { panic("contract") }

// Paused tells whether forwarding is paused.
func (i *Inspector) Paused() bool { panic("contract") }

// ReplayOptions change what a replay sends.
type ReplayOptions struct {
	// To replaces the target: an absolute URL.
	To string
	// Message replaces the captured one (an edit); nil sends it as captured.
	Message *signature.Message
	// Resign signs with the endpoint's first secret as of now.
	Resign bool
	// Kind is Replayed when empty.
	Kind DeliveryKind
}

// Replay sends a capture to the shop again, records the delivery and returns
// it. A shop that does not answer is a Delivery with an Error, not an error.
func (i *Inspector) Replay(ctx context.Context, id ulid.ULID, o ReplayOptions) (Delivery, error) {
	panic("contract")
}

// Release forwards a held capture as it is.
func (i *Inspector) Release(ctx context.Context, id ulid.ULID) (Delivery, error) { panic("contract") }

// Diagnose explains a capture's verdict, keeps the diagnosis and returns it;
// nil when there is nothing to explain. It takes at most a second.
func (i *Inspector) Diagnose(ctx context.Context, id ulid.ULID) (*signature.Diagnosis, error) {
	panic("contract")
}

// Rejudge judges the kept captures of an endpoint again, newest first, as of
// the time each was received; a new secret calls for it. It returns how many
// outcomes changed.
func (i *Inspector) Rejudge(ctx context.Context, endpoint string) (int, error) { panic("contract") }

// Close stops the queues and waits for deliveries under way.
func (i *Inspector) Close() error { panic("contract") }
