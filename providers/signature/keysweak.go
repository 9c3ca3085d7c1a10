package signature

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"slices"
)

// smallOrder are the y-coordinates of the eight points of edwards25519 whose
// order divides eight, as RFC 8032 writes them, little-endian and without the
// sign of x: 0, 1, -1 and the two of order eight. With such a key a signature
// can be made that fits any message.
var smallOrder = [...]string{
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0100000000000000000000000000000000000000000000000000000000000000",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
}

// checkEd25519 refuses keys of small order, and encodings of a coordinate that
// is not below 2^255-19: RFC 8032, section 5.1.3, has none, and a key must not
// have two.
func checkEd25519(k ed25519.PublicKey) error {
	y := slices.Clone(k)
	y[31] &= 0x7f
	if slices.Contains(smallOrder[:], hex.EncodeToString(y)) {
		return errors.New("an Ed25519 key of small order, expected one with which not every message can be signed")
	}
	if y[0] < 0xed || y[31] != 0x7f {
		return nil
	}
	for _, b := range y[1:31] {
		if b != 0xff {
			return nil
		}
	}
	return errors.New("an Ed25519 key whose coordinate is not below 2^255-19, expected the encoding of RFC 8032")
}
