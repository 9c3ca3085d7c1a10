package signature

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
	"hash"
	"strings"
)

// PublicAlgorithm is a way of signing with a private key that anybody can
// check with the public one. Those with SHA-1 stand here because providers
// still sign with them.
type PublicAlgorithm string

// The algorithms. Those of ECDSA write a signature as ASN.1 in DER.
const (
	Ed25519      PublicAlgorithm = "ed25519"
	RSASHA1      PublicAlgorithm = "rsa-sha1"
	RSASHA256    PublicAlgorithm = "rsa-sha256"
	RSASHA384    PublicAlgorithm = "rsa-sha384"
	RSASHA512    PublicAlgorithm = "rsa-sha512"
	RSAPSSSHA256 PublicAlgorithm = "rsa-pss-sha256"
	RSAPSSSHA384 PublicAlgorithm = "rsa-pss-sha384"
	RSAPSSSHA512 PublicAlgorithm = "rsa-pss-sha512"
	ECDSASHA1    PublicAlgorithm = "ecdsa-sha1"
	ECDSASHA256  PublicAlgorithm = "ecdsa-sha256"
	ECDSASHA384  PublicAlgorithm = "ecdsa-sha384"
	ECDSASHA512  PublicAlgorithm = "ecdsa-sha512"
)

// Known tells whether a is one of the constants.
func (a PublicAlgorithm) Known() bool {
	switch a {
	case Ed25519, RSASHA1, RSASHA256, RSASHA384, RSASHA512, RSAPSSSHA256, RSAPSSSHA384, RSAPSSSHA512,
		ECDSASHA1, ECDSASHA256, ECDSASHA384, ECDSASHA512:
		return true
	}
	return false
}

// inWords is the name on screen: "Ed25519", "RSA-PSS with SHA-256".
func (a PublicAlgorithm) inWords() string {
	if a == Ed25519 {
		return "Ed25519"
	}
	at := strings.LastIndex(string(a), "-sha")
	if at < 0 {
		return string(a)
	}
	return strings.ToUpper(string(a)[:at]) + " with SHA-" + string(a)[at+len("-sha"):]
}

// digest hashes the pieces one by one. Ed25519 has none.
func (a PublicAlgorithm) digest(pieces [][]byte) (crypto.Hash, []byte) {
	var h hash.Hash
	var name crypto.Hash
	switch {
	case strings.HasSuffix(string(a), "-sha1"):
		name, h = crypto.SHA1, sha1.New()
	case strings.HasSuffix(string(a), "-sha256"):
		name, h = crypto.SHA256, sha256.New()
	case strings.HasSuffix(string(a), "-sha384"):
		name, h = crypto.SHA384, sha512.New384()
	default:
		name, h = crypto.SHA512, sha512.New()
	}
	for _, p := range pieces {
		h.Write(p)
	}
	return name, h.Sum(nil)
}

// joined is the pieces in one; a single one is not copied.
func joined(pieces [][]byte) []byte {
	if len(pieces) == 1 {
		return pieces[0]
	}
	return bytes.Join(pieces, nil)
}

// verify tells whether sig was made over the pieces with the private half of
// key. A key of another type is no error: nothing it signed would fit.
func (a PublicAlgorithm) verify(key any, pieces [][]byte, sig []byte) bool {
	switch k := key.(type) {
	case ed25519.PublicKey:
		return a == Ed25519 && len(k) == ed25519.PublicKeySize && ed25519.Verify(k, joined(pieces), sig)
	case *ecdsa.PublicKey:
		if !a.Known() || !strings.HasPrefix(string(a), "ecdsa-") {
			return false
		}
		_, sum := a.digest(pieces)
		return ecdsa.VerifyASN1(k, sum, sig)
	case *rsa.PublicKey:
		if !a.Known() || !strings.HasPrefix(string(a), "rsa-") {
			return false
		}
		name, sum := a.digest(pieces)
		if strings.HasPrefix(string(a), "rsa-pss-") {
			return rsa.VerifyPSS(k, name, sum, sig, nil) == nil
		}
		return rsa.VerifyPKCS1v15(k, name, sum, sig) == nil
	}
	return false
}

// sign makes a signature over the pieces. It fails when key is of another
// type than a needs.
func (a PublicAlgorithm) sign(key crypto.Signer, pieces [][]byte) ([]byte, error) {
	if !a.fits(key.Public()) {
		return nil, fmt.Errorf("sign: the key is %s, expected one for %s", keyInWords(key.Public()), a.inWords())
	}
	if a == Ed25519 {
		return key.Sign(rand.Reader, joined(pieces), crypto.Hash(0))
	}
	name, sum := a.digest(pieces)
	if strings.HasPrefix(string(a), "rsa-pss-") {
		return key.Sign(rand.Reader, sum, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: name})
	}
	return key.Sign(rand.Reader, sum, name)
}

// fits tells whether a key of that type can have signed with a.
func (a PublicAlgorithm) fits(key any) bool {
	switch key.(type) {
	case ed25519.PublicKey:
		return a == Ed25519
	case *rsa.PublicKey:
		return a.Known() && strings.HasPrefix(string(a), "rsa-")
	case *ecdsa.PublicKey:
		return a.Known() && strings.HasPrefix(string(a), "ecdsa-")
	}
	return false
}

// keyInWords says what a public key is: "an RSA key of 2048 bits".
func keyInWords(key any) string {
	switch k := key.(type) {
	case ed25519.PublicKey:
		return "an Ed25519 key"
	case *rsa.PublicKey:
		return "an RSA key of " + itoa(int64(k.N.BitLen())) + " bits"
	case *ecdsa.PublicKey:
		return "an ECDSA key on " + k.Curve.Params().Name
	}
	return "no public key"
}
