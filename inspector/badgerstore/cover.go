package badgerstore

import (
	"bytes"

	"github.com/oklog/ulid/v2"
)

// cover returns beginnings of ids that together are those of all ids that leave
// and of no other; ids are in order. A beginning is made longer where whole says
// that a table lies within it, see tablesOf.
func cover(ids []ulid.ULID, leaves []bool, whole func(beginning []byte) bool) [][]byte {
	stays := make([]int, len(ids)+1) // before each
	for i := range ids {
		stays[i+1] = stays[i] + when(!leaves[i], 1)
	}
	var out [][]byte
	var part func(from, to, depth int)
	part = func(from, to, depth int) {
		staying := stays[to] - stays[from]
		if staying == to-from {
			return
		}
		beginning := ids[from][:depth]
		if depth == len(ids[from]) || staying == 0 && !whole(beginning) {
			out = append(out, bytes.Clone(beginning))
			return
		}
		for at := from; at < to; {
			next := at + 1
			for next < to && ids[next][depth] == ids[at][depth] {
				next++
			}
			part(at, next, depth+1)
			at = next
		}
	}
	if len(ids) > 0 {
		part(0, len(ids), 0)
	}
	return out
}
