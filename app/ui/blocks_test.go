package ui

import (
	"math/rand/v2"
	"testing"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

func idOf(n int) (id ulid.ULID) {
	id[14], id[15] = byte(n>>8), byte(n)
	return id
}

func rowOf(n int) row { return row{Summary: inspector.Summary{ID: idOf(n)}} }

func TestBlockOfANegativeSequence(t *testing.T) {
	for seq, expected := range map[int][2]int{0: {0, 0}, 199: {0, 199}, 200: {1, 0}, -1: {-1, 199}, -200: {-1, 0}, -201: {-2, 199}} {
		if n, at := blockOf(seq); n != expected[0] || at != expected[1] {
			t.Errorf("sequence %d is in block %d at %d, expected %v", seq, n, at, expected)
		}
	}
}

func TestRowsKeepTheirSequenceWhileOthersArrive(t *testing.T) {
	b := newBlocks()
	b.put(0, rowOf(1))
	b.end = 1
	for n := 2; n <= 1000; n++ {
		b.push(rowOf(n))
	}
	if b.count() != 1000 || b.top != -999 {
		t.Fatalf("%d rows from %d", b.count(), b.top)
	}
	for n := 1; n <= 1000; n++ {
		if r, ok := b.get(1 - n); !ok || r.ID != idOf(n) {
			t.Fatalf("sequence %d is %v, expected %v", 1-n, r.ID, idOf(n))
		}
	}
}

func TestRemovedRowsCloseTheGapInTheirBlock(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	b := newBlocks()
	var model []int
	for n := range blockSize {
		b.put(n, rowOf(n+1))
		model = append(model, n+1)
	}
	b.end = blockSize
	for len(model) > 0 {
		at := random.IntN(len(model))
		b.remove(b.top + at)
		model = append(model[:at], model[at+1:]...)
		for i, n := range model {
			if r, ok := b.get(b.top + i); !ok || r.ID != idOf(n) {
				t.Fatalf("with %d left, row %d is %v, expected %v", len(model), i, r.ID, idOf(n))
			}
		}
	}
	if b.count() != 0 {
		t.Errorf("%d rows are left", b.count())
	}
}

func TestMemoryOfALongListIsBounded(t *testing.T) {
	b := newBlocks()
	for n := range 100 * blockSize {
		b.put(n, rowOf(n+1))
		b.end = n + 1
		b.trim(n / blockSize)
	}
	if len(b.rows) > keptBlocks {
		t.Errorf("%d blocks are kept, expected at most %d", len(b.rows), keptBlocks)
	}
	if _, ok := b.get(0); !ok {
		t.Error("the newest block was dropped")
	}
	if len(b.before) < 100 {
		t.Errorf("%d cursors are kept, expected one for each block", len(b.before))
	}
}
