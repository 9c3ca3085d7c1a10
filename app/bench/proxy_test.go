//go:build bench && linux

package bench

import (
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
)

// serveProxy passes everything on and keeps nothing. The plain proxy is what the
// standard library gives; the tuned one keeps enough connections and buffers.
func serveProxy(kind, address, shop string) error {
	to, err := url.Parse(shop)
	if err != nil {
		return err
	}
	proxy := httputil.NewSingleHostReverseProxy(to)
	if kind == "tuned" {
		proxy.Transport = &http.Transport{MaxIdleConns: 256, MaxIdleConnsPerHost: 256, DisableCompression: true}
		proxy.BufferPool = &buffers{sync.Pool{New: func() any { return new([32 << 10]byte) }}}
	}
	return http.ListenAndServe(address, proxy)
}

// buffers is a pool for copying.
type buffers struct{ pool sync.Pool }

// Get returns a buffer.
func (b *buffers) Get() []byte { return b.pool.Get().(*[32 << 10]byte)[:] }

// Put takes one back.
func (b *buffers) Put(used []byte) { b.pool.Put((*[32 << 10]byte)(used)) }
