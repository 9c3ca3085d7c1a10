package localapi

import (
	"net/http"
	"strings"

	"shopbell/tunnel"
)

// tunnelName is what our one tunnel is called in the shape of the ngrok agent.
const tunnelName = "shopbell"

// tunnelJSON is a tunnel as the ngrok agent shows it.
type tunnelJSON struct {
	Name      string       `json:"name"`
	ID        string       `json:"ID"`
	URI       string       `json:"uri"`
	PublicURL string       `json:"public_url"`
	Proto     string       `json:"proto"`
	Config    tunnelConfig `json:"config"`
	Metrics   tunnelMetric `json:"metrics"`
}

type tunnelConfig struct {
	Addr    string `json:"addr"`
	Inspect bool   `json:"inspect"`
}

// tunnelMetric has the fields that readers of the agent's API look for. Only
// the number of requests is ours to tell; what nobody measured is 0.
type tunnelMetric struct {
	Conns rates `json:"conns"`
	HTTP  rates `json:"http"`
}

type rates struct {
	Count  int     `json:"count"`
	Gauge  int     `json:"gauge"`
	Rate1  float64 `json:"rate1"`
	Rate5  float64 `json:"rate5"`
	Rate15 float64 `json:"rate15"`
	P50    float64 `json:"p50"`
	P90    float64 `json:"p90"`
	P95    float64 `json:"p95"`
	P99    float64 `json:"p99"`
}

// tunnels returns the tunnel in use, or none while it has no address.
func (a *api) tunnels() []tunnelJSON {
	t := a.tunnel()
	if t.URL == "" || t.State == tunnel.Closed {
		return []tunnelJSON{}
	}
	proto, _, _ := strings.Cut(t.URL, ":")
	n := a.store.Counts().All
	return []tunnelJSON{{
		Name: tunnelName, ID: tunnelName, URI: "/api/tunnels/" + tunnelName, PublicURL: t.URL, Proto: proto,
		Config:  tunnelConfig{Addr: a.shopURL(), Inspect: true},
		Metrics: tunnelMetric{Conns: rates{Count: n}, HTTP: rates{Count: n}},
	}}
}

func (a *api) listTunnels(w http.ResponseWriter, r *http.Request) {
	answer(w, http.StatusOK, struct {
		Tunnels []tunnelJSON `json:"tunnels"`
		URI     string       `json:"uri"`
	}{a.tunnels(), "/api/tunnels"})
}

func (a *api) showTunnel(w http.ResponseWriter, r *http.Request) {
	for _, t := range a.tunnels() {
		if t.Name == r.PathValue("name") {
			answer(w, http.StatusOK, t)
			return
		}
	}
	fail(w, http.StatusNotFound, "there is no tunnel of that name", "GET /api/tunnels lists the tunnel that is open.")
}
