// Package inspector receives deliveries, judges, keeps and forwards them, and
// answers the sender. Start with ServeHTTP in hotpath.go: it is the whole story
// on one screen. Everything else is one of its verbs, or does the same work
// again later: the backlog of accept endpoints, replay, release, diagnosis.
package inspector

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// Options are what an Inspector is made of.
type Options struct {
	Store     Store
	Catalog   providers.Catalog
	Shop      *url.URL
	Endpoints []Endpoint
	Limits    Limits
	// Keys fetches the public keys of providers that publish them; nil fetches
	// none, and then nothing but deliveries leaves this machine. It is asked for
	// deliveries to an endpoint only.
	Keys signature.KeyFetcher
	// PublicURL returns the tunnel's public URL, "" while it has none.
	PublicURL func() string
	Now       func() time.Time // time.Now when nil
	Log       *slog.Logger     // slog.DiscardHandler when nil
}

// Inspector receives deliveries, judges, keeps and forwards them. It is an
// http.Handler.
type Inspector struct {
	store   Store
	limits  Limits
	body    atomic.Int64 // in place of limits.Body, see SetLimits; 0 is none
	wait    atomic.Int64 // in place of limits.Shop
	longest atomic.Int64 // that wait ever was
	keys    signature.KeyFetcher
	public  func() string
	now     func() time.Time
	log     *slog.Logger
	courier *courier
	room    room
	buffers buffers
	crowd   *crowd
	chores  chan func(context.Context)

	setup  atomic.Pointer[setup]
	paused atomic.Bool
	// claims holds the ids of captures that someone is delivering, so that two
	// clicks on "release" are one delivery.
	claims sync.Map

	// gate is held for reading by every request under way; Close takes it for
	// writing, which waits for them and turns later ones away.
	gate   sync.RWMutex
	closed bool

	ctx  context.Context // of the background work; ends with Close
	stop context.CancelFunc
	work sync.WaitGroup
	// configuring is held while one setup takes the place of another.
	configuring sync.Mutex
	mu          sync.Mutex // guards backlogs and servers
	backlog     map[string]*backlog
	servers     map[*http.Server]bool
}

// New returns an Inspector and starts the queues of its accept endpoints.
// Close ends it.
func New(o Options) (*Inspector, error) {
	if o.Store == nil {
		return nil, errors.New("making an inspector: expected a store, got none")
	}
	i := &Inspector{
		store: o.Store, limits: o.Limits.withDefaults(),
		keys: o.Keys, public: o.PublicURL, now: o.Now, log: o.Log,
		chores:  make(chan func(context.Context), choresWaiting),
		backlog: map[string]*backlog{}, servers: map[*http.Server]bool{},
	}
	if i.public == nil {
		i.public = func() string { return "" }
	}
	if i.now == nil {
		i.now = time.Now
	}
	if i.log == nil {
		i.log = slog.New(slog.DiscardHandler)
	}
	i.courier = newCourier(i.limits.Answer)
	i.crowd = newCrowd(i.limits.Connections, i.limits.Idle/6)
	i.ctx, i.stop = context.WithCancel(context.Background())
	i.setup.Store(&setup{catalog: o.Catalog})
	if err := i.Configure(o.Shop, o.Endpoints); err != nil {
		i.stop()
		return nil, err
	}
	i.work.Go(i.doChores)
	return i, nil
}

// Pause stops forwarding while on is true: accept endpoints queue, the others
// answer 503 and keep the capture waiting. Replay and Release, which a person
// asks for, still send.
func (i *Inspector) Pause(on bool) {
	i.paused.Store(on)
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, b := range i.backlog {
		b.wake(false)
	}
}

// Paused tells whether forwarding is paused.
func (i *Inspector) Paused() bool { return i.paused.Load() }

// Close stops the queues, waits for deliveries under way and makes what was
// recorded of them durable. A sender that is still sending after the idle and
// shop limits have passed is cut. The store stays open: it belongs to the
// caller, who closes it afterwards.
func (i *Inspector) Close() error {
	i.mu.Lock()
	i.stop()
	servers := make([]*http.Server, 0, len(i.servers))
	for s := range i.servers {
		servers = append(servers, s)
	}
	i.mu.Unlock()
	for _, s := range servers {
		i.shutDown(s)
	}
	i.gate.Lock()
	again := i.closed
	i.closed = true
	i.gate.Unlock()
	if again {
		return nil
	}
	i.work.Wait()
	i.courier.close()
	if err := i.store.Sync(context.Background()); err != nil {
		return fmt.Errorf("making the last deliveries durable: %w", err)
	}
	return nil
}

// enter says whether a request may come in; leave must follow when it may.
func (i *Inspector) enter() bool {
	i.gate.RLock()
	if i.closed {
		i.gate.RUnlock()
		return false
	}
	return true
}

func (i *Inspector) leave() { i.gate.RUnlock() }
