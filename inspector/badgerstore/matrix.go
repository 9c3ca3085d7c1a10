package badgerstore

import (
	"math/bits"

	"shopbell/inspector"
)

// matrixWords is how many words of 64 rows a capture has before folding.
const matrixWords = (termRows + 1<<mostGramBits) / 64

// gramRoom is how many rows there are for each gram that a capture has on
// average. With fewer, words are found where they are not and captures are read
// in vain; with more, the index grows.
const gramRoom = 5

// matrix is a segment in the making: which captures have which tokens. It takes
// some 8 MiB for a full segment and is used again for the next.
type matrix struct {
	n        int
	words    []uint64 // matrixWords for each capture
	always   bitset   // captures that every search must read
	gramBits int      // after fold
	dated    bool     // when any capture was received is known
	cutter   *cutter
	hashes   []uint32
	row      []uint64 // the words of the capture that is being added
	left     int      // how much text of it is still to be cut
	tile     [64]uint64
	column   []uint64 // 64 postings
	enc      []byte   // what encode returns
	ends     []int
}

func newMatrix(size int) *matrix {
	return &matrix{words: make([]uint64, 0, size*matrixWords), cutter: newCutter()}
}

// reset makes room for n captures.
func (m *matrix) reset(n int) {
	m.n, m.words, m.always, m.dated = 0, m.words[:0], newBitset(n), false
}

// add adds the next capture; nil is one that is gone or cannot be read.
func (m *matrix) add(c *inspector.Capture) {
	at := len(m.words)
	m.words = m.words[:at+matrixWords]
	m.row = m.words[at:]
	clear(m.row)
	m.n++
	if c == nil {
		return
	}
	c.Terms(func(kind, value string) {
		for _, r := range termRowsOf(termHash(kind, value)) {
			m.row[r/64] |= 1 << (r % 64)
		}
	})
	m.left = maxIndexedText
	if !c.Texts(m.text) {
		m.always.set(m.n - 1)
	}
}

func (m *matrix) text(text []byte) (more bool) {
	if len(text) > m.left {
		return false
	}
	m.left -= len(text)
	m.hashes = m.cutter.cut(m.hashes[:0], text)
	for _, hash := range m.hashes {
		m.row[(termRows+hash)/64] |= 1 << (hash % 64)
	}
	return true
}

// fold lays the rows of grams on top of each other until they are as many as
// the captures need: twice as many rows hold the same in hardly less space, and
// half as many are worth much less.
func (m *matrix) fold() {
	total := 0
	for i := range m.n {
		for _, w := range m.words[i*matrixWords+termRows/64 : (i+1)*matrixWords] {
			total += bits.OnesCount64(w)
		}
	}
	want := gramRoom * total / max(m.n, 1)
	m.gramBits = min(max(bits.Len(uint(want)), leastGramBits), mostGramBits)
	for half := 1 << (mostGramBits - 1) / 64; half >= 1<<m.gramBits/64; half /= 2 {
		for i := range m.n {
			grams := m.words[i*matrixWords+termRows/64:][:2*half]
			for w := range half {
				grams[w] |= grams[half+w]
			}
		}
	}
}

// encode returns the postings of all rows one after the other, and where each
// ends.
func (m *matrix) encode() (enc []byte, ends []int) {
	length := (m.n + 63) / 64
	m.column = append(m.column[:0], make([]uint64, 64*length)...)
	m.enc, m.ends = m.enc[:0], m.ends[:0]
	for word := range (termRows + 1<<m.gramBits) / 64 {
		m.turn(word, length)
		for row := range 64 {
			m.enc = appendPosting(m.enc, bitset(m.column[row*length:][:length]), m.n)
			m.ends = append(m.ends, len(m.enc))
		}
	}
	return m.enc, m.ends
}

// turn makes the postings of 64 rows from the words of all captures.
func (m *matrix) turn(word, length int) {
	for block := range length {
		clear(m.tile[:])
		for i := range min(64, m.n-block*64) {
			m.tile[i] = m.words[(block*64+i)*matrixWords+word]
		}
		transpose(&m.tile)
		for row := range 64 {
			m.column[row*length+block] = m.tile[row]
		}
	}
}

// transpose turns a square of 64 by 64 bits over its diagonal: bit j of word i
// becomes bit i of word j. It swaps squares of half the size, then of a quarter.
func transpose(a *[64]uint64) {
	mask := uint64(1<<32 - 1)
	for half := 32; half > 0; half /= 2 {
		for i := 0; i < 64; i = (i + half + 1) &^ half {
			swap := (a[i]>>half ^ a[i+half]) & mask
			a[i] ^= swap << half
			a[i+half] ^= swap
		}
		mask ^= mask << (half / 2)
	}
}
