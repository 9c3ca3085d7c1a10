package tunnel

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"syscall"
)

const (
	maxPort = 65535
	// nextPorts is how many ports after the one asked for are tried, so that
	// the address stays easy to remember; then the system chooses.
	nextPorts = 20
	// systemTries is how often the system may choose: its IPv4 port can be
	// taken on IPv6.
	systemTries = 10
)

// openLocal opens the listeners that o asks for, and what the user should know
// about them.
func openLocal(o LocalOptions) ([]net.Listener, []string, error) {
	if o.Addr != "" {
		return openAddr(o)
	}
	if o.Port < 0 || o.Port > maxPort {
		return nil, nil, &Error{
			Says:   fmt.Sprintf("listen on port %d: expected 0 to %d", o.Port, maxPort),
			Advice: "Choose another port, or 0 to let the system choose.",
		}
	}
	var first error
	for _, port := range candidates(o.Port) {
		listeners, err := listenLoopback(port)
		if err == nil {
			return listeners, portNotes(o.Port, listeners, first), nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, nil, &Error{
		Says:   fmt.Sprintf("listen on loopback: %v", first),
		Advice: "Check that this machine has the address 127.0.0.1 and free ports.",
		cause:  first,
	}
}

// candidates lists the ports to try, in order.
func candidates(port int) []int {
	var list []int
	if port != 0 {
		for p := port; p <= min(port+nextPorts, maxPort); p++ {
			list = append(list, p)
		}
	}
	return append(list, make([]int, systemTries)...)
}

func portNotes(asked int, got []net.Listener, first error) []string {
	port := portOf(got[0].Addr())
	if asked == 0 || port == asked {
		return nil
	}
	why := "is taken by another program"
	if !taken(first) {
		why = fmt.Sprintf("cannot be opened (%v)", first)
	}
	return []string{fmt.Sprintf("port %d %s; using port %d instead", asked, why, port)}
}

// listenLoopback opens the same port on every loopback address that this
// machine has: "localhost" may mean either.
func listenLoopback(port int) ([]net.Listener, error) {
	var all []net.Listener
	var last error
	for _, host := range []string{"127.0.0.1", "::1"} {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
		if err != nil {
			last = err
			if noSuchAddress(err) {
				continue
			}
			closeAll(all)
			return nil, err
		}
		all = append(all, l)
		port = portOf(l.Addr())
	}
	if len(all) == 0 {
		return nil, last
	}
	return all, nil
}

// openAddr opens exactly the address that was asked for.
func openAddr(o LocalOptions) ([]net.Listener, []string, error) {
	host, port, err := splitAddr(o.Addr)
	if err != nil {
		return nil, nil, err
	}
	var listeners []net.Listener
	if strings.EqualFold(host, "localhost") {
		listeners, err = listenLoopback(port)
	} else {
		var l net.Listener
		l, err = net.Listen("tcp", o.Addr)
		listeners = []net.Listener{l}
	}
	if err != nil {
		return nil, nil, addrError(o.Addr, err)
	}
	return listeners, reachNotes(listeners[0].Addr(), o.HTTPS), nil
}

func splitAddr(addr string) (string, int, error) {
	host, text, err := net.SplitHostPort(addr)
	if err == nil {
		var port int
		if port, err = strconv.Atoi(text); err == nil && port >= 0 && port <= maxPort {
			return host, port, nil
		}
	}
	return "", 0, &Error{
		Says:   fmt.Sprintf("listen on %q: expected host:port with a port of 0 to %d", addr, maxPort),
		Advice: `Write the address like "127.0.0.1:8420" or "[::1]:8420".`,
	}
}

func addrError(addr string, err error) *Error {
	e := &Error{Says: fmt.Sprintf("listen on %q: %v", addr, err), cause: err}
	switch {
	case taken(err):
		e.Says = fmt.Sprintf("listen on %q: another program has this address", addr)
		e.Advice = "Stop that program, or choose another port."
	case noSuchAddress(err):
		e.Says = fmt.Sprintf("listen on %q: this machine has no such address", addr)
		e.Advice = "Choose an address of this machine, for example 127.0.0.1."
	case isErrno(err, syscall.EACCES, 10013):
		e.Says = fmt.Sprintf("listen on %q: this user may not open that port", addr)
		e.Advice = "Choose a port above 1023."
	default:
		e.Advice = "Choose an address of this machine, for example 127.0.0.1:8420."
	}
	return e
}

// reachNotes warns when others can reach a.
func reachNotes(a net.Addr, https bool) []string {
	tcp, ok := a.(*net.TCPAddr)
	if !ok || tcp.IP.IsLoopback() {
		return nil
	}
	where := localURL(a, https)
	if tcp.IP.IsUnspecified() {
		where = strings.Join(lanURLs(tcp.Port, https), ", ")
	}
	note := "everybody in the network can reach this address"
	if where != "" {
		note += ": " + where
	}
	return []string{note}
}

// lanURLs lists up to three addresses under which others see this machine.
func lanURLs(port int, https bool) []string {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	var urls []string
	for _, a := range addrs {
		ipnet, ok := a.(*net.IPNet)
		if !ok || !ipnet.IP.IsGlobalUnicast() || len(urls) == 3 {
			continue
		}
		urls = append(urls, localURL(&net.TCPAddr{IP: ipnet.IP, Port: port}, https))
	}
	return urls
}

func taken(err error) bool { return isErrno(err, syscall.EADDRINUSE, 10048) }

// noSuchAddress is true where IPv6 is switched off, and for addresses of other
// machines.
func noSuchAddress(err error) bool {
	return isErrno(err, syscall.EADDRNOTAVAIL, 10049) || isErrno(err, syscall.EAFNOSUPPORT, 10047)
}

// isErrno knows that Windows sockets have numbers of their own.
func isErrno(err error, unix, windows syscall.Errno) bool {
	var errno syscall.Errno
	return errors.As(err, &errno) && (errno == unix || errno == windows)
}
