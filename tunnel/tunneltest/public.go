package tunneltest

import (
	"context"
	"net"
	"net/http"
	"net/http/httputil"
	"strings"
	"time"
)

// atOnce is how many requests an agent gets at once; later ones wait. The SDK
// resets streams when 128 of them wait to be accepted, which a burst on a busy
// machine can bring about.
const atOnce = 100

// serve carries a public request to the agent that has its host.
func (e *Edge) serve(w http.ResponseWriter, r *http.Request) {
	b := e.find(r.Host)
	if b == nil {
		refuse(w, http.StatusNotFound, "ERR_NGROK_3200", "The endpoint "+r.Host+" is offline.")
		return
	}
	select {
	case b.turns <- struct{}{}:
		defer func() { <-b.turns }()
	case <-r.Context().Done():
		return
	}
	proxy := httputil.ReverseProxy{
		Transport:     b.transport,
		FlushInterval: -1,
		Rewrite:       forwarded,
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			refuse(w, http.StatusBadGateway, "ERR_NGROK_3004", "The agent did not answer: "+err.Error())
		},
	}
	proxy.ServeHTTP(w, r)
}

// forwarded adds what the service adds. The client's address stands in for the
// host to dial, so that no two clients share a connection to the agent and its
// RemoteAddr is right.
func forwarded(p *httputil.ProxyRequest) {
	p.Out.URL.Scheme = "http"
	p.Out.URL.Host = p.In.RemoteAddr
	p.Out.Host = p.In.Host
	for _, name := range []string{"X-Forwarded-For", "X-Forwarded-Proto"} {
		p.Out.Header[name] = p.In.Header[name]
	}
	p.SetXForwarded()
	proto := append(p.In.Header["X-Forwarded-Proto"], "https")
	p.Out.Header.Set("X-Forwarded-Proto", strings.Join(proto, ", "))
}

// find returns the endpoint of host, or the only one there is.
func (e *Edge) find(host string) *bind {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if b := e.binds[strings.ToLower(host)]; b != nil {
		return b
	}
	loopback := net.ParseIP(host) != nil || host == "localhost"
	if loopback && len(e.binds) == 1 {
		for _, b := range e.binds {
			return b
		}
	}
	return nil
}

func (e *Edge) newTransport(b *bind) *http.Transport {
	return &http.Transport{
		DialContext: func(_ context.Context, _, client string) (net.Conn, error) {
			return b.link.proxy(b.id, client)
		},
		DisableCompression:    true,
		IdleConnTimeout:       5 * time.Second,
		ExpectContinueTimeout: time.Second,
	}
}

func refuse(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Ngrok-Error-Code", code)
	http.Error(w, message+"\n\n"+code, status)
}
