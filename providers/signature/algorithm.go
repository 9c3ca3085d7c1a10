package signature

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"hash"
)

// Algorithm is a hash function. The weak ones stand here because providers
// still sign with them.
type Algorithm string

// The hash functions.
const (
	MD5    Algorithm = "md5"
	SHA1   Algorithm = "sha1"
	SHA256 Algorithm = "sha256"
	SHA512 Algorithm = "sha512"
)

// Known tells whether a is one of the constants.
func (a Algorithm) Known() bool { return a.hash() != nil }

func (a Algorithm) hash() func() hash.Hash {
	switch a {
	case MD5:
		return md5.New
	case SHA1:
		return sha1.New
	case SHA256:
		return sha256.New
	case SHA512:
		return sha512.New
	}
	return nil
}

// size is the length of a result in bytes.
func (a Algorithm) size() int {
	switch a {
	case MD5:
		return md5.Size
	case SHA1:
		return sha1.Size
	case SHA512:
		return sha512.Size
	}
	return sha256.Size
}

// inWords is the name on screen: "HMAC-SHA256", "SHA-256".
func (a Algorithm) inWords(keyed bool) string {
	name, plain := "SHA256", "SHA-256"
	switch a {
	case MD5:
		name, plain = "MD5", "MD5"
	case SHA1:
		name, plain = "SHA1", "SHA-1"
	case SHA512:
		name, plain = "SHA512", "SHA-512"
	}
	if keyed {
		return "HMAC-" + name
	}
	return plain
}

// sum hashes the pieces one by one, so that a body of many megabytes is never
// copied. A piece that stands for the secret is replaced by key.
func (a Algorithm) sum(keyed bool, key []byte, pieces []piece) []byte {
	newHash := a.hash()
	var h hash.Hash
	if keyed {
		h = hmac.New(newHash, key)
	} else {
		h = newHash()
	}
	for _, p := range pieces {
		if p.secret {
			h.Write(key)
		} else {
			h.Write(p.bytes)
		}
	}
	return h.Sum(nil)
}
