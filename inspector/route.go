package inspector

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// setup is one configuration; a request keeps the one it came in with.
type setup struct {
	catalog   providers.Catalog
	shop      *url.URL   // nil when no shop is set
	endpoints []Endpoint // as they were given
	routes    []*route   // longest path first
}

// route is an endpoint, ready for use.
type route struct {
	Endpoint
	shop     *url.URL
	keys     signature.KeyFetcher // nil when no key may be fetched
	forward  forward
	provider providers.Provider // zero on a catch-all
	// variant is the documented form of signature that matched last.
	variant atomic.Pointer[string]
	// learned is the secret that the provider offered and the endpoint took.
	learned atomic.Pointer[signature.Secret]
}

// secrets are those that a delivery may be signed with, in order.
func (r *route) secrets() []signature.Secret {
	if learned := r.learned.Load(); learned != nil {
		return append(slices.Clip(slices.Clone(r.Secrets)), *learned)
	}
	return r.Secrets
}

func newSetup(catalog providers.Catalog, keys signature.KeyFetcher, shop *url.URL, endpoints []Endpoint) (*setup, error) {
	if err := checkShop(shop); err != nil {
		return nil, err
	}
	s := &setup{catalog: catalog, shop: shop, endpoints: slices.Clone(endpoints)}
	for _, e := range endpoints {
		r, err := newRoute(catalog, keys, shop, e)
		if err != nil {
			return nil, fmt.Errorf("setting up endpoint %q: %w", e.Name, err)
		}
		for _, other := range s.routes {
			if other.Name == e.Name {
				return nil, fmt.Errorf("setting up endpoint %q: another endpoint has that name", e.Name)
			}
			if other.Path == e.Path {
				return nil, fmt.Errorf("setting up endpoint %q: endpoint %q has that path too", e.Name, other.Name)
			}
		}
		s.routes = append(s.routes, r)
	}
	slices.SortStableFunc(s.routes, func(a, b *route) int { return len(b.Path) - len(a.Path) })
	return s, nil
}

func newRoute(catalog providers.Catalog, keys signature.KeyFetcher, shop *url.URL, e Endpoint) (*route, error) {
	r := &route{Endpoint: e, shop: shop, keys: keys}
	if e.Name == "" {
		return nil, fmt.Errorf("expected a name, got none")
	}
	if !strings.HasPrefix(e.Path, "/") || strings.ContainsAny(e.Path, "?# ") || !printable(e.Path) {
		return nil, fmt.Errorf("reading the path %q: expected one that begins with \"/\" and has no query", e.Path)
	}
	if e.Answer != "" && e.Answer != AnswerShop && e.Answer != AnswerAccept {
		return nil, fmt.Errorf("reading the answer policy %q: expected %q or %q", e.Answer, AnswerShop, AnswerAccept)
	}
	if e.Concurrency < 0 || e.Concurrency > MaxConcurrency {
		return nil, fmt.Errorf("reading the concurrency \"%d\": expected 1 to %d", e.Concurrency, MaxConcurrency)
	}
	if e.WhenStuck != "" && e.WhenStuck != WhenStuckWait && e.WhenStuck != WhenStuckPass {
		return nil, fmt.Errorf("reading what to do when stuck %q: expected %q or %q", e.WhenStuck, WhenStuckWait, WhenStuckPass)
	}
	var err error
	if r.forward, err = parseForward(e.Forward); err != nil {
		return nil, err
	}
	if e.Provider != "" {
		p, known := catalog.Get(e.Provider)
		if !known {
			return nil, fmt.Errorf("looking up the provider %q: the catalogue has none of that id", e.Provider)
		}
		r.provider = r.adjust(p)
	}
	return r, nil
}

// adjust applies the endpoint's tolerance to p, and lets it fetch keys.
func (r *route) adjust(p providers.Provider) providers.Provider { return r.adjustWith(p, r.keys) }

// adjustWith is adjust with other keys than the endpoint's; nil are none.
func (r *route) adjustWith(p providers.Provider, keys signature.KeyFetcher) providers.Provider {
	if keys != nil && p.Scheme != nil {
		p.Scheme = signature.WithKeys(p.Scheme, keys)
	}
	if r.Tolerance > 0 {
		return p.WithTolerance(r.Tolerance)
	}
	return p
}

// route returns where a request target belongs, nil when no endpoint has its
// path. It compares the path as received: nothing is unescaped or cleaned, so
// "//x" is not "/x".
func (s *setup) route(target string) *route {
	path, _ := splitTarget(target)
	for _, r := range s.routes {
		if sub, below := subPath(path, r.Path); below && (r.Path == "/" || !climbs(sub)) {
			return r
		}
	}
	return nil
}

// named returns the endpoint called name, nil when there is none.
func (s *setup) named(name string) *route {
	for _, r := range s.routes {
		if r.Name == name {
			return r
		}
	}
	return nil
}

// splitTarget returns the path of a request target, as received, and the rest
// from the question mark on. A target in absolute form loses scheme and host.
func splitTarget(target string) (path, query string) {
	if !strings.HasPrefix(target, "/") {
		_, rest, absolute := strings.Cut(target, "://")
		if !absolute {
			return target, "" // "*", or the authority of a CONNECT
		}
		if n := strings.IndexAny(rest, "/?"); n < 0 {
			rest = "/"
		} else if rest = rest[n:]; rest[0] == '?' {
			rest = "/" + rest
		}
		target = rest
	}
	if n := strings.IndexByte(target, '?'); n >= 0 {
		return target[:n], target[n:]
	}
	return target, ""
}

// subPath returns what of path is below base: "", or a path that begins with
// the slash where base ends.
func subPath(path, base string) (sub string, below bool) {
	sub, below = strings.CutPrefix(path, base)
	switch {
	case !below || sub == "":
		return "", below
	case strings.HasSuffix(base, "/"):
		return path[len(base)-1:], true
	}
	return sub, sub[0] == '/'
}
