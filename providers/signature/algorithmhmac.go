package signature

import (
	"bytes"
	"crypto/subtle"
)

// hmacState is an HMAC whose key was hashed already: a hash in each half.
type hmacState struct {
	algorithm         Algorithm
	key, inner, outer []byte
}

// find returns the state behind that key, nil if it isn't at hand.
func (r *ready) find(a Algorithm, key []byte) *hmacState {
	if r == nil {
		return nil
	}
	s := r.first.Load()
	if s == nil || s.algorithm != a || !sameList(s.key, key) && subtle.ConstantTimeCompare(s.key, key) != 1 {
		return nil
	}
	return s
}

// keep takes a copy of s if nothing is kept yet.
func (r *ready) keep(s *hmacState) {
	if r == nil || r.first.Load() != nil {
		return
	}
	r.first.CompareAndSwap(nil, &hmacState{s.algorithm, bytes.Clone(s.key), bytes.Clone(s.inner), bytes.Clone(s.outer)})
}
