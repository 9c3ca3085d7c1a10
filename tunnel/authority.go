package tunnel

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"fmt"
	"math/big"
	"net"
	"slices"
	"time"
)

const (
	authorityYears = 10
	// leafLife stays under the 825 days that Apple's systems accept.
	leafLife  = 397 * 24 * time.Hour
	leafRenew = 30 * 24 * time.Hour
	// clockSlack lets a client whose clock is a little behind accept us.
	clockSlack = time.Hour
)

// authority is our own certificate authority. It can vouch for names of this
// machine only, so its key is of no use to a thief.
type authority struct {
	cert     *x509.Certificate
	key      *ecdsa.PrivateKey
	certFile string
	notes    []string
}

func localNames() []string { return []string{"localhost", "host.docker.internal"} }

func localIPs() []net.IP { return []net.IP{net.IPv4(127, 0, 0, 1).To4(), net.IPv6loopback} }

// newAuthority makes a key and a certificate that is constrained to this machine.
func newAuthority(now time.Time) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make the key of the certificate authority: %w", err)
	}
	// A name of its own, so that a trust store can hold those of two machines.
	name := make([]byte, 4)
	_, _ = rand.Read(name)
	template := &x509.Certificate{
		SerialNumber:                serial(),
		Subject:                     pkix.Name{CommonName: "Shopbell on this machine " + hex.EncodeToString(name)},
		NotBefore:                   now.Add(-clockSlack),
		NotAfter:                    now.AddDate(authorityYears, 0, 0),
		KeyUsage:                    x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		ExtKeyUsage:                 []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid:       true,
		IsCA:                        true,
		MaxPathLenZero:              true,
		PermittedDNSDomainsCritical: true,
		PermittedDNSDomains:         localNames(),
		PermittedIPRanges:           singleIPs(localIPs()),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("make the certificate authority: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("read the certificate authority just made: %w", err)
	}
	return &authority{cert: cert, key: key}, nil
}

// leaf makes a certificate for the names of this machine.
func (a *authority) leaf(now time.Time) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a key for HTTPS: %w", err)
	}
	end := now.Add(leafLife)
	if end.After(a.cert.NotAfter) {
		end = a.cert.NotAfter
	}
	template := &x509.Certificate{
		SerialNumber: serial(),
		Subject:      pkix.Name{CommonName: "localhost"},
		NotBefore:    now.Add(-clockSlack),
		NotAfter:     end,
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:     localNames(),
		IPAddresses:  localIPs(),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, key.Public(), a.key)
	if err != nil {
		return nil, fmt.Errorf("make a certificate for HTTPS: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("read the certificate for HTTPS just made: %w", err)
	}
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: cert}, nil
}

// check says why a is not an authority of ours that works now, "" when it is.
func (a *authority) check(now time.Time) string {
	public, ok := a.cert.PublicKey.(*ecdsa.PublicKey)
	switch {
	case !ok || !public.Equal(a.key.Public()):
		return "its certificate does not belong to its key"
	case !a.cert.IsCA || a.cert.CheckSignatureFrom(a.cert) != nil:
		return "its certificate is not an authority's own"
	case !a.constrained():
		return "its certificate is not limited to this machine's names"
	case now.After(a.cert.NotAfter):
		return "it ended on " + a.cert.NotAfter.Format(time.DateOnly)
	case now.Before(a.cert.NotBefore):
		return "it begins on " + a.cert.NotBefore.Format(time.DateOnly) + ", so this machine's clock is wrong"
	}
	return ""
}

func (a *authority) constrained() bool {
	return a.cert.PermittedDNSDomainsCritical &&
		slices.Equal(a.cert.PermittedDNSDomains, localNames()) &&
		slices.EqualFunc(a.cert.PermittedIPRanges, singleIPs(localIPs()),
			func(x, y *net.IPNet) bool { return x.String() == y.String() })
}

func singleIPs(ips []net.IP) []*net.IPNet {
	var nets []*net.IPNet
	for _, ip := range ips {
		nets = append(nets, &net.IPNet{IP: ip, Mask: net.CIDRMask(8*len(ip), 8*len(ip))})
	}
	return nets
}

// serial returns 127 random bits: certificates of one authority must differ.
func serial() *big.Int {
	b := make([]byte, 16)
	_, _ = rand.Read(b)
	b[0] &= 0x7f
	return new(big.Int).SetBytes(b)
}
