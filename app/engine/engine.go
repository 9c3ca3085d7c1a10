// Package engine starts and stops the running assembly: the store, the
// inspector, the listeners and what the user chose. Window, commands and local
// API are surfaces on one Engine. Start reading at Start.
package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"sync"
	"time"

	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
	"shopbell/providers"
	"shopbell/providers/signature"
	"shopbell/tunnel"
)

// Options are what an Engine is started with.
type Options struct {
	Settings settings.Settings
	// File is the config file that changes are written to; "" writes none.
	File    string
	DataDir string
	Catalog providers.Catalog
	// OwnProviders is the folder of the user's own providers, which are read
	// again when they change; "" is none. Catalog holds those of the start.
	OwnProviders string
	// ProviderProblem says what was wrong with them when Catalog was read.
	ProviderProblem error
	Vault           settings.Vault
	// Lenient starts although a secret cannot be read; Problems then says which.
	// A window wants that, a command does not.
	Lenient bool
	Log     *slog.Logger     // discards when nil
	Now     func() time.Time // time.Now when nil
	// Lay puts what flags say over settings that were read anew from File, and
	// checks that they can hold; nil lays nothing.
	Lay func(settings.Settings) (settings.Settings, error)
	// Given names what holds a setting apart from the file, such as a flag, by
	// its place: "shop.url", or "data" for DataDir. It cannot be changed then.
	Given map[string]string
	// Ngrok and SSH carry test settings for the public tunnels; zero in the
	// product.
	Ngrok tunnel.NgrokOptions
	SSH   tunnel.SSHOptions
}

// Engine is the running assembly. Its methods are safe for concurrent use.
type Engine struct {
	options Options
	store   *badgerstore.Store
	inspect *inspector.Inspector
	feed    inspector.Feed
	health  health
	samples samples
	keys    signature.Fetcher
	stop    context.CancelFunc
	life    context.Context
	running sync.WaitGroup

	editing sync.Mutex // held while settings change; never with mu held first
	taken   string     // the content of the file that is in force; guarded by editing
	tuning  sync.Mutex // held while the public tunnel changes; after editing, before mu
	again   again
	opened  settings.Keep // what the store was opened with

	mu       sync.Mutex
	wrong    error // what is wrong with the file as it is now
	taking   int   // how often a changed file was put in force
	stopDial context.CancelFunc
	stayed   string          // why the tunnel is not the one of the settings, "" when it is
	claimed  string          // the address that public holds against others, see claim
	unknown  *tunnel.HostKey // of the server that the last attempt met, nil when it knew it
	trusted  tunnel.HostKey  // what the user said of one
	chosen   settings.Settings
	problems []string
	catalog  providers.Catalog
	ownErr   error
	local    *tunnel.Tunnel
	public   *tunnel.Tunnel // nil while there is none
	dialing  *tunnel.Status // the state of a public tunnel that is not open
	tried    chan struct{}  // closed when the first attempt to go online ended
}

// again is what is to be judged anew after a change of the settings.
type again struct {
	running sync.Mutex // held by the one that judges
	mu      sync.Mutex
	names   []string // of endpoints that wait
	stop    context.CancelFunc
}

// Start opens the store, the inspector and the local listener, and begins to
// open the public tunnel that the settings name; Online waits for that one. An
// error means that nothing runs. It wraps badgerstore.ErrLocked when another
// Shopbell holds the data, and is a *settings.Problem when a saved search
// cannot be read, or a secret and o is not Lenient.
func Start(ctx context.Context, o Options) (*Engine, error) {
	o = withDefaults(o)
	e := &Engine{options: o, chosen: o.Settings, taken: o.Settings.Text(), opened: o.Settings.Keep, catalog: o.Catalog, ownErr: o.ProviderProblem, tried: make(chan struct{})}
	e.life, e.stop = context.WithCancel(context.Background())
	if err := e.open(ctx); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	e.writePaths()
	if o.File != "" {
		taken := e.taken
		e.run(func() { e.watchFile(taken) })
	}
	e.run(e.watchStore)
	e.run(e.watchShop)
	if o.OwnProviders != "" {
		e.run(e.watchProviders)
	}
	if isPublic(o.Settings.Tunnel) {
		ctx := e.newDial()
		e.run(func() {
			defer close(e.tried)
			e.tune(ctx)
		})
	} else {
		close(e.tried)
	}
	return e, nil
}

func withDefaults(o Options) Options {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// open brings up the parts in the order in which a delivery meets them last.
func (e *Engine) open(ctx context.Context) error {
	if err := e.checkSearches(e.chosen); err != nil {
		return err
	}
	endpoints, problems, err := e.resolve(e.chosen)
	if err != nil {
		return err
	}
	e.problems = problems
	shop, err := shopAddress(e.chosen)
	if err != nil {
		return err
	}
	if err := e.openStore(); err != nil {
		return err
	}
	if err := e.settlePaths(ctx, &e.chosen); err != nil {
		return err
	}
	for i, ep := range e.chosen.Endpoints {
		endpoints[i].Path = ep.Path
	}
	e.inspect, err = inspector.New(inspector.Options{
		Store: e.store, Catalog: e.options.Catalog, Shop: shop, Endpoints: endpoints, Keys: e.keys.Fetch,
		Limits:    inspector.Limits{Body: e.chosen.Limits.Body, Shop: e.chosen.Limits.Wait},
		PublicURL: func() string { return e.Tunnel().URL },
		Now:       e.options.Now, Log: e.options.Log,
	})
	if err != nil {
		return err
	}
	e.local, err = e.listen(ctx, e.chosen.Tunnel)
	if err == nil {
		e.serve(e.local)
	}
	return err
}

func (e *Engine) openStore() error {
	if err := os.MkdirAll(e.options.DataDir, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	dir := StoreDir(e.options.DataDir)
	key, err := e.vault().StoreKey(e.chosen.Keep.Encrypt, !badgerstore.Exists(dir))
	if err != nil {
		return err
	}
	store, err := badgerstore.Open(badgerstore.Options{
		Dir: dir, Key: key, Days: e.chosen.Keep.Days, Size: e.chosen.Keep.Size,
		Now: e.options.Now, Log: e.options.Log,
	})
	if err != nil {
		return err
	}
	e.store = store
	return nil
}

// run keeps part running until the engine closes; part ends with e.life.
func (e *Engine) run(part func()) {
	e.running.Add(1)
	go func() {
		defer e.running.Done()
		part()
	}()
}

// every calls look once in a while until the engine closes.
func (e *Engine) every(while time.Duration, look func()) {
	tick := time.NewTicker(while)
	defer tick.Stop()
	for {
		select {
		case <-e.life.Done():
			return
		case <-tick.C:
			look()
		}
	}
}

// Close stops the tunnels, lets deliveries under way finish and closes the
// store. It may be called once.
func (e *Engine) Close() error {
	e.stop()
	errs := e.closeTunnels()
	e.running.Wait()
	if e.inspect != nil {
		errs = append(errs, e.inspect.Close())
	}
	errs = append(errs, e.samples.close())
	if e.store != nil {
		errs = append(errs, e.store.Close())
	}
	return errors.Join(errs...)
}

// Store returns the captures.
func (e *Engine) Store() inspector.Store { return e.store }

// Inspector returns the receiver.
func (e *Engine) Inspector() *inspector.Inspector { return e.inspect }

// Settings returns what holds now.
func (e *Engine) Settings() settings.Settings {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.chosen
}

// Given names what holds the setting at a place apart from the file, "" when
// nothing does. See Options.Given.
func (e *Engine) Given(place string) string { return e.options.Given[place] }

// Problems returns what a Lenient start let pass and what is wrong with the
// config file as it is now, one or two sentences each.
func (e *Engine) Problems() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	problems := slices.Clip(e.problems)
	if e.wrong != nil {
		problems = append(problems, staysInForce(e.wrong))
	}
	if e.stayed != "" {
		problems = append(problems, e.stayed)
	}
	if e.chosen.Keep.Encrypt != e.opened.Encrypt {
		problems = append(problems, encryptStays)
	}
	return problems
}

// encryptStays tells what becomes of a change of encrypt.
const encryptStays = "encrypt in [keep] was changed, and does not hold: captures that are kept stay as they are. " +
	"To change that, save them with \"shopbell store backup\", stop Shopbell, and restore them into another data folder"

// File returns the path of the config file, "" when there is none.
func (e *Engine) File() string { return e.options.File }

// DataDir returns the folder that holds the store.
func (e *Engine) DataDir() string { return e.options.DataDir }

// Subscribe returns a channel that gets a value when captures, tunnel, shop or
// settings changed; several changes may give one value. It never blocks the
// engine. The function ends the subscription.
func (e *Engine) Subscribe() (<-chan struct{}, func()) { return e.feed.Subscribe() }

func (e *Engine) watchStore() {
	changed, done := e.store.Subscribe()
	defer done()
	e.pass(e.life, changed)
}
