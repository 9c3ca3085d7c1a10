package inspector

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// address is where a request goes: a server, and the target for its request line.
type address struct {
	secure bool
	host   string // as in the URL: the value of the Host header
	target string
}

// String returns the address as a URL.
func (a address) String() string {
	if a.secure {
		return "https://" + a.host + a.target
	}
	return "http://" + a.host + a.target
}

// dial is the host and port to connect to.
func (a address) dial() string {
	port := "80"
	if a.secure {
		port = "443"
	}
	u := url.URL{Host: a.host}
	if u.Port() != "" {
		port = u.Port()
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// forward is an endpoint's Forward: a path at the shop, a whole URL, or nothing.
type forward struct {
	set   bool
	at    *url.URL // where the path is, nil for the shop
	path  string
	query string // with its question mark
}

// errNoShop is why a delivery without a shop fails.
var errNoShop = errors.New("no shop is set")

func parseForward(text string) (forward, error) {
	switch {
	case text == "":
		return forward{}, nil
	case !printable(text) || strings.ContainsAny(text, " #"):
		return forward{}, fmt.Errorf("reading forward %q: expected a path or an address without spaces and fragment", text)
	case strings.HasPrefix(text, "/"):
		path, query := splitTarget(text)
		return forward{set: true, path: path, query: query}, nil
	}
	u, err := url.Parse(text)
	if err == nil {
		err = checkShop(u)
	}
	if err != nil {
		return forward{}, fmt.Errorf("reading forward %q: expected a path that begins with \"/\" or an http address", redacted(text))
	}
	path, query := splitTarget(text)
	return forward{set: true, at: u, path: path, query: query}, nil
}

// checkShop tells whether deliveries can be sent to u; nil is no shop yet.
func checkShop(u *url.URL) error {
	if u == nil {
		return nil
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.Opaque != "" {
		return fmt.Errorf("reading the shop's address %q: expected http://HOST or https://HOST", u.Redacted())
	}
	return nil
}

// address maps a target as received to where it goes: Forward takes the place
// of the endpoint's path, what is below it and the query follow. Every byte of
// the target that is not replaced stays as it is, escapes and all.
func (r *route) address(target string) (address, error) {
	path, query := splitTarget(target)
	to, base := r.shop, ""
	if r.forward.at != nil {
		to = r.forward.at
	} else if to != nil {
		base = strings.TrimSuffix(to.EscapedPath(), "/")
	}
	if to == nil {
		return address{}, errNoShop
	}
	if r.forward.set {
		sub, below := subPath(path, r.Path)
		if !below {
			sub = "" // a capture from before the endpoint's path was changed
		}
		path, query = joinPath(r.forward.path, sub), joinQuery(r.forward.query, query)
	}
	a := address{secure: to.Scheme == "https", host: to.Host, target: base + path + query}
	if !strings.HasPrefix(a.target, "/") && a.target != "*" {
		a.target = "/" + a.target
	}
	return a, nil
}

// addressOf reads an absolute URL that replaces the target whole.
func addressOf(text string) (address, error) {
	u, err := url.Parse(text)
	if err == nil {
		err = checkShop(u)
	}
	if err != nil || !printable(text) || strings.ContainsAny(text, " #") {
		return address{}, fmt.Errorf("reading the target %q: expected http://HOST/PATH or https://HOST/PATH", redacted(text))
	}
	path, query := splitTarget(text)
	return address{secure: u.Scheme == "https", host: u.Host, target: path + query}, nil
}

// redacted is a text from the user for an error, without the password that an
// address may hold.
func redacted(text string) string {
	if u, err := url.Parse(text); err == nil && u.User != nil {
		return u.Redacted()
	}
	return text
}

// joinPath appends a sub-path, which is "" or begins with a slash, so that
// exactly that slash stands between them.
func joinPath(path, sub string) string {
	if sub == "" {
		return path
	}
	return strings.TrimSuffix(path, "/") + sub
}

// joinQuery puts the received query behind our own; both have question marks.
func joinQuery(own, received string) string {
	switch {
	case own == "":
		return received
	case len(received) < len("?x"):
		return own
	}
	return own + "&" + received[1:]
}

// printable tells whether text has no control characters, so that it can't
// break out of a request line.
func printable(text string) bool {
	for k := range len(text) {
		if text[k] < ' ' || text[k] == 0x7f {
			return false
		}
	}
	return true
}
