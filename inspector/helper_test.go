package inspector_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
	"shopbell/inspector/inspectortest"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

// rig is the whole of it on loopback: a store on disk, a shop, an inspector.
type rig struct {
	t         testing.TB
	dir       string
	store     inspector.Store
	shop      *inspectortest.Shop
	inspector *inspector.Inspector
	addr      string
	catalog   providers.Catalog
}

// start brings up a rig; change adapts the options.
func start(t testing.TB, endpoints []inspector.Endpoint, change func(*inspector.Options)) *rig {
	t.Helper()
	r := &rig{t: t, dir: t.TempDir(), catalog: catalog(t), shop: openShop(t, inspectortest.Options{})}
	r.store = r.open()
	r.run(endpoints, change)
	return r
}

func catalog(t testing.TB) providers.Catalog {
	t.Helper()
	c, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func openShop(t testing.TB, o inspectortest.Options) *inspectortest.Shop {
	t.Helper()
	shop, err := inspectortest.OpenShop(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = shop.Close() })
	return shop
}

// open opens the store of the rig's folder.
func (r *rig) open() inspector.Store {
	r.t.Helper()
	store, err := badgerstore.Open(badgerstore.Options{Dir: r.dir})
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = store.Close() })
	return store
}

// run starts an inspector on the rig's store and serves it.
func (r *rig) run(endpoints []inspector.Endpoint, change func(*inspector.Options)) {
	r.t.Helper()
	o := inspector.Options{
		Store: r.store, Catalog: r.catalog, Shop: r.shop.URL(), Endpoints: endpoints,
		PublicURL: func() string { return "https://quiet-fox-1042.ngrok.app" },
	}
	if change != nil {
		change(&o)
	}
	i, err := inspector.New(o)
	if err != nil {
		r.t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		r.t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- i.Serve(l) }()
	r.inspector, r.addr = i, l.Addr().String()
	r.t.Cleanup(func() {
		if err := i.Close(); err != nil {
			r.t.Error(err)
		}
		if err := <-served; err != nil {
			r.t.Error(err)
		}
	})
}

// send delivers m as a provider does.
func (r *rig) send(m signature.Message) inspectortest.Reply {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	reply, err := inspectortest.Send(ctx, "http://"+r.addr, m)
	if err != nil {
		r.t.Fatal(err)
	}
	return reply
}

// dial opens a connection to the inspector.
func (r *rig) dial() net.Conn {
	r.t.Helper()
	conn, err := net.Dial("tcp", r.addr)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		r.t.Fatal(err)
	}
	return conn
}

// raw writes bytes to a connection of its own and reads one answer.
func (r *rig) raw(request string) inspectortest.Reply {
	r.t.Helper()
	conn := r.dial()
	if _, err := conn.Write([]byte(request)); err != nil {
		r.t.Fatal(err)
	}
	method, _, _ := strings.Cut(request, " ")
	reply, err := inspectortest.ReadReply(bufio.NewReader(conn), method)
	if err != nil {
		r.t.Fatal(err)
	}
	return reply
}

func readReply(t testing.TB, in *bufio.Reader) inspectortest.Reply {
	t.Helper()
	reply, err := inspectortest.ReadReply(in, "POST")
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

// captures returns what is kept, newest first.
func (r *rig) captures() []inspector.Summary {
	r.t.Helper()
	ctx := context.Background()
	if err := r.store.Sync(ctx); err != nil {
		r.t.Fatal(err)
	}
	page, err := r.store.Page(ctx, inspector.Query{}, ulid.ULID{}, 0)
	if err != nil {
		r.t.Fatal(err)
	}
	return page
}

// only returns the one capture that is kept.
func (r *rig) only() inspector.Capture {
	r.t.Helper()
	page := r.captures()
	if len(page) != 1 {
		r.t.Fatalf("%d captures are kept, expected 1", len(page))
	}
	return r.get(page[0].ID)
}

func (r *rig) get(id ulid.ULID) inspector.Capture {
	r.t.Helper()
	c, err := r.store.Get(context.Background(), id)
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

// await waits until what is kept satisfies done.
func (r *rig) await(what string, done func([]inspector.Summary) bool) {
	r.t.Helper()
	changed, end := r.store.Subscribe()
	defer end()
	timeout := time.After(patience)
	for !done(r.captures()) {
		select {
		case <-changed:
		case <-time.After(50 * time.Millisecond):
		case <-timeout:
			r.t.Fatalf("waited in vain: %s", what)
		}
	}
}

// example returns a delivery of the catalogue.
func example(t testing.TB, provider, file string) providers.Example {
	t.Helper()
	p, known := catalog(t).Get(provider)
	if !known {
		t.Fatalf("the catalogue has no %q", provider)
	}
	for _, e := range p.Examples {
		if strings.Contains(e.File, file) {
			return e
		}
	}
	t.Fatalf("provider %q has no example %q", provider, file)
	return providers.Example{}
}

// endpointFor is an endpoint of the example's path and secret.
func endpointFor(name, provider string, e providers.Example) inspector.Endpoint {
	endpoint := inspector.Endpoint{Name: name, Provider: provider, Path: e.Message.Target}
	if e.Secret != "" {
		endpoint.Secrets = []signature.Secret{signature.NewSecret("#1", e.Secret)}
	}
	return endpoint
}

// at is a clock that stands still.
func at(now time.Time) func(*inspector.Options) {
	return func(o *inspector.Options) { o.Now = func() time.Time { return now } }
}

// plain is an endpoint of an unsigned provider at /t, so that any body will do.
func plain() inspector.Endpoint {
	return inspector.Endpoint{Name: "plain", Provider: "truust", Path: "/t"}
}

// post is a raw request to the plain endpoint.
func post(body string, fields ...string) string {
	head := "POST /t HTTP/1.1\r\nHost: in.example\r\n"
	for _, f := range fields {
		head += f + "\r\n"
	}
	return head + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
}

// logged keeps what is logged from a warning on.
type logged struct {
	mu  sync.Mutex
	out strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.String()
}

func (l *logged) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

func mustURL(t testing.TB, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
