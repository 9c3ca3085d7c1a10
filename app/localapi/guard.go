package localapi

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"strings"
)

// guard lets a request through to next when it was meant for this server. A
// web page can make the user's browser call us: by a name of its own that it
// points at 127.0.0.1 (the Host tells), or from another site (the Origin
// tells). Other users of this machine can call us too: they lack the token.
func guard(token string, next http.Handler) http.Handler {
	want := sha256.Sum256([]byte(token))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		switch {
		case !loopbackHost(r.Host):
			fail(w, http.StatusForbidden, "the request is addressed to another host than this machine",
				"Call the address in api.json, by 127.0.0.1 or localhost.")
		case foreign(r):
			fail(w, http.StatusForbidden, "the request comes from a web page of another site",
				"Call the local API from a program, not from a page.")
		case !open(r) && !authorised(r, want):
			w.Header().Set("WWW-Authenticate", `Bearer realm="shopbell"`)
			fail(w, http.StatusUnauthorized, "the bearer token is missing or wrong",
				"Send the header Authorization: Bearer with the token from api.json in Shopbell's data folder.")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// loopbackHost tells whether a Host header names this machine, with a port or
// without.
func loopbackHost(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	} else {
		host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	}
	return loopback(strings.ToLower(host))
}

// foreign tells whether a browser sends r for a page of another site. Only
// browsers set these headers. "null" is the origin of a sandboxed page.
func foreign(r *http.Request) bool {
	for _, origin := range r.Header.Values("Origin") {
		if origin != "http://"+r.Host {
			return true
		}
	}
	for _, site := range r.Header.Values("Sec-Fetch-Site") {
		if site != "same-origin" && site != "none" {
			return true
		}
	}
	return false
}

// open tells whether r needs no token: only the list of tunnels, which shows
// nothing that a public URL does not.
func open(r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	name, below := strings.CutPrefix(r.URL.Path, "/api/tunnels/")
	return r.URL.Path == "/api/tunnels" || below && !strings.Contains(name, "/") && name != ".."
}

// authorised compares hashes, so that neither the content nor the length of
// the token can be measured.
func authorised(r *http.Request, want [sha256.Size]byte) bool {
	given := r.Header.Values("Authorization")
	if len(given) != 1 {
		return false
	}
	scheme, token, _ := strings.Cut(given[0], " ")
	got := sha256.Sum256([]byte(strings.TrimSpace(token)))
	return strings.EqualFold(scheme, "Bearer") && subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

// limited lets n requests at a time through to next and turns others away, so
// that a wild script can't fill the memory with captures.
func limited(n int, next http.Handler) http.Handler {
	places := make(chan struct{}, n)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case places <- struct{}{}:
			defer func() { <-places }()
			next.ServeHTTP(w, r)
		default:
			w.Header().Set("Retry-After", "1")
			fail(w, http.StatusServiceUnavailable, "too many requests at a time", "Try again in a second.")
		}
	})
}
