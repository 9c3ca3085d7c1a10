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
	names := [2]string{"SHA-256", "HMAC-SHA256"}
	switch a {
	case MD5:
		names = [2]string{"MD5", "HMAC-MD5"}
	case SHA1:
		names = [2]string{"SHA-1", "HMAC-SHA1"}
	case SHA384:
		names = [2]string{"SHA-384", "HMAC-SHA384"}
	case SHA512:
		names = [2]string{"SHA-512", "HMAC-SHA512"}
	}
	if keyed {
		return names[1]
	}
	return names[0]
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

// over hashes the pieces one by one, so that a body of many megabytes is never
// copied. A piece that stands for the secret is replaced by that part of it.
func (a Algorithm) over(keyed bool, k key, pieces []piece) []byte {
	if keyed {
		return a.hmac(k, pieces)
	}
	h := a.hash()()
	k.write(h, pieces)
	return h.Sum(nil)
}

// maxBlock is the block size of SHA-512, the largest.
const maxBlock = 128

// hmac is RFC 2104 written out: for the short bodies of most deliveries
// crypto/hmac takes as long to set up as to compute.
func (a Algorithm) hmac(k key, pieces []piece) []byte {
	h := a.hash()()
	pad := make([]byte, maxBlock)[:h.BlockSize()]
	if len(k.bytes) > len(pad) {
		h.Write(k.bytes)
		h.Sum(pad[:0])
		h.Reset()
	} else {
		copy(pad, k.bytes)
	}
	for i := range pad {
		pad[i] ^= 0x36
	}
	h.Write(pad)
	k.write(h, pieces)
	for i := range pad {
		pad[i] ^= 0x36 ^ 0x5c
	}
	inner := h.Sum(make([]byte, 0, 2*sha512.Size))
	h.Reset()
	h.Write(pad)
	h.Write(inner)
	return h.Sum(inner[len(inner):])
}

// write puts the pieces into a hash.
func (k key) write(h hash.Hash, pieces []piece) {
	for _, p := range pieces {
		if p.secret {
			// A filter that cannot take the secret leaves it out: no signature fits.
			b, _ := k.piece(*p.part)
			h.Write(b)
		} else {
			h.Write(p.bytes)
		}
	}
}

// piece is what the secret has at p.
func (k key) piece(p Part) ([]byte, error) {
	b := k.bytes
	if p.Name != "" && p.Name != secretPart {
		b = []byte(k.parts[p.Name])
	}
	return p.apply(filterInput{Bytes: b})
}
