package badgerstore

import (
	"encoding/binary"
	"math/bits"
)

// bitWriter appends bits to out, the lowest of each byte first.
type bitWriter struct {
	out  []byte
	room uint64
	n    int // bits in room, below 32 between calls
}

// bits writes the low n bits of v, which has no others; n is at most 32.
func (w *bitWriter) bits(v uint64, n int) {
	w.room |= v << w.n
	if w.n += n; w.n >= 32 {
		w.out = binary.LittleEndian.AppendUint32(w.out, uint32(w.room))
		w.room >>= 32
		w.n -= 32
	}
}

// rice writes v: v>>k ones, a zero, and the k low bits.
func (w *bitWriter) rice(v, k int) {
	high := v >> k
	for ; high >= 31; high -= 31 {
		w.bits(1<<31-1, 31)
	}
	w.bits(1<<high-1, high+1)
	w.bits(uint64(v)&(1<<k-1), k)
}

// end appends what is left, filled up with zeros.
func (w *bitWriter) end() []byte {
	for ; w.n > 0; w.n -= 8 {
		w.out = append(w.out, byte(w.room))
		w.room >>= 8
	}
	return w.out
}

// bitReader reads what bitWriter wrote.
type bitReader struct {
	in   []byte
	room uint64
	n    int // bits in room
}

// fill makes room hold at least 56 bits, or all there are.
func (r *bitReader) fill() {
	for r.n <= 56 && len(r.in) > 0 {
		r.room |= uint64(r.in[0]) << r.n
		r.in = r.in[1:]
		r.n += 8
	}
}

// rice reads a number of at most limit; false when there is none.
func (r *bitReader) rice(k, limit int) (v int, ok bool) {
	high := 0
	for {
		r.fill()
		ones := bits.TrailingZeros64(^r.room)
		if ones < r.n {
			high += ones
			r.room >>= ones + 1
			r.n -= ones + 1
			break
		}
		if high += r.n; len(r.in) == 0 || high > limit {
			return 0, false
		}
		r.room, r.n = 0, 0
	}
	if r.fill(); r.n < k || high > limit {
		return 0, false
	}
	v = high<<k | int(r.room&(1<<k-1))
	r.room >>= k
	r.n -= k
	return v, true
}

// end checks that nothing is left but the zeros that fill the last byte.
func (r *bitReader) end() error {
	if len(r.in) > 0 || r.n >= 8 || r.room != 0 {
		return errPosting
	}
	return nil
}
