package ui

import (
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

const (
	// blockSize is how many rows are read and dropped together: four screens.
	blockSize = 200
	// keptBlocks bounds the memory of a list: some 13,000 rows, 10 MB.
	keptBlocks = 64
)

// blocks is a sparse copy of a newest-first list. A row has a sequence number
// that it keeps: the list starts at 0 and grows downwards into the past, while
// new captures get -1, -2 and so on. So nothing has to move when rows arrive.
type blocks struct {
	rows map[int][]row
	// before holds, for a block, the id of the row just above its first one:
	// the cursor that the block is read with.
	before map[int]ulid.ULID
	top    int // sequence of the newest row
	end    int // one past the sequence of the oldest row known
}

// row is one summary and the generation of the store in which it was read.
type row struct {
	inspector.Summary
	read uint64
	// first is when the capture was received that this one repeats, zero when it
	// repeats none or that one is gone.
	first time.Time
}

func (r row) loaded() bool { return r.ID != ulid.ULID{} }

func newBlocks() blocks {
	return blocks{rows: map[int][]row{}, before: map[int]ulid.ULID{0: {}}}
}

// blockOf returns the block of a sequence number and the place in it.
func blockOf(seq int) (block, at int) {
	block = seq / blockSize
	if seq%blockSize < 0 {
		block--
	}
	return block, seq - block*blockSize
}

func (b *blocks) count() int { return b.end - b.top }

// get returns the row at seq; ok is false when it is not in memory.
func (b *blocks) get(seq int) (row, bool) {
	n, at := blockOf(seq)
	rows := b.rows[n]
	if rows == nil || !rows[at].loaded() {
		return row{}, false
	}
	return rows[at], true
}

// put keeps a row, and its id where that is the cursor of the next block.
func (b *blocks) put(seq int, r row) {
	n, at := blockOf(seq)
	if b.rows[n] == nil {
		b.rows[n] = make([]row, blockSize)
	}
	b.rows[n][at] = r
	if at == blockSize-1 {
		b.before[n+1] = r.ID
	}
}

// push puts a newer row on top.
func (b *blocks) push(r row) {
	b.top--
	b.put(b.top, r)
}

// remove takes a row out; the older ones move up by one. Blocks further down
// are dropped with their cursors, for they would be off by one.
func (b *blocks) remove(seq int) {
	n, at := blockOf(seq)
	if rows := b.rows[n]; rows != nil {
		copy(rows[at:], rows[at+1:])
		rows[blockSize-1] = row{}
	}
	b.forgetBelow(n)
	b.end--
}

func (b *blocks) forgetBelow(n int) {
	for k := range b.before {
		if k > n {
			delete(b.before, k)
		}
	}
	for k := range b.rows {
		if k > n {
			delete(b.rows, k)
		}
	}
}

// trim drops the blocks furthest from what is shown until few enough are left.
func (b *blocks) trim(shown int) {
	newest, _ := blockOf(b.top)
	for len(b.rows) > keptBlocks {
		far, gap := 0, -1
		for n := range b.rows {
			if d := max(n-shown, shown-n); d > gap && n != newest {
				far, gap = n, d
			}
		}
		delete(b.rows, far)
	}
}
