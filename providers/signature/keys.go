package signature

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

const (
	// maxKeyText is the longest text that is read for keys, in bytes: room for
	// a set of dozens of keys with their certificates.
	maxKeyText = 64 << 10
	// maxPublicKeys is how many keys one text may hold.
	maxPublicKeys = 64
	// RSA keys outside these sizes, in bits, are refused: shorter ones can be
	// broken, longer ones make every check slow.
	minRSA, maxRSA = 1024, 8192
)

// publicKey is one key that a signature may have been made with.
type publicKey struct {
	// id is the key's name within a set ("kid"), empty when it has none.
	id string
	// key is an ed25519.PublicKey, *rsa.PublicKey or *ecdsa.PublicKey.
	key any
}

var errNoPublicKey = errors.New("expected a public key or certificate: PEM, base64 DER, a JWK or JWKS, or 32 bytes of Ed25519 in hex or base64")

// parsePublicKeys reads the public keys in text: PEM keys, certificates and
// chains, base64 of the same in DER, a JWK or JWKS, or the raw bytes of an
// Ed25519 key in hex, base64 or base64url. Its errors say nothing of text.
func parsePublicKeys(text string) ([]publicKey, error) {
	text = strings.TrimSpace(text)
	if len(text) > maxKeyText {
		return nil, fmt.Errorf("read public key: %d bytes, expected at most %d", len(text), maxKeyText)
	}
	var keys []publicKey
	var err error
	switch {
	case strings.HasPrefix(text, "{"):
		keys, err = jwkKeys(text)
	case strings.Contains(text, pemBegin):
		keys, err = pemKeys(text)
	default:
		keys, err = bareKey(text)
	}
	if err != nil {
		return nil, fmt.Errorf("read public key: %w", err)
	}
	if len(keys) > maxPublicKeys {
		return nil, fmt.Errorf("read public key: %d keys, expected at most %d", len(keys), maxPublicKeys)
	}
	for _, k := range keys {
		if err := checkKey(k.key); err != nil {
			return nil, fmt.Errorf("read public key: %w", err)
		}
	}
	return keys, nil
}

// checkKey refuses keys that are too weak, too slow or of another kind.
func checkKey(key any) error {
	switch k := key.(type) {
	case ed25519.PublicKey:
		if len(k) == ed25519.PublicKeySize {
			return checkEd25519(k)
		}
	case *rsa.PublicKey:
		if bits := k.N.BitLen(); bits < minRSA || bits > maxRSA {
			return fmt.Errorf("an RSA key of %d bits, expected %d to %d", bits, minRSA, maxRSA)
		}
		return nil
	case *ecdsa.PublicKey:
		switch k.Curve {
		case elliptic.P256(), elliptic.P384(), elliptic.P521():
			return nil
		}
	}
	return errors.New("expected a key of RSA, Ed25519, or ECDSA on P-256, P-384 or P-521")
}

// bareKey reads base64 of DER, or the 32 bytes of an Ed25519 key.
func bareKey(text string) ([]publicKey, error) {
	text = withoutSpace(text)
	if len(text) == 2*ed25519.PublicKeySize {
		if b, err := hex.DecodeString(text); err == nil {
			return []publicKey{{key: ed25519.PublicKey(b)}}, nil
		}
	}
	b, err := unbase64(text)
	if err != nil {
		return nil, errNoPublicKey
	}
	if len(b) == ed25519.PublicKeySize {
		return []publicKey{{key: ed25519.PublicKey(b)}}, nil
	}
	if strings.HasPrefix(string(b), pemBegin) { // some dashboards wrap PEM once more
		return pemKeys(string(b))
	}
	if key, err := derKey(b); err == nil {
		return []publicKey{{key: key}}, nil
	}
	return nil, errNoPublicKey
}

// derKey reads a public key in DER: SPKI, PKCS 1, or inside a certificate.
func derKey(der []byte) (any, error) {
	if key, err := x509.ParsePKIXPublicKey(der); err == nil {
		return key, nil
	}
	if key, err := x509.ParsePKCS1PublicKey(der); err == nil {
		return key, nil
	}
	if c, err := x509.ParseCertificate(der); err == nil {
		return c.PublicKey, nil
	}
	return nil, errNoPublicKey
}

// withoutSpace drops white space, and the letters \n and \r that stand for
// line ends in settings of one line.
func withoutSpace(text string) string {
	return strings.NewReplacer(`\n`, "", `\r`, "", " ", "", "\t", "", "\n", "", "\r", "").Replace(text)
}

const (
	pemBegin = "-----BEGIN "
	pemEnd   = "-----END "
	pemDash  = "-----"
)

// pemBlock is one block of a PEM text.
type pemBlock struct {
	label string
	der   []byte
}

// pemBlocks reads a PEM text also when its line ends were lost on the way, as
// happens in settings and web forms; encoding/pem wants them.
func pemBlocks(text string) ([]pemBlock, error) {
	var blocks []pemBlock
	for {
		_, rest, found := strings.Cut(text, pemBegin)
		if !found {
			return blocks, nil
		}
		label, rest, ok := strings.Cut(rest, pemDash)
		if !ok || len(label) > 64 {
			return nil, errors.New("a PEM block whose first line is not complete")
		}
		inside, rest, ok := strings.Cut(rest, pemEnd+label+pemDash)
		if !ok {
			return nil, errors.New("a PEM block whose last line is missing")
		}
		der, err := base64.StdEncoding.DecodeString(withoutSpace(inside))
		if err != nil {
			return nil, errors.New("a PEM block that is not base64")
		}
		if len(blocks) == maxPublicKeys {
			return nil, fmt.Errorf("more than %d PEM blocks", maxPublicKeys)
		}
		blocks, text = append(blocks, pemBlock{label, der}), rest
	}
}

// pemKeys reads keys and certificates. Of a chain the first certificate
// counts: the others vouch for it and sign no messages.
func pemKeys(text string) ([]publicKey, error) {
	blocks, err := pemBlocks(text)
	if err != nil {
		return nil, err
	}
	var keys []publicKey
	var certificates []*x509.Certificate
	for _, b := range blocks {
		if strings.Contains(b.label, "PRIVATE") {
			return nil, errors.New("a private key, expected the public one")
		}
		if c, err := x509.ParseCertificate(b.der); err == nil {
			certificates = append(certificates, c)
			continue
		}
		key, err := derKey(b.der)
		if err != nil {
			return nil, err
		}
		keys = append(keys, publicKey{key: key})
	}
	for _, c := range certificates {
		if !issued(c, certificates) {
			keys = append(keys, publicKey{key: c.PublicKey})
		}
	}
	if len(keys) == 0 {
		return nil, errNoPublicKey
	}
	return keys, nil
}

// issued tells whether c stands there to vouch for another certificate.
func issued(c *x509.Certificate, all []*x509.Certificate) bool {
	for _, other := range all {
		if other != c && string(other.RawIssuer) == string(c.RawSubject) && string(other.RawSubject) != string(c.RawSubject) {
			return true
		}
	}
	return false
}
