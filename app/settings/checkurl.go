package settings

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxURL bounds URLs and paths, in bytes; more than any server takes.
const maxURL = 2048

// checkShop wants what deliveries can be sent to: scheme, host, and no more
// than a path behind them.
func checkShop(text string) *finding {
	const place = "shop.url"
	if text == "" {
		return nil // no shop: captures are kept and wait
	}
	u, f := absolute(place, "url", text)
	if f != nil {
		return f
	}
	if u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return &finding{place, fmt.Sprintf("url is %s, expected no ? and no # in it", quote(text)),
			"Put the path and query of a webhook in forward of its endpoint."}
	}
	return nil
}

// absolute parses an http or https URL with a host. A URL with a password in
// it is refused without being repeated.
func absolute(place, key, text string) (*url.URL, *finding) {
	const advice = "Write a URL such as \"http://localhost:8080\"."
	bad := func(expected string) (*url.URL, *finding) {
		return nil, &finding{place, fmt.Sprintf("%s is %s, expected %s", key, quote(text), expected), advice}
	}
	u, err := url.Parse(text)
	// "http:me:word@host" parses without user and host, and means both.
	if hidden := strings.Contains(text, "@") && (err != nil || u.User != nil || u.Host == ""); hidden {
		return nil, &finding{place, key + " holds a user name or password (it is not shown), expected a URL without one", advice}
	}
	switch {
	case err != nil || len(text) > maxURL || strings.ContainsFunc(text, notInURL):
		return bad("a URL such as \"http://localhost:8080\"")
	case u.Scheme != "http" && u.Scheme != "https":
		return bad("a URL that begins with http:// or https://")
	case u.Hostname() == "":
		return bad("a URL with a host, such as \"http://localhost:8080\"")
	case u.Port() != "" && !validPort(u.Port()), strings.HasSuffix(u.Host, ":"):
		return bad("a port from 1 to 65535")
	}
	return u, nil
}

// CheckURL checks an address that a person names outside the settings: http or
// https, a host, no user name, no fragment. name is what it is called in the
// *Problem, which repeats no password.
func CheckURL(name, text string) error {
	u, f := absolute("", name, text)
	if f == nil && (u.Fragment != "" || strings.Contains(text, "#")) {
		f = &finding{says: fmt.Sprintf("%s is %s, expected no # in it", name, quote(text)), advice: "Leave out what begins with #: it is never sent."}
	}
	if f != nil {
		return &Problem{Says: f.says, Advice: f.advice}
	}
	return nil
}

func notInURL(r rune) bool {
	return r == ' ' || r == '\\' || !unicode.IsPrint(r)
}

func validPort(text string) bool {
	n, err := strconv.ParseUint(text, 10, 16)
	return err == nil && n > 0
}

// checkPath wants a path that means the same before and after any proxy has
// cleaned it up: no escapes, no dot segments, no empty ones.
func checkPath(place, path string) *finding {
	bad := func(expected string) *finding {
		return &finding{place, fmt.Sprintf("path is %s, expected %s", quote(path), expected),
			"Write a path such as \"/yshop/9f1c07de55b04a0e\", or leave it out and Shopbell makes one."}
	}
	switch {
	case !strings.HasPrefix(path, "/"):
		return bad("a path that begins with /")
	case len(path) > maxURL:
		return bad(fmt.Sprintf("at most %d bytes", maxURL))
	case strings.Contains(path, "//"):
		return bad("no // in it")
	case strings.ContainsAny(path, "?#"):
		return bad("a path without ? and #")
	case strings.ContainsFunc(path, notInPath):
		return bad("letters a to z, digits and -._~!$&'()*+,;=:@ between the slashes")
	}
	for _, part := range strings.Split(path, "/") {
		if part == "." || part == ".." {
			return bad("no . or .. between its slashes")
		}
	}
	return nil
}

func notInPath(r rune) bool {
	alnum := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	return !alnum && !strings.ContainsRune("/-._~!$&'()*+,;=:@", r)
}

// checkForward wants a path at the shop, which may hold a query because many
// shops name their webhook there, or an absolute URL; "" is the same path.
func checkForward(place, forward string) *finding {
	if forward == "" {
		return nil
	}
	if !strings.HasPrefix(forward, "/") {
		u, f := absolute(place, "forward", forward)
		if f != nil {
			f.says = strings.Replace(f.says, ", expected", ", expected a path that begins with / or", 1)
			f.advice = "Write the path at the shop, such as \"/webhooks/yshop\"."
			return f
		}
		if u.Fragment == "" {
			return nil
		}
	}
	// "//host" is a host to some clients and a path to others.
	if _, err := url.ParseRequestURI(forward); err != nil || strings.HasPrefix(forward, "//") || len(forward) > maxURL ||
		strings.Contains(forward, "#") || strings.ContainsFunc(forward, notInURL) {
		return &finding{place, fmt.Sprintf("forward is %s, expected a path at the shop without spaces and #", quote(forward)),
			"Write the path at the shop, such as \"/webhooks/yshop\"."}
	}
	return nil
}

// checkDomain wants a bare host name.
func checkDomain(domain string) *finding {
	if domain == "" {
		return nil
	}
	f := &finding{"tunnel.domain", fmt.Sprintf("domain is %s, expected a host name such as \"shop.ngrok.app\"", quote(domain)),
		"Write the domain alone, without https:// and without a path."}
	if len(domain) > 253 || !utf8.ValidString(domain) || !strings.Contains(domain, ".") {
		return f
	}
	for _, label := range strings.Split(domain, ".") {
		odd := func(r rune) bool {
			return r != '-' && (r == '_' || notInPath(r) || strings.ContainsRune("/~!$&'()*+,;=:@", r))
		}
		if label == "" || len(label) > 63 || strings.ContainsFunc(label, odd) {
			return f
		}
	}
	return nil
}

// checkListen wants host:port, the host empty or an address or name.
func checkListen(listen string) *finding {
	if listen == "" {
		return nil
	}
	host, port, err := net.SplitHostPort(listen)
	if err == nil && (port == "0" || validPort(port)) && !strings.ContainsFunc(host, notInURL) && !strings.ContainsAny(host, "/@") {
		return nil
	}
	return &finding{"tunnel.listen", fmt.Sprintf("listen is %s, expected \"host:port\" such as \"127.0.0.1:9000\"", quote(listen)),
		"Write an address of this machine and a port; leave it out for loopback."}
}
