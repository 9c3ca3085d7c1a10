package signature

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"hash"
	"strings"
)

// Algorithm is a hash function. The weak ones stand here because providers
// still sign with them.
type Algorithm string

// The hash functions.
const (
	MD5    Algorithm = "md5"
	SHA1   Algorithm = "sha1"
	SHA256 Algorithm = "sha256"
	SHA384 Algorithm = "sha384"
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
	case SHA384:
		return sha512.New384
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
	case SHA384:
		return sha512.Size384
	case SHA512:
		return sha512.Size
	}
	return sha256.Size
}

// inWords is the name on screen: "HMAC-SHA256", "SHA-256".
func (a Algorithm) inWords(keyed bool) string {
	plain, hmac := "SHA-256", "HMAC-SHA256"
	switch a {
	case MD5:
		plain, hmac = "MD5", "HMAC-MD5"
	case SHA1:
		plain, hmac = "SHA-1", "HMAC-SHA1"
	case SHA384:
		plain, hmac = "SHA-384", "HMAC-SHA384"
	case SHA512:
		plain, hmac = "SHA-512", "HMAC-SHA512"
	}
	if keyed {
		return hmac
	}
	return plain
}

// named tells in which part a message names the algorithm, if that is what a
// says: "key:algorithm", "header:X-Algorithm".
func (a Algorithm) named() (Part, bool) {
	if !strings.Contains(string(a), ":") {
		return Part{}, false
	}
	p, err := ParsePart(string(a))
	return p, err == nil && (p.Kind == PartKey || p.Kind == PartHeader || p.Kind == PartJSON || p.Kind == PartForm)
}

// inHeaders is the name as messages have it: "SHA-256".
func (a Algorithm) inHeaders() string { return a.inWords(false) }

// sum is over for a key without parts.
func (a Algorithm) sum(keyed bool, secret []byte, pieces []piece) []byte {
	return a.over(keyed, key{bytes: secret}, pieces)
}

// over is sum for a secret with its parts.
func (a Algorithm) over(keyed bool, k key, pieces []piece) []byte {
	return new(hasher).over(a, keyed, &k, pieces)
}
