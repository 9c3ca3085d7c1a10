package signature

import (
	"crypto/cipher"
	"crypto/des"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// maxDerived bounds the part of a message that becomes a key, in bytes: an
// order number has a dozen.
const maxDerived = 1024

const tripleDES = "3des:"

var errNotDerived = errors.New("no key can be made of it")

func (f SecretForm) checkDerive() error {
	if f.Derive == "" {
		return nil
	}
	if _, of := f.ofMessage(); of {
		return nil
	}
	name, _ := strings.CutSuffix(f.Derive, "-hex")
	if !Algorithm(name).Known() {
		return fmt.Errorf("check scheme: derive %q of the secret, expected a hash, a hash and -hex, or 3des: and a part of the message", f.Derive)
	}
	return nil
}

// ofMessage is the part of the message that goes into the key, if one does.
func (f SecretForm) ofMessage() (Part, bool) {
	text, ok := strings.CutPrefix(f.Derive, tripleDES)
	if !ok {
		return Part{}, false
	}
	p, err := ParsePart(text)
	return p, err == nil && p.Kind.OfMessage()
}

// derived hashes the secret where the key is its hash.
func (f SecretForm) derived(secret []byte) ([]byte, error) {
	if f.Derive == "" {
		return secret, nil
	}
	if _, later := f.ofMessage(); later {
		if _, err := des.NewTripleDESCipher(secret); err != nil {
			return nil, errNotDerived
		}
		return secret, nil
	}
	name, asHex := strings.CutSuffix(f.Derive, "-hex")
	h := Algorithm(name).hash()()
	h.Write(secret)
	sum := h.Sum(nil)
	if asHex {
		return []byte(hex.EncodeToString(sum)), nil
	}
	return sum, nil
}

// derive finishes the keys that depend on the message.
func (c *check) derive(f SecretForm) *fault {
	p, of := f.ofMessage()
	if !of {
		return nil
	}
	value, missing := c.bytesOf(p)
	if missing != nil {
		return missing
	}
	if len(value) > maxDerived {
		where, want := p.inWords(), "at most "+itoa(maxDerived)+" bytes"
		return &fault{aboutAnything, where, want, itoa(int64(len(value))) + " bytes", where + " is too long for a key: expected " + want}
	}
	for i, k := range c.keys {
		block, err := des.NewTripleDESCipher(k.bytes)
		if err != nil {
			continue
		}
		padded := make([]byte, (len(value)+des.BlockSize-1)/des.BlockSize*des.BlockSize)
		copy(padded, value)
		cipher.NewCBCEncrypter(block, make([]byte, des.BlockSize)).CryptBlocks(padded, padded)
		c.keys[i].bytes = padded
	}
	return nil
}
