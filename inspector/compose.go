package inspector

import (
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	"shopbell/providers/signature"
)

// net/http would sort the header, spell its names anew and add fields of its
// own, so the request to the shop is written here, from the fields as received.

// hopByHop are the headers that belong to one connection (RFC 9110, 7.6.1, and
// the older ones that RFC 2616 lists); "Connection" may name more.
var hopByHop = []string{
	"connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization",
	"te", "trailer", "transfer-encoding", "upgrade",
}

// ownFields are those that we add. "Connection" can't name them away: a stranger
// would hide from the shop who sent this.
var ownFields = []string{"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"}

// staysBehind returns the names of the fields that do not go on.
func staysBehind(h signature.Header) []string {
	names := hopByHop
	for _, f := range h {
		if !strings.EqualFold(f.Name, "Connection") {
			continue
		}
		for name := range strings.SplitSeq(f.Value, ",") {
			if name = strings.TrimSpace(name); !contains(ownFields, name) {
				// Clipped, so that the shared list is never appended to.
				names = append(slices.Clip(names), name)
			}
		}
	}
	return names
}

// contains tells whether name is among names, whatever its case.
func contains(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}

// onward returns h without the fields that belong to one connection.
func onward(h signature.Header) signature.Header {
	drop := staysBehind(h)
	out := make(signature.Header, 0, len(h))
	for _, f := range h {
		if !contains(drop, f.Name) {
			out = append(out, f)
		}
	}
	return out
}

// composer writes the head of a request to the shop.
type composer struct {
	out     []byte
	message signature.Message
	to      address
	from    string
	lastFor int // index of the X-Forwarded-For field that gets our addition
	hasHost bool
	hasSize bool
}

// compose writes the head that carries m to the shop: the fields as received,
// in their order and case, but for those of the connection. Host is the shop's;
// X-Forwarded-For, -Host and -Proto are added, and nothing else.
func compose(m signature.Message, to address, from string) ([]byte, error) {
	if !signature.IsToken(m.Method) {
		return nil, fmt.Errorf("writing the request: the method %q is not one word", m.Method)
	}
	if !printable(to.target) || strings.Contains(to.target, " ") {
		return nil, fmt.Errorf("writing the request: the target %q holds a space or a control character", to.target)
	}
	c := composer{message: m, to: to, from: hostOf(from), lastFor: -1}
	c.out = make([]byte, 0, len(m.Head)+len(to.target)+len(to.host)+256)
	c.out = append(append(append(append(c.out, m.Method...), ' '), to.target...), " HTTP/1.1\r\n"...)
	for k, f := range m.Header {
		if strings.EqualFold(f.Name, "X-Forwarded-For") {
			c.lastFor = k
		}
		c.hasHost = c.hasHost || strings.EqualFold(f.Name, "Host")
	}
	if !c.hasHost {
		c.field("Host", to.host)
	}
	if err := c.fields(); err != nil {
		return nil, err
	}
	c.forwarded()
	return append(c.out, "\r\n"...), nil
}

func (c *composer) field(name, value string) {
	c.out = append(append(append(append(c.out, name...), ": "...), value...), "\r\n"...)
}

// fields writes what was received.
func (c *composer) fields() error {
	drop := staysBehind(c.message.Header)
	hostWritten := !c.hasHost
	for k, f := range c.message.Header {
		if !signature.IsToken(f.Name) || strings.ContainsAny(f.Value, "\r\n\x00") {
			return fmt.Errorf("writing the request: the header %q holds a character that ends a line or a name", f.Name)
		}
		switch {
		case strings.EqualFold(f.Name, "Host"):
			if !hostWritten {
				c.field(f.Name, c.to.host)
			}
			hostWritten = true
		case strings.EqualFold(f.Name, "Content-Length"):
			c.size(f.Name)
		case strings.EqualFold(f.Name, "Transfer-Encoding"):
			// The chunks are put together; their length takes the field's place.
			if !c.message.Header.Has("Content-Length") {
				c.size("Content-Length")
			}
		case contains(drop, f.Name):
		case k == c.lastFor && c.from != "":
			c.field(f.Name, f.Value+", "+c.from)
		default:
			c.field(f.Name, f.Value)
		}
	}
	if !c.hasSize && len(c.message.Body) > 0 {
		c.size("Content-Length")
	}
	return nil
}

// size writes the length of the body, once.
func (c *composer) size(name string) {
	if !c.hasSize {
		c.field(name, strconv.Itoa(len(c.message.Body)))
	}
	c.hasSize = true
}

// forwarded says who sent this and to which address. What an edge in front of
// us said already stays.
func (c *composer) forwarded() {
	if c.lastFor < 0 && c.from != "" {
		c.field("X-Forwarded-For", c.from)
	}
	scheme, rest, found := strings.Cut(c.message.URL, "://")
	if !found || !printable(c.message.URL) {
		return
	}
	host := rest
	if n := strings.IndexAny(rest, "/?"); n >= 0 {
		host = rest[:n]
	}
	if !c.message.Header.Has("X-Forwarded-Host") && host != "" {
		c.field("X-Forwarded-Host", host)
	}
	if !c.message.Header.Has("X-Forwarded-Proto") {
		c.field("X-Forwarded-Proto", scheme)
	}
}

// hostOf returns the host of "host:port", without the port.
func hostOf(from string) string {
	if host, _, err := net.SplitHostPort(from); err == nil {
		return host
	}
	return from
}
