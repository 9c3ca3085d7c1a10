//go:build bench && linux

package bench

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// parcels are signed deliveries with a number at the end of their path, from
// which the body follows: what was kept can be held against what was sent.
type parcels struct {
	signer providers.Provider
	body   func(n int) []byte
	next   atomic.Int64
}

// newParcels makes deliveries with bodies of so many bytes, large ones with
// another number in the same text, for making them must not be the work.
func newParcels(t *testing.T, size int) *parcels {
	t.Helper()
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	p := &parcels{body: newOrders(size).body}
	p.signer, _ = catalog.Get(senders[0].id) // of the catalogue, see deliveries
	if size > smallBody {
		text := p.body(0)
		p.body = func(n int) []byte {
			body := append([]byte(nil), text...)
			copy(body[len(`{"id":"evt_`):], fmt.Sprintf("%024x", n))
			return body
		}
	}
	return p
}

// parcel is one delivery.
type parcel struct {
	number int
	path   string
	header signature.Header
	body   []byte
}

// take signs the next one.
func (p *parcels) take() (parcel, error) {
	n := int(p.next.Add(1))
	one := parcel{number: n, path: senders[0].path + "/" + strconv.Itoa(n), body: p.body(n)}
	m := signature.Message{Method: "POST", Target: one.path, Body: one.body, Header: signature.Header{
		{Name: "Content-Type", Value: "application/json"},
		{Name: "X-Tweed-Event", Value: "ORDER_PAID"},
		{Name: "X-Tweed-Delivery", Value: orderName(n)},
	}}
	m, err := p.signer.Scheme.Sign(m, signature.NewSecret("#1", senders[0].secret), time.Now())
	one.header = m.Header
	return one, err
}

// request is the parcel for net/http.
func (p parcel) request(address string) (*http.Request, error) {
	r, err := http.NewRequest("POST", "http://"+address+p.path, strings.NewReader(string(p.body)))
	if err != nil {
		return nil, err
	}
	for _, f := range p.header {
		r.Header.Set(f.Name, f.Value)
	}
	return r, nil
}

// head is the parcel as it goes over the wire, without the body.
func (p parcel) head() []byte {
	text := fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n", p.path, len(p.body))
	for _, f := range p.header {
		text = fmt.Appendf(text, "%s: %s\r\n", f.Name, f.Value)
	}
	return append(text, "\r\n"...)
}

// numberOf is the number of the parcel that was sent to a path, 0 when none was.
func numberOf(path string) int {
	text, _ := strings.CutPrefix(path, senders[0].path+"/")
	n, _ := strconv.Atoi(text) // 0 is what another path gets
	return n
}
