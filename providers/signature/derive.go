package signature

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// maxDerived bounds the part of a message that becomes a key, in bytes: an
// order number has a dozen.
const maxDerived = 1024

const (
	tripleDES = "3des:"
	aes128    = "aes:"
)

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
		return fmt.Errorf("check scheme: derive %q of the secret, expected a hash, a hash and -hex, or 3des: or aes: and a part of the message", f.Derive)
	}
	return nil
}

// ofMessage is the part of the message that goes into the key, if one does.
func (f SecretForm) ofMessage() (Part, bool) {
	text, ok := strings.CutPrefix(f.Derive, tripleDES)
	if !ok {
		text, ok = strings.CutPrefix(f.Derive, aes128)
	}
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
	if _, later := f.ofMessage(); later && strings.HasPrefix(f.Derive, aes128) {
		return secret, nil
	} else if later {
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
	value, _, missing := c.bytesOf(&p)
	if missing != nil {
		return missing
	}
	if len(value) == 0 {
		// The key would be empty or known, and anybody could sign.
		where := p.inWords()
		return &fault{aboutAnything, where, "a value", "none", where + " is empty: the key is made of it"}
	}
	if len(value) > maxDerived {
		where, want := p.inWords(), "at most "+itoa(maxDerived)+" bytes"
		return &fault{aboutAnything, where, want, itoa(int64(len(value))) + " bytes", where + " is too long for a key: expected " + want}
	}
	encrypt := tripleDESOf
	if strings.HasPrefix(f.Derive, aes128) {
		encrypt = aesOf
	}
	for i, k := range c.keys {
		if made, ok := encrypt(k.bytes, value); ok {
			c.keys[i].bytes, c.keys[i].once = made, true
		}
	}
	return nil
}

// tripleDESOf is text encrypted in CBC mode with a vector of zeros, padded
// with zeros.
func tripleDESOf(secret, text []byte) ([]byte, bool) {
	block, err := des.NewTripleDESCipher(secret)
	if err != nil {
		return nil, false
	}
	padded := make([]byte, (len(text)+des.BlockSize-1)/des.BlockSize*des.BlockSize)
	copy(padded, text)
	cipher.NewCBCEncrypter(block, make([]byte, des.BlockSize)).CryptBlocks(padded, padded)
	return padded, true
}

// aesOf is the base64 of text encrypted with AES-128 in CBC mode, a vector of
// zeros and PKCS #7 padding; the key is the first 16 bytes of the secret, a
// shorter one is filled up with the digit 0 (Redsys, HMAC_SHA512_V2).
func aesOf(secret, text []byte) ([]byte, bool) {
	secret = append(bytes.Clone(secret[:min(len(secret), aes.BlockSize)]), bytes.Repeat([]byte{'0'}, max(0, aes.BlockSize-len(secret)))...)
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, false
	}
	fill := aes.BlockSize - len(text)%aes.BlockSize
	padded := append(bytes.Clone(text), bytes.Repeat([]byte{byte(fill)}, fill)...)
	cipher.NewCBCEncrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(padded, padded)
	return []byte(base64.StdEncoding.EncodeToString(padded)), true
}
