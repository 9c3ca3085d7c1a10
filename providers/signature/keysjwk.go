package signature

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"math/big"
)

// jwk is a key as RFC 7517 and RFC 7518 write it: numbers in base64url.
type jwk struct {
	Kid string `json:"kid"`
	Kty string `json:"kty"`
	Use string `json:"use"`
	Crv string `json:"crv"`
	X   string `json:"x"`
	Y   string `json:"y"`
	N   string `json:"n"`
	E   string `json:"e"`
	D   string `json:"d"`
	P   string `json:"p"`
	Q   string `json:"q"`
}

// jwkKeys reads a JWK or a JWKS. Keys of a kind that signs nothing here are
// passed over, as RFC 7517 section 5 has it.
func jwkKeys(text string) ([]publicKey, error) {
	if !ValidJSON([]byte(text)) {
		return nil, errNotJSON
	}
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if json.Unmarshal([]byte(text), &set) != nil {
		return nil, errNoPublicKey
	}
	if set.Keys == nil {
		set.Keys = []json.RawMessage{json.RawMessage(text)}
	}
	if len(set.Keys) > maxPublicKeys {
		return nil, errors.New("more than " + itoa(maxPublicKeys) + " keys")
	}
	var keys []publicKey
	for _, raw := range set.Keys {
		var k jwk
		if json.Unmarshal(raw, &k) != nil || k.Use == "enc" {
			continue
		}
		if key := k.public(); key != nil && checkKey(key) == nil {
			keys = append(keys, publicKey{k.Kid, key})
		}
	}
	if len(keys) == 0 {
		return nil, errNoPublicKey
	}
	return keys, nil
}

// public returns the public key, nil when k is none. A shared key ("oct") is
// none: its bytes must not be mistaken for one.
func (k jwk) public() any {
	switch k.Kty {
	case "RSA":
		n, e := number(k.N), number(k.E)
		if n.Sign() > 0 && n.BitLen() <= maxRSA && e.IsInt64() && e.Int64() > 1 && e.BitLen() < 32 {
			return &rsa.PublicKey{N: n, E: int(e.Int64())}
		}
	case "EC":
		if key, err := k.point(); err == nil {
			return key
		}
	case "OKP":
		if x, err := Base64URL.decode(k.X); err == nil && k.Crv == "Ed25519" && len(x) == ed25519.PublicKeySize {
			return ed25519.PublicKey(x)
		}
	}
	return nil
}

// point reads an ECDSA key and checks that it is on its curve.
func (k jwk) point() (*ecdsa.PublicKey, error) {
	curve := jwkCurve(k.Crv)
	x, xErr := Base64URL.decode(k.X)
	y, yErr := Base64URL.decode(k.Y)
	if curve == nil || xErr != nil || yErr != nil {
		return nil, errNoPublicKey
	}
	size := (curve.Params().BitSize + 7) / 8
	if len(x) > size || len(y) > size {
		return nil, errNoPublicKey
	}
	point := make([]byte, 1+2*size)
	point[0] = 4
	copy(point[1+size-len(x):], x)
	copy(point[1+2*size-len(y):], y)
	return ecdsa.ParseUncompressedPublicKey(curve, point)
}

func jwkCurve(name string) elliptic.Curve {
	switch name {
	case "P-256":
		return elliptic.P256()
	case "P-384":
		return elliptic.P384()
	case "P-521":
		return elliptic.P521()
	}
	return nil
}

// number reads a big number; zero when there is none.
func number(text string) *big.Int {
	b, err := Base64URL.decode(text)
	if err != nil {
		return new(big.Int)
	}
	return new(big.Int).SetBytes(b)
}

// jwkSigner reads a private JWK.
func jwkSigner(text string) (crypto.Signer, error) {
	var k jwk
	if !ValidJSON([]byte(text)) || json.Unmarshal([]byte(text), &k) != nil {
		return nil, errNoPrivateKey
	}
	switch public := k.public().(type) {
	case *rsa.PublicKey:
		key := &rsa.PrivateKey{PublicKey: *public, D: number(k.D), Primes: []*big.Int{number(k.P), number(k.Q)}}
		if key.Validate() == nil {
			key.Precompute()
			return key, nil
		}
	case *ecdsa.PublicKey:
		d, err := Base64URL.decode(k.D)
		size := (public.Curve.Params().BitSize + 7) / 8
		if err != nil || len(d) > size {
			return nil, errNoPrivateKey
		}
		if key, err := ecdsa.ParseRawPrivateKey(public.Curve, append(make([]byte, size-len(d)), d...)); err == nil {
			return key, nil
		}
	case ed25519.PublicKey:
		if d, err := Base64URL.decode(k.D); err == nil && len(d) == ed25519.SeedSize {
			return ed25519.NewKeyFromSeed(d), nil
		}
	}
	return nil, errNoPrivateKey
}
