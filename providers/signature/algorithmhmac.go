package signature

import (
	"bytes"
	"crypto/subtle"
	"sync/atomic"
)

// hmacState is an HMAC whose key was hashed already: a hash in each half.
type hmacState struct {
	algorithm         Algorithm
	key, inner, outer []byte
}

// hmacCache keeps the beginning of an HMAC with one secret. The first key and
// algorithm that it was used with stay; they don't change while a provider has
// the secret. It can be used by several goroutines.
type hmacCache struct{ first atomic.Pointer[hmacState] }

// find returns the state behind that key, nil if it isn't at hand.
func (c *hmacCache) find(a Algorithm, key []byte) *hmacState {
	if c == nil {
		return nil
	}
	s := c.first.Load()
	if s == nil || s.algorithm != a || subtle.ConstantTimeCompare(s.key, key) != 1 {
		return nil
	}
	return s
}

// keep takes a copy of s if nothing is kept yet.
func (c *hmacCache) keep(s *hmacState) {
	if c == nil || c.first.Load() != nil {
		return
	}
	c.first.CompareAndSwap(nil, &hmacState{s.algorithm, bytes.Clone(s.key), bytes.Clone(s.inner), bytes.Clone(s.outer)})
}
