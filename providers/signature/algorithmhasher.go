package signature

import (
	"crypto/sha512"
	"encoding"
	"hash"
)

// hasher computes one hash after the other without memory for each.
type hasher struct {
	algorithm Algorithm // of state
	state     resumable
	begun     hmacState // the last one, in memory that is used again
	pad       [maxBlock]byte
	sum       [sha512.Size]byte
}

// resumable is a hash that can be left and taken up again; all those of the
// standard library can.
type resumable interface {
	hash.Hash
	encoding.BinaryAppender
	encoding.BinaryUnmarshaler
}

// maxBlock is the block size of SHA-512, the largest.
const maxBlock = 128

// over hashes the pieces one by one, so that a body of many megabytes is never
// copied. A piece that stands for the secret is replaced by that part of it.
// The result lasts until the next call.
func (h *hasher) over(a Algorithm, keyed bool, k *key, pieces []piece) []byte {
	if h.algorithm != a {
		h.algorithm, h.state = a, a.hash()().(resumable)
	}
	if keyed {
		return h.hmac(k, pieces)
	}
	h.state.Reset()
	k.write(h.state, pieces)
	return h.state.Sum(h.sum[:0])
}

// hmac is RFC 2104 written out: for the short bodies of most deliveries
// crypto/hmac takes as long to set up as to compute.
func (h *hasher) hmac(k *key, pieces []piece) []byte {
	begun := k.ready.find(h.algorithm, k.bytes)
	if begun == nil {
		begun = h.begin(k.bytes)
		if !k.once {
			k.ready.keep(begun)
		}
	}
	h.resume(begun.inner)
	k.write(h.state, pieces)
	sum := h.state.Sum(h.sum[:0])
	h.resume(begun.outer)
	h.state.Write(sum)
	return h.state.Sum(h.sum[:0])
}

// begin hashes the key, as both halves of an HMAC begin.
func (h *hasher) begin(key []byte) *hmacState {
	pad := h.pad[:h.state.BlockSize()]
	clear(pad)
	if len(key) > len(pad) {
		h.state.Reset()
		h.state.Write(key)
		h.state.Sum(pad[:0])
	} else {
		copy(pad, key)
	}
	b := &h.begun
	b.algorithm, b.key = h.algorithm, append(b.key[:0], key...)
	b.inner = h.after(b.inner[:0], pad, 0x36)
	b.outer = h.after(b.outer[:0], pad, 0x36^0x5c)
	return b
}

// after changes the pad and appends the state of the hash behind it to dst.
func (h *hasher) after(dst, pad []byte, change byte) []byte {
	for i := range pad {
		pad[i] ^= change
	}
	h.state.Reset()
	h.state.Write(pad)
	out, err := h.state.AppendBinary(dst)
	if err != nil {
		panic(err) // the standard library knows no reason
	}
	return out
}

func (h *hasher) resume(state []byte) {
	if err := h.state.UnmarshalBinary(state); err != nil {
		panic(err) // it is of the same hash
	}
}

// wipe leaves nothing of a key.
func (h *hasher) wipe() {
	if h.state == nil {
		return
	}
	h.state.Reset()
	clear(h.sum[:])
	if b := &h.begun; len(b.key) > 0 {
		clear(b.key)
		clear(b.inner)
		clear(b.outer)
		clear(h.pad[:])
		b.key = b.key[:0]
	}
}

// write puts the pieces into a hash.
func (k *key) write(h hash.Hash, pieces []piece) {
	for i := range pieces {
		p := &pieces[i]
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
func (k *key) piece(p Part) ([]byte, error) {
	b := k.bytes
	if p.Name != "" && p.Name != secretPart {
		b = []byte(k.parts[p.Name])
	}
	return p.apply(filterInput{Bytes: b})
}
