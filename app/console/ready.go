package console

import (
	"fmt"

	"shopbell/app/engine"
	"shopbell/tunnel"
)

// readyLine is the first line of "serve --json".
type readyLine struct {
	Type      string          `json:"type"` // "ready"
	URL       string          `json:"url"`
	API       string          `json:"api"`
	Endpoints []readyEndpoint `json:"endpoints"`
}

// readyEndpoint is an endpoint with the address to give to its provider.
type readyEndpoint struct {
	Name     string `json:"name"`
	Provider string `json:"provider"`
	URL      string `json:"url"`
}

// ready says where deliveries are received.
func (c *serveCommand) ready(s *session, running *engine.Engine, api string) {
	status, chosen := running.Tunnel(), running.Settings()
	endpoints := []readyEndpoint{}
	for _, e := range chosen.Endpoints {
		endpoints = append(endpoints, readyEndpoint{e.Name, e.Provider, running.EndpointURL(e.Name)})
	}
	tunnelTalk(s, status)
	if len(chosen.Endpoints) == 1 && chosen.Endpoints[0].Name == catchAll {
		s.err.line("no endpoint is configured: every path goes to the shop, providers are detected; --endpoint PROVIDER=SECRET-REF lets signatures be checked")
	}
	for _, e := range chosen.Endpoints {
		if e.Provider == "" && len(e.Secrets) > 0 {
			s.err.line(fmt.Sprintf("endpoint %q takes every provider: what looks like one that signs is checked with its secrets; what looks like one that does not sign, or like nobody known, goes to the shop unchecked", clean(e.Name)))
		}
	}
	if c.JSON {
		_ = s.out.object(readyLine{"ready", status.URL, api, endpoints})
		return
	}
	s.out.line("receiving at " + s.out.bold(clean(status.URL)) + reach(status))
	s.out.line("shop is      " + clean(chosen.Shop.URL))
	for _, e := range endpoints {
		s.out.line(fmt.Sprintf("endpoint     %s  %s", clean(e.Name), clean(e.URL)))
	}
	s.out.line("local api    " + api + " · Ctrl-C stops")
}

// reach says who can reach a tunnel, where the address does not.
func reach(status tunnel.Status) string {
	if status.Kind == tunnel.KindLocal {
		return " (this machine only)"
	}
	return ""
}

// tunnelTalk says what is odd about the tunnel.
func tunnelTalk(s *session, status tunnel.Status) {
	if status.Error != "" {
		s.err.line(fmt.Sprintf("tunnel %s: %s", status.State, clean(status.Error)))
		if status.Advice != "" {
			s.err.line("  " + clean(status.Advice))
		}
	}
	for _, note := range status.Notes {
		s.err.line("tunnel: " + clean(note))
	}
}
