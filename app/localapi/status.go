package localapi

import (
	"os"
	"time"

	"shopbell/app/engine"
	"shopbell/inspector"
)

// Status is what GET /api/status answers.
type Status struct {
	PID       int              `json:"pid"`
	Tunnel    TunnelStatus     `json:"tunnel"`
	Shop      ShopStatus       `json:"shop"`
	Paused    bool             `json:"paused"`
	Endpoints []EndpointStatus `json:"endpoints"`
	Counts    inspector.Counts `json:"counts"`
}

// TunnelStatus is the tunnel in use.
type TunnelStatus struct {
	Kind       string    `json:"kind"`
	State      string    `json:"state"`
	URL        string    `json:"url"`
	Since      time.Time `json:"since"`
	Error      string    `json:"error,omitempty"`
	Advice     string    `json:"do,omitempty"`
	Code       string    `json:"code,omitempty"`
	Notes      []string  `json:"notes,omitempty"`
	Millis     int64     `json:"ms"` // latency
	Reconnects int       `json:"reconnects"`
}

// ShopStatus is the last health check of the shop.
type ShopStatus struct {
	URL     string    `json:"url"`
	Up      bool      `json:"up"`
	Checked time.Time `json:"checked"` // year 1 before the first check
	Millis  int64     `json:"ms"`
	Says    string    `json:"says,omitempty"`
}

// EndpointStatus is one endpoint with the address to give to its provider.
type EndpointStatus struct {
	Name     string `json:"name"`
	Provider string `json:"provider"`
	Path     string `json:"path"`
	URL      string `json:"url"`
	// Secrets counts what deliveries are checked with, and signed with.
	Secrets int `json:"secrets"`
}

func statusOf(e *engine.Engine) Status {
	t, shop := e.Tunnel(), e.Shop()
	s := Status{
		PID: os.Getpid(),
		Tunnel: TunnelStatus{
			Kind: string(t.Kind), State: string(t.State), URL: t.URL, Since: t.Since, Error: t.Error, Advice: t.Advice,
			Code: t.Code, Notes: t.Notes, Millis: t.Latency.Milliseconds(), Reconnects: t.Reconnects,
		},
		Shop:      ShopStatus{URL: shop.URL, Up: shop.Up, Checked: shop.Checked, Millis: shop.Latency.Milliseconds(), Says: shop.Says},
		Paused:    e.Inspector().Paused(),
		Endpoints: []EndpointStatus{},
		Counts:    e.Store().Counts(),
	}
	for _, ep := range e.Settings().Endpoints {
		s.Endpoints = append(s.Endpoints, EndpointStatus{ep.Name, ep.Provider, ep.Path, e.EndpointURL(ep.Name), len(ep.Secrets)})
	}
	return s
}
