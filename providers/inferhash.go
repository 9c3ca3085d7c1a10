package providers

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"hash"

	"shopbell/providers/signature"
)

// keyedHash is a keyed hash that may have made a signature.
type keyedHash struct {
	hash.Hash
	algorithm signature.Algorithm
	form      signature.SecretForm
	rare      bool
}

// plainHash is one without a key.
type plainHash struct {
	hash.Hash
	algorithm signature.Algorithm
}

// probe is a signature that a public key may have made.
type probe struct {
	place int
	signature.KeyProbe
	form signature.SecretForm
}

// prepare makes all that the search computes with: hashes of the lengths that
// the signatures have, for every form of the secret.
func (q *inference) prepare() {
	q.sums = map[string][]int{}
	usual, rare := formsOf(q.secret.Value())
	began := map[signature.Algorithm]bool{}
	for i, p := range q.places {
		q.probe(i, usual)
		a, ok := hashOf(len(p.bytes))
		if !ok {
			continue
		}
		q.sums[string(p.bytes)] = append(q.sums[string(p.bytes)], i)
		if began[a] {
			continue
		}
		began[a] = true
		q.hashes = append(q.hashes, plainHash{newHash(a)(), a})
		for j, form := range append(usual, rare...) {
			if key := q.keyBytes(form, "secret"); len(key) > 0 {
				q.macs = append(q.macs, keyedHash{hmac.New(newHash(a), key), a, form, j >= len(usual)})
			}
		}
	}
	q.gather()
}

// probe takes the secret for a public key, with and without a prefix.
func (q *inference) probe(at int, forms []signature.SecretForm) {
	for _, form := range forms {
		if form.Encoding != "" || form.After != "" {
			continue // keys are read in all their encodings
		}
		text := string(q.keyBytes(form, "secret"))
		if p, ok := signature.ProbeKey(text, q.places[at].bytes); ok {
			q.probes = append(q.probes, probe{at, p, form})
		}
	}
}

func newHash(a signature.Algorithm) func() hash.Hash {
	switch a {
	case signature.MD5:
		return md5.New
	case signature.SHA1:
		return sha1.New
	case signature.SHA384:
		return sha512.New384
	case signature.SHA512:
		return sha512.New
	}
	return sha256.New
}

// try computes a signature over the text of c in every way, and tells whether
// the search is over.
func (q *inference) try(c []*atom) bool {
	size, inside := 0, false
	for _, a := range c {
		size += len(a.text)
		inside = inside || a.isSecret()
	}
	if size == 0 { // a signature over nothing covers nothing
		return q.done
	}
	if q.over(size) {
		return true
	}
	q.texts++
	sum := q.sum[:0]
	if inside {
		for _, h := range q.hashes {
			if at := q.sums[string(written(h, c, sum))]; at != nil && q.hitHash(c, at, h) {
				return true
			}
		}
		return false
	}
	for _, h := range q.macs {
		if h.rare && !q.rare {
			continue
		}
		if at := q.sums[string(written(h, c, sum))]; at != nil && q.hitMAC(c, at, h) {
			return true
		}
	}
	return q.tryKeys(c)
}

// isSecret tells whether a stands for the key itself.
func (a *atom) isSecret() bool { return a.secret != nil && a.secret.Parts == nil }

// written is the hash of the text of c.
func written(h hash.Hash, c []*atom, sum []byte) []byte {
	h.Reset()
	for _, a := range c {
		h.Write(a.text)
	}
	return h.Sum(sum)
}

// tryKeys asks whether a private key signed the text of c.
func (q *inference) tryKeys(c []*atom) bool {
	if len(q.probes) == 0 {
		return false
	}
	pieces := make([][]byte, len(c))
	for i, a := range c {
		pieces[i] = a.text
	}
	for _, p := range q.probes {
		q.due -= 1 << 12 // it takes as long as hashing that much
		if a, ok := p.Signed(pieces); ok && q.hitKey(c, p, a) {
			return true
		}
	}
	return false
}
