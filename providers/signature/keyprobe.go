package signature

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"math/big"
)

// KeyProbe finds out what was signed with the private half of a public key,
// out of many texts that may have been.
type KeyProbe struct {
	sig  []byte
	ways []probeWay
}

// probeWay is a key with one of the algorithms that it can sign with.
type probeWay struct {
	key       any
	algorithm PublicAlgorithm
	// digest is what RSA hides in a signature; nil where nothing can be read.
	digest []byte
}

// ProbeKey reads the public key that text is; ok is false when it is none, or
// none that makes signatures like sig.
func ProbeKey(text string, sig []byte) (p KeyProbe, ok bool) {
	keys, err := parsePublicKeys(text)
	if err != nil {
		return KeyProbe{}, false
	}
	p.sig = sig
	for _, k := range keys {
		p.ways = append(p.ways, waysOf(k.key, sig)...)
	}
	return p, len(p.ways) > 0
}

func waysOf(key any, sig []byte) (ways []probeWay) {
	switch k := key.(type) {
	case ed25519.PublicKey:
		if len(sig) == ed25519.SignatureSize {
			ways = append(ways, probeWay{k, Ed25519, nil})
		}
	case *ecdsa.PublicKey:
		if len(sig) > 8 && sig[0] == 0x30 { // a sequence in DER
			for _, a := range [...]PublicAlgorithm{ECDSASHA256, ECDSASHA512, ECDSASHA384, ECDSASHA1} {
				ways = append(ways, probeWay{k, a, nil})
			}
		}
	case *rsa.PublicKey:
		if len(sig) != k.Size() {
			return nil
		}
		if a, digest, ok := openRSA(k, sig); ok {
			return []probeWay{{k, a, digest}}
		}
		for _, a := range [...]PublicAlgorithm{RSAPSSSHA256, RSAPSSSHA512, RSAPSSSHA384} {
			ways = append(ways, probeWay{k, a, nil})
		}
	}
	return ways
}

// openRSA reads the digest out of a signature in PKCS #1 v1.5 (RFC 8017, 9.2):
// 00 01 FF ... FF 00, the name of the hash in DER, the digest. The length of
// what follows the second zero tells which hash it is.
func openRSA(key *rsa.PublicKey, sig []byte) (PublicAlgorithm, []byte, bool) {
	c := new(big.Int).SetBytes(sig)
	if c.Cmp(key.N) >= 0 {
		return "", nil, false
	}
	padded := c.Exp(c, big.NewInt(int64(key.E)), key.N).FillBytes(make([]byte, key.Size()))
	rest, ok := bytes.CutPrefix(padded, []byte{0, 1, 0xff, 0xff})
	_, inner, zero := bytes.Cut(bytes.TrimLeft(rest, "\xff"), []byte{0})
	if !ok || !zero {
		return "", nil, false
	}
	for _, h := range [...]struct {
		algorithm    PublicAlgorithm
		name, digest int // bytes
	}{{RSASHA256, 19, 32}, {RSASHA1, 15, 20}, {RSASHA512, 19, 64}, {RSASHA384, 19, 48}} {
		if len(inner) == h.name+h.digest {
			return h.algorithm, inner[h.name:], true
		}
	}
	return "", nil, false
}

// Made tells whether the signature can be seen to come from the key, whatever
// was signed: RSA signatures with the older padding show it.
func (p KeyProbe) Made() bool { return len(p.ways) == 1 && p.ways[0].digest != nil }

// Signed tells whether the pieces, one behind the other, are what was signed,
// and by which algorithm.
func (p KeyProbe) Signed(pieces [][]byte) (PublicAlgorithm, bool) {
	for _, w := range p.ways {
		if w.digest != nil {
			if _, sum := w.algorithm.digest(pieces); !bytes.Equal(sum, w.digest) {
				continue
			}
		}
		if w.algorithm.verify(w.key, pieces, p.sig) {
			return w.algorithm, true
		}
	}
	return "", false
}
