package badgerstore

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// bitset is a set of positions in a segment.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) set(i int)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }

// fill puts all of n positions into the set.
func (b bitset) fill(n int) {
	for i := range b {
		b[i] = ^uint64(0)
	}
	if n%64 != 0 {
		b[len(b)-1] = 1<<(n%64) - 1
	}
}

func (b bitset) and(other bitset) {
	for i := range b {
		b[i] &= other[i]
	}
}

func (b bitset) or(other bitset) {
	for i := range b {
		b[i] |= other[i]
	}
}

// flip turns b into the set of those of n positions that are not in it.
func (b bitset) flip(n int) {
	for i := range b {
		b[i] = ^b[i]
	}
	if n%64 != 0 {
		b[len(b)-1] &= 1<<(n%64) - 1
	}
}

func (b bitset) count() (n int) {
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// The forms of a posting: the positions in a segment of n captures that have
// something. It has at most n/8 + 2 bytes.
const (
	postingNone   = iota // no position; also an empty posting
	postingAll           // every position
	postingBitmap        // a bit each
	postingGaps          // the gaps between those that are there, Rice coded
	postingHoles         // the gaps between those that are not there, likewise
)

var errPosting = errors.New("posting cut short or malformed")

// appendPosting appends the shortest form of set, which is of n positions.
func appendPosting(out []byte, set bitset, n int) []byte {
	count := set.count()
	switch {
	case count == 0:
		return append(out, postingNone)
	case count == n:
		return append(out, postingAll)
	}
	form, few := byte(postingGaps), count
	if count > n/2 {
		form, few = postingHoles, n-count
	}
	k := riceParameter(n, few)
	start := len(out)
	w := bitWriter{out: binary.AppendUvarint(append(out, form, byte(k)), uint64(few))}
	eachGap(set, n, form, func(gap int) { w.rice(gap, k) })
	if gaps := w.end(); len(gaps) <= start+n/8 {
		return gaps
	}
	out = append(out[:start], postingBitmap)
	for i := range (n + 7) / 8 {
		out = append(out, byte(set[i/8]>>(i%8*8)))
	}
	return out
}

// riceParameter is the number of low bits for gaps of few among n.
func riceParameter(n, few int) int {
	return max(bits.Len(uint(n*7/10/few))-1, 0) // log2 of ln 2 times the mean
}

// eachGap calls f with the number of positions skipped before each one that is
// in set or, for postingHoles, that is not.
func eachGap(set bitset, n int, form byte, f func(gap int)) {
	next := 0
	for i, w := range set {
		if form == postingHoles {
			w = ^w
		}
		for ; w != 0; w &= w - 1 {
			at := i*64 + bits.TrailingZeros64(w)
			if at >= n {
				return
			}
			f(at - next)
			next = at + 1
		}
	}
}

// decodePosting reads a posting of n positions into set, which is overwritten.
func decodePosting(posting []byte, set bitset, n int) error {
	clear(set)
	if len(posting) == 0 {
		return nil
	}
	form, rest := posting[0], posting[1:]
	switch {
	case form == postingNone && len(rest) == 0:
		return nil
	case form == postingAll && len(rest) == 0:
		set.fill(n)
		return nil
	case form == postingBitmap && len(rest) == (n+7)/8:
		for i, b := range rest {
			set[i/8] |= uint64(b) << (i % 8 * 8)
		}
		if n%64 != 0 && set[len(set)-1]>>(n%64) != 0 {
			return errPosting
		}
		return nil
	case (form == postingGaps || form == postingHoles) && len(rest) > 1 && rest[0] < 16:
		if err := decodeGaps(rest[1:], int(rest[0]), set, n); err != nil {
			return err
		}
		if form == postingHoles {
			set.flip(n)
		}
		return nil
	}
	return errPosting
}

func decodeGaps(b []byte, k int, set bitset, n int) error {
	few, size := binary.Uvarint(b)
	if size <= 0 || few > uint64(n) {
		return errPosting
	}
	r := bitReader{in: b[size:]}
	at := -1
	for range few {
		gap, ok := r.rice(k, n)
		at += gap + 1
		if !ok || at >= n {
			return errPosting
		}
		set.set(at)
	}
	return r.end()
}
