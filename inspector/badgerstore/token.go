package badgerstore

import (
	"unicode/utf8"

	"shopbell/inspector"
)

// What can be looked for in a capture is cut into tokens, and a segment has a
// posting for each of its rows: a row stands for all tokens whose hashes fall
// on it. So what is written does not depend on what is sent, only on how much.
// Tokens only rule captures out; what they let through is read and asked.
//
// A token is a gram, three bytes next to each other in a run of letters and
// digits in one of the texts of a capture, without regard to case; or a term of
// its summary, which falls on two rows of its own kind. Three digits are no gram
// without the byte after them: a webhook has so many numbers that most of those
// thousand are in it.
const (
	termBits = 9 // of a hash, so that there are 512 rows of terms
	termRows = 1 << termBits
	// leastGramBits and mostGramBits bound how many rows of grams there are,
	// see matrix.fold.
	leastGramBits = 9
	mostGramBits  = 14
	gramLen       = 3
)

// maxIndexedText is how many bytes of a capture's texts are cut into tokens.
// Captures with more are read by every search.
const maxIndexedText = 64 << 10

// cutter cuts texts into grams.
type cutter struct {
	// fold gives the lower case of a byte that is part of runs, 0 for others.
	fold [utf8.RuneSelf]byte
}

func newCutter() *cutter {
	c := &cutter{}
	for b := range c.fold {
		switch {
		case 'A' <= b && b <= 'Z':
			c.fold[b] = byte(b) + 'a' - 'A'
		case 'a' <= b && b <= 'z', '0' <= b && b <= '9', b == '_', b == '-', b == '.', b == '@':
			c.fold[b] = byte(b)
		}
	}
	return c
}

// cut appends the hash of every gram of text.
func (c *cutter) cut(hashes []uint32, text []byte) []uint32 {
	r := gramRun{hashes: hashes}
	for i := 0; i < len(text); {
		if b := text[i]; b < utf8.RuneSelf {
			i++
			if low := c.fold[b]; low != 0 {
				r.add(low)
			} else {
				r.run, r.digits = 0, 0
			}
			continue
		}
		char, size := utf8.DecodeRune(text[i:])
		i += size
		if char == utf8.RuneError { // an invalid byte counts as one in queries
			r.run, r.digits = 0, 0
			continue
		}
		var room [utf8.UTFMax]byte
		for _, b := range utf8.AppendRune(room[:0], inspector.FoldRune(char)) {
			r.add(b)
		}
	}
	return r.hashes
}

// gramRun is a run of letters and digits as far as it was read.
type gramRun struct {
	hashes []uint32
	last   uint32 // the last four bytes
	run    int    // bytes so far
	digits int    // digits at its end
}

func (r *gramRun) add(b byte) {
	r.last = r.last<<8 | uint32(b)
	r.run++
	if r.digits >= gramLen { // three digits and what follows them
		r.hashes = append(r.hashes, gramHash(r.last))
	}
	if r.digits++; b < '0' || b > '9' {
		r.digits = 0
	}
	if r.run >= gramLen && r.digits < gramLen {
		r.hashes = append(r.hashes, gramHash(r.last<<8))
	}
}

// gramHash spreads four bytes over the low mostGramBits bits.
func gramHash(gram uint32) uint32 { return gram * 0x9e3779b1 >> (32 - mostGramBits) }

// termHash is FNV-1a of a term without regard to case, of which termBits at
// either end are used.
func termHash(kind, value string) uint32 {
	h := uint32(2166136261)
	for i := range len(kind) {
		h = (h ^ uint32(kind[i])) * 16777619
	}
	for _, r := range value {
		h = (h ^ uint32(inspector.FoldRune(r))) * 16777619
	}
	return h
}

// gramRow is the row of a gram in a segment with gramBits.
func gramRow(hash uint32, gramBits int) int { return termRows + int(hash&(1<<gramBits-1)) }

// termRowsOf are the rows of a term. The second bits are mixed, as FNV's high
// bits are poor for short texts.
func termRowsOf(hash uint32) [2]int {
	return [2]int{int(hash & (termRows - 1)), int(hash * 0x9e3779b1 >> (32 - termBits))}
}
