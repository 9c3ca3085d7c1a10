package badgerstore

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

func TestATransposedSquareIsItselfWhenTurnedAgain(t *testing.T) {
	var a [64]uint64
	for i := range a {
		a[i] = rand.Uint64()
	}
	b := a
	transpose(&b)
	for i := range 64 {
		for j := range 64 {
			if a[i]>>j&1 != b[j]>>i&1 {
				t.Fatalf("bit %d of word %d is not bit %d of word %d", j, i, i, j)
			}
		}
	}
	transpose(&b)
	if a != b {
		t.Error("turned twice it is another")
	}
}

func TestPostingsComeBackAsTheyWere(t *testing.T) {
	for _, n := range []int{1, 2, 63, 64, 65, 1000, 4096} {
		for _, share := range []float64{0, 0.0005, 0.01, 0.1, 0.3, 0.5, 0.7, 0.95, 0.999, 1} {
			set, got := newBitset(n), newBitset(n)
			for i := range n {
				if rand.Float64() < share {
					set.set(i)
				}
			}
			b := appendPosting(nil, set, n)
			if len(b) > n/8+2 {
				t.Errorf("%d of %d: %d bytes, want at most a bit each", set.count(), n, len(b))
			}
			if err := decodePosting(b, got, n); err != nil || !bytes.Equal(bytesOf(got), bytesOf(set)) {
				t.Errorf("%d of %d positions came back as %d, %v", set.count(), n, got.count(), err)
			}
		}
	}
}

func bytesOf(b bitset) (out []byte) {
	for _, w := range b {
		out = append(out, byte(w), byte(w>>8), byte(w>>16), byte(w>>24), byte(w>>32), byte(w>>40), byte(w>>48), byte(w>>56))
	}
	return out
}

// FuzzPosting: any bytes are an error or a set whose own posting comes back.
func FuzzPosting(f *testing.F) {
	for _, n := range []int{1, 64, 100, 4096} {
		set := newBitset(n)
		for i := 0; i < n; i += 7 {
			set.set(i)
		}
		f.Add(appendPosting(nil, set, n), uint16(n))
		set.flip(n)
		f.Add(appendPosting(nil, set, n), uint16(n))
	}
	f.Add([]byte{postingGaps, 15, 1, 0xff, 0xff}, uint16(4096))
	f.Fuzz(func(t *testing.T, b []byte, size uint16) {
		n := int(size)%4096 + 1
		set, again := newBitset(n), newBitset(n)
		if decodePosting(b, set, n) != nil {
			return
		}
		if err := decodePosting(appendPosting(nil, set, n), again, n); err != nil || !bytes.Equal(bytesOf(set), bytesOf(again)) {
			t.Errorf("%x of %d positions: %v", b, n, err)
		}
	})
}
