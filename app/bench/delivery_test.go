//go:build bench && linux

package bench

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// sender is a provider whose deliveries the load consists of, with its endpoint
// in Shopbell. One signs the body, the other time and body.
type sender struct {
	id, path, secret string
}

var senders = []sender{
	{"tweed", "/tweed/4b7f0c1e9d2a4c55", "a-secret-of-the-benchmark"},
	{"stripe", "/stripe/8c31d6f27a904e0b", "whsec_a-secret-of-the-benchmark"},
}

// variable is the name in the environment under which Shopbell finds a secret.
func (s sender) variable() string { return "SHOPBELL_BENCH_" + s.id }

const (
	// deliveriesAtMost and deliveryBytes bound the requests of a file: enough
	// that few come twice, few enough for wrk to hold them.
	deliveriesAtMost = 16 << 10
	deliveryBytes    = 32 << 20
)

// deliveries writes a file of signed requests with bodies of one size for
// testdata/post.lua, no request like another, nor like those of another file.
type deliveries struct {
	catalog providers.Catalog
	orders  *orders
	next    int
}

func newDeliveries(t *testing.T, size int) *deliveries {
	t.Helper()
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return &deliveries{catalog: catalog, orders: newOrders(size)}
}

// write signs as of now and returns the file. Its caller removes it before the
// system writes it to the disk, which has other things to do.
func (d *deliveries) write(t *testing.T) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "deliveries")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	for range min(deliveriesAtMost, deliveryBytes/len(d.orders.text)) {
		request, err := d.request(time.Now())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(w, "%d\n%s", len(request), request) // Flush tells of an error
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return file
}

// request is the next delivery, as it goes over the wire.
func (d *deliveries) request(now time.Time) ([]byte, error) {
	s := senders[d.next%len(senders)]
	body := d.orders.body(d.next)
	d.next++
	p, known := d.catalog.Get(s.id)
	if !known {
		return nil, fmt.Errorf("looking up the provider %q: expected it in the catalogue", s.id)
	}
	m := signature.Message{Method: "POST", URL: "http://127.0.0.1" + s.path, Target: s.path, Body: body, Header: signature.Header{
		{Name: "Host", Value: "127.0.0.1"},
		{Name: "User-Agent", Value: "bench/1.0"},
		{Name: "Content-Type", Value: "application/json"},
		{Name: "Content-Length", Value: strconv.Itoa(len(body))},
	}}
	if s.id == "tweed" {
		m.Header = append(m.Header, signature.Field{Name: "X-Tweed-Event", Value: "ORDER_PAID"},
			signature.Field{Name: "X-Tweed-Delivery", Value: orderName(d.next)})
	}
	m, err := p.Scheme.Sign(m, signature.NewSecret("#1", s.secret), now)
	if err != nil {
		return nil, err
	}
	text := fmt.Appendf(nil, "%s %s HTTP/1.1\r\n", m.Method, m.Target)
	for _, f := range m.Header {
		text = fmt.Appendf(text, "%s: %s\r\n", f.Name, f.Value)
	}
	return append(append(text, "\r\n"...), body...), nil
}
