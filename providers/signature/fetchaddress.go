package signature

import (
	"errors"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
)

// maxAddress is the longest address that is fetched, in bytes.
const maxAddress = 2048

var errPrivateAddress = errors.New("the host is inside a private network")

// checkAddress tells what is wrong with the address of a key. Only https on
// its own port, to a host with a name: everything else would let a sender
// point at something that is no provider.
func checkAddress(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || len(address) > maxAddress || hasControl(address):
		return errors.New("the address of the key cannot be read")
	case u.Scheme != "https":
		return errors.New("the address of the key is not https")
	case u.User != nil || u.Opaque != "" || u.Fragment != "":
		return errors.New("the address of the key holds more than a host and a path")
	case u.Port() != "" && u.Port() != "443" || strings.HasSuffix(u.Host, ":"):
		return errors.New("the address of the key names a port of its own")
	case !hostName(u.Hostname()):
		return errors.New("the address of the key has no host name")
	}
	return nil
}

// hostName tells whether host is a name of two labels or more and no number:
// the last label of a name has letters.
func hostName(host string) bool {
	labels := strings.Split(host, ".")
	if len(labels) < 2 || len(host) > 253 {
		return false
	}
	for _, label := range labels {
		if label == "" || len(label) > 63 || strings.Trim(label, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" {
			return false
		}
	}
	last := labels[len(labels)-1]
	return !digits(last) && !strings.HasPrefix(last, "0x") && !strings.HasPrefix(last, "0X")
}

// anyRegion stands in a pattern for the name of a region of Amazon's. Any other
// label could be one of its services with names that customers choose:
// sns.s3.amazonaws.com is somebody's bucket.
const anyRegion = "<region>"

// hostMatches tells whether host is one of the pattern's: "*" is one label.
func hostMatches(pattern, host string) bool {
	want, got := strings.Split(strings.ToLower(pattern), "."), strings.Split(strings.ToLower(host), ".")
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if want[i] != "*" && want[i] != got[i] && (want[i] != anyRegion || !isRegion(got[i])) {
			return false
		}
	}
	return true
}

// isRegion tells whether label is like eu-west-1 or us-gov-east-1: two letters,
// words of letters, a number of one or two digits.
func isRegion(label string) bool {
	words := strings.Split(label, "-")
	last := len(words) - 1
	if last < 2 || len(words[0]) != 2 || len(words[last]) > 2 || !digits(words[last]) {
		return false
	}
	for _, word := range words[:last] {
		if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") != "" {
			return false
		}
	}
	return true
}

// pinned tells whether a pattern names its owner: the last two labels are
// written out.
func pinned(pattern string) bool {
	labels := strings.Split(pattern, ".")
	n := len(labels)
	return n >= 2 && !open(labels[n-1]) && !open(labels[n-2]) && hostName(strings.NewReplacer("*", "x", anyRegion, "x").Replace(pattern))
}

// open tells whether a label of a pattern stands for others.
func open(label string) bool { return label == "*" || label == anyRegion }

// refusePrivate looks at the address that a name came to, right before the
// connection is made: looking earlier could be fooled by a name that changes.
func refusePrivate(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !publicAddress(at.Addr()) {
		return errPrivateAddress
	}
	return nil
}

// publicAddress tells whether a belongs to the open internet. The exceptions
// are those of the IANA registries for special-purpose addresses.
func publicAddress(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	if a.Is6() && !netip.MustParsePrefix("2000::/3").Contains(a) {
		return false
	}
	for _, special := range [...]string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
		"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
	} {
		if netip.MustParsePrefix(special).Contains(a) {
			return false
		}
	}
	return true
}
