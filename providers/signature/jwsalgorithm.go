package signature

import (
	"crypto/ecdsa"
	"crypto/hmac"
	"encoding/asn1"
	"math/big"
	"slices"
)

// joseAlgorithm is one "alg" of RFC 7518 and RFC 8037.
type joseAlgorithm struct {
	// shared is the hash of an HMAC, public the algorithm with a key pair; one
	// of them is empty.
	shared Algorithm
	public PublicAlgorithm
	// half is the length of each of the two numbers of an ECDSA signature, in
	// bytes; tokens write them side by side and not in ASN.1.
	half int
}

// joseAlgorithmOf returns the algorithm that a scheme may allow under that
// name. "none" is not among them.
func joseAlgorithmOf(name string) (joseAlgorithm, bool) {
	switch name {
	case "HS256":
		return joseAlgorithm{shared: SHA256}, true
	case "HS384":
		return joseAlgorithm{shared: SHA384}, true
	case "HS512":
		return joseAlgorithm{shared: SHA512}, true
	case "RS256":
		return joseAlgorithm{public: RSASHA256}, true
	case "RS384":
		return joseAlgorithm{public: RSASHA384}, true
	case "RS512":
		return joseAlgorithm{public: RSASHA512}, true
	case "PS256":
		return joseAlgorithm{public: RSAPSSSHA256}, true
	case "PS384":
		return joseAlgorithm{public: RSAPSSSHA384}, true
	case "PS512":
		return joseAlgorithm{public: RSAPSSSHA512}, true
	case "ES256":
		return joseAlgorithm{public: ECDSASHA256, half: 32}, true
	case "ES384":
		return joseAlgorithm{public: ECDSASHA384, half: 48}, true
	case "ES512":
		return joseAlgorithm{public: ECDSASHA512, half: 66}, true
	case "EdDSA":
		return joseAlgorithm{public: Ed25519}, true
	}
	return joseAlgorithm{}, false
}

// verify checks a signature with a public key.
func (a joseAlgorithm) verify(key any, pieces [][]byte, sig []byte) bool {
	if a.half == 0 {
		return a.public.verify(key, pieces, sig)
	}
	k, ok := key.(*ecdsa.PublicKey)
	if !ok || len(sig) != 2*a.half || (k.Curve.Params().BitSize+7)/8 != a.half {
		return false
	}
	der, err := asn1.Marshal(ecdsaPair{new(big.Int).SetBytes(sig[:a.half]), new(big.Int).SetBytes(sig[a.half:])})
	return err == nil && a.public.verify(key, pieces, der)
}

// ecdsaPair is an ECDSA signature as ASN.1 has it.
type ecdsaPair struct{ R, S *big.Int }

// fits tells whether a key of that type can have signed with a.
func (a joseAlgorithm) fits(key any) bool {
	if k, ok := key.(*ecdsa.PublicKey); ok && (k.Curve.Params().BitSize+7)/8 != a.half {
		return false
	}
	return a.public != "" && a.public.fits(key)
}

// unwrap writes an ECDSA signature side by side, as tokens have it.
func (a joseAlgorithm) unwrap(sig []byte) ([]byte, error) {
	if a.half == 0 {
		return sig, nil
	}
	var pair ecdsaPair
	if _, err := asn1.Unmarshal(sig, &pair); err != nil {
		return nil, err
	}
	out := make([]byte, 2*a.half)
	pair.R.FillBytes(out[:a.half])
	pair.S.FillBytes(out[a.half:])
	return out, nil
}

// mac is the HMAC over the pieces.
func (a joseAlgorithm) mac(key []byte, pieces [][]byte) []byte {
	h := hmac.New(a.shared.hash(), key)
	for _, p := range pieces {
		h.Write(p)
	}
	return h.Sum(nil)
}

// anyShared tells whether one of the algorithms is an HMAC.
func anyShared(algorithms []string) bool {
	return slices.ContainsFunc(algorithms, func(name string) bool {
		a, ok := joseAlgorithmOf(name)
		return ok && a.shared != ""
	})
}

// anyPublic tells whether one of the algorithms has a key pair.
func anyPublic(algorithms []string) bool {
	return slices.ContainsFunc(algorithms, func(name string) bool {
		a, ok := joseAlgorithmOf(name)
		return ok && a.public != ""
	})
}
