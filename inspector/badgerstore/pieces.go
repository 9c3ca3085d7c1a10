package badgerstore

import (
	"bytes"
	"slices"
	"strings"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"
)

const (
	// tablesAtOnce bounds how many tables one piece reads and writes anew, and so
	// how long commits wait for it.
	tablesAtOnce = 8
	// daysAtOnce is the same for kinds whose tables mostly go without a look.
	daysAtOnce = 4
)

// piecesOf returns the prefixes of all keys of those that leave, kind by kind,
// in pieces to be dropped one after the other. Kinds that know the day but not
// the capture go when nobody stays.
func (s *Store) piecesOf(all, logs []*census) (pieces [][][]byte) {
	for _, kind := range []byte(dayKinds) {
		switch {
		case kind == kindSummary, kind == kindLog: // small records, never in the value log
			who := all
			if kind == kindLog {
				who = logs
			}
			for part := range slices.Chunk(who, daysAtOnce) {
				var piece [][]byte
				for _, c := range part {
					piece = append(piece, prefixes(kind, c.ids, c.leaves, nil)...)
				}
				pieces = append(pieces, piece)
			}
		case strings.IndexByte(captureKinds, kind) >= 0:
			pieces = append(pieces, byTable(kind, all, s.db.Tables())...)
		default:
			for _, c := range all {
				if c.leaving == len(c.ids) {
					pieces = append(pieces, [][]byte{dayPrefix(kind, c.day)})
				}
			}
		}
	}
	return pieces
}

// prefixes returns the prefixes of a kind that cover those ids of one day that
// leave.
func prefixes(kind byte, ids []ulid.ULID, leaves []bool, tables []badger.TableInfo) (out [][]byte) {
	if len(ids) == 0 {
		return nil
	}
	prefix := dayPrefix(kind, dayOf(ids[0]))
	whole := func(beginning []byte) bool {
		p := append(bytes.Clone(prefix), beginning...)
		return slices.ContainsFunc(tables, func(t badger.TableInfo) bool {
			return bytes.HasPrefix(t.Left, p) && bytes.HasPrefix(t.Right, p)
		})
	}
	for _, beginning := range cover(ids, leaves, whole) {
		out = append(out, append(bytes.Clone(prefix), beginning...))
	}
	return out
}

// byTable returns the pieces of a kind whose values are in the value log. Badger
// drops a table that lies within one prefix without a look at it, and then does
// not learn that the values it points to are garbage: their space would never
// come back. So no prefix covers a table, and a table goes in one piece: what a
// piece left of it could lie within a prefix of the next.
func byTable(kind byte, all []*census, tables []badger.TableInfo) (pieces [][][]byte) {
	tables = slices.DeleteFunc(tables, func(t badger.TableInfo) bool {
		return t.Level == 0 || t.Right[0] < kind || t.Left[0] > kind
	})
	slices.SortFunc(tables, func(a, b badger.TableInfo) int { return bytes.Compare(a.Right, b.Right) })
	var piece [][]byte
	used := 0 // tables that the piece is in
	for _, c := range all {
		for from := 0; from < len(c.ids); {
			if used >= tablesAtOnce {
				pieces, piece, used = append(pieces, piece), nil, 0
			}
			at := tableOf(tables, idKey(kind, c.ids[from]))
			to, end := len(c.ids), at+tablesAtOnce-used
			if end <= len(tables) {
				last := tables[end-1].Right
				to, _ = slices.BinarySearchFunc(c.ids, last, func(id ulid.ULID, right []byte) int {
					return bytes.Compare(idKey(kind, id), right[:min(len(right), idKeyLen)])
				})
				to = max(to, from+1)
			}
			piece = append(piece, between(kind, c, from, to, tables[at:min(end, len(tables))])...)
			used += tableOf(tables, idKey(kind, c.ids[to-1])) - at
			if from = to; to < len(c.ids) {
				used = tablesAtOnce
			}
		}
	}
	return append(pieces, piece)
}

// tableOf returns the place of the table that holds a key, if one does.
func tableOf(tables []badger.TableInfo, key []byte) int {
	at, _ := slices.BinarySearchFunc(tables, key, func(t badger.TableInfo, key []byte) int {
		return bytes.Compare(t.Right, key)
	})
	return at
}

// between returns the prefixes that cover those of a census from one place to
// another that leave, and nothing beside.
func between(kind byte, c *census, from, to int, tables []badger.TableInfo) [][]byte {
	first, end := max(from-1, 0), min(to+1, len(c.ids))
	leaves := slices.Clone(c.leaves[first:end])
	if first < from {
		leaves[0] = false
	}
	if end > to {
		leaves[len(leaves)-1] = false
	}
	return prefixes(kind, c.ids[first:end], leaves, tables)
}
