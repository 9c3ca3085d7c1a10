package engine

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"sync"
	"time"

	"shopbell/app/settings"
)

const (
	shopEvery = 5 * time.Second // between two looks at the shop
	shopWait  = 2 * time.Second // for a connection
)

// Shop is what the last health check of the shop saw. The check opens a
// connection and sends nothing, so it leaves no trace in the shop's log.
type Shop struct {
	URL     string
	Checked time.Time // zero before the first check
	Up      bool
	Latency time.Duration // of the connection
	Says    string        // why it is not up
}

type health struct {
	mu   sync.Mutex
	last Shop
}

// Shop returns the last health check.
func (e *Engine) Shop() Shop {
	e.health.mu.Lock()
	defer e.health.mu.Unlock()
	if at := e.Settings().Shop.URL; e.health.last.URL != at {
		return Shop{URL: at}
	}
	return e.health.last
}

// shopAddress returns where s sends deliveries, nil when it names no shop.
func shopAddress(s settings.Settings) (*url.URL, error) {
	if s.Shop.URL == "" {
		return nil, nil
	}
	u, err := url.Parse(s.Shop.URL)
	if err != nil {
		return nil, fmt.Errorf("read the shop's address %q: %w", s.Shop.URL, err)
	}
	return u, nil
}

// watchShop looks at the shop now and then and tells when its state turned.
func (e *Engine) watchShop() {
	e.checkShop()
	e.every(shopEvery, e.checkShop)
}

func (e *Engine) checkShop() {
	now := look(e.life, e.Settings().Shop.URL)
	e.health.mu.Lock()
	turned := e.health.last.Up != now.Up || e.health.last.URL != now.URL
	e.health.last = now
	e.health.mu.Unlock()
	if turned {
		e.feed.Changed()
	}
}

func look(ctx context.Context, address string) Shop {
	s := Shop{URL: address, Checked: time.Now()}
	if address == "" {
		s.Says = "no shop is set"
		return s
	}
	u, err := url.Parse(address)
	if err != nil {
		s.Says = "its address cannot be read"
		return s
	}
	dialer := net.Dialer{Timeout: shopWait}
	conn, err := dialer.DialContext(ctx, "tcp", hostPort(u))
	if err != nil {
		s.Says = "nothing answers on " + u.Host
		return s
	}
	conn.Close()
	s.Up, s.Latency = true, time.Since(s.Checked)
	return s
}

func hostPort(u *url.URL) string {
	if u.Port() != "" {
		return u.Host
	}
	if u.Scheme == "https" {
		return net.JoinHostPort(u.Hostname(), "443")
	}
	return net.JoinHostPort(u.Hostname(), "80")
}
