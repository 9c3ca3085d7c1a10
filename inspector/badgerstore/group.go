package badgerstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"
)

// A group is the postings of neighbouring rows in one value, so that a segment
// has some thousand keys at most. The value stays below Badger's threshold of
// 1 KiB: the value log is for captures. What does not fit is a value of its own.
const (
	mostGroupBits = 6 // 64 rows, a word of the matrix
	groupBytes    = 1000
	// meanGroup is the mean size in bytes that rows are grouped for; less than
	// groupBytes, as some rows are much fuller than others.
	meanGroup = 640
)

// elsewhere stands for the length of a posting that has a value of its own.
const elsewhere = 0

// groupBits is how many rows go together when there are rows with bytes in all.
func groupBits(rows, bytes int) int {
	n := 0
	for n < mostGroupBits && bytes<<(n+1) <= meanGroup*rows {
		n++
	}
	return n
}

// encodeGroup packs the postings of a group. Those that do not fit are set
// apart: their places in the group.
func encodeGroup(rows [][]byte) (group []byte, apart []int) {
	total := 0
	for _, r := range rows {
		total += len(r) + 2 // the most that a length takes
	}
	for total > groupBytes {
		most := 0
		for i, r := range rows {
			if !slices.Contains(apart, i) && (slices.Contains(apart, most) || len(r) > len(rows[most])) {
				most = i
			}
		}
		apart = append(apart, most)
		total -= len(rows[most])
	}
	for i, r := range rows {
		if slices.Contains(apart, i) {
			group = append(group, elsewhere)
			continue
		}
		group = binary.AppendUvarint(group, uint64(len(r)))
		group = append(group, r...)
	}
	return group, apart
}

// cutGroup returns the posting at a place of a group, nil when it has a value
// of its own.
func cutGroup(group []byte, place int) ([]byte, error) {
	for ; ; place-- {
		size, n := binary.Uvarint(group)
		if n <= 0 || size > uint64(len(group)-n) {
			return nil, errPart
		}
		if place == 0 && size == elsewhere {
			return nil, nil
		}
		if place == 0 {
			return group[n : n+int(size)], nil
		}
		group = group[n+int(size):]
	}
}

// errIndex is what is wrong with a segment, not with a capture.
var errIndex = errors.New("the search index is damaged")

// reader reads the rows and ids of one segment.
type reader struct {
	txn *badger.Txn
	segment
	groups map[int][]byte // those read so far
	ids    map[int][]ulid.ULID
	room   bitset
}

func newReader(txn *badger.Txn, g segment) *reader {
	return &reader{txn: txn, segment: g, groups: map[int][]byte{}, ids: map[int][]ulid.ULID{}, room: newBitset(g.n)}
}

// id returns the capture at a position.
func (r *reader) id(position int) (ulid.ULID, error) {
	number := position / idsTogether
	ids, ok := r.ids[number]
	if !ok {
		b, err := r.readPart(r.txn, partIDs, number)
		if err == nil {
			ids, err = decodeIDs(b)
		}
		if err != nil {
			return ulid.ULID{}, fmt.Errorf("%w: %w", errIndex, err)
		}
		r.ids[number] = ids
	}
	if position%idsTogether >= len(ids) {
		return ulid.ULID{}, fmt.Errorf("%w: %w", errIndex, errPart)
	}
	return ids[position%idsTogether], nil
}

// row returns the positions that have a row; they are good until the next call.
func (r *reader) row(row int) (bitset, error) {
	posting, err := r.posting(row)
	if err == nil {
		err = decodePosting(posting, r.room, r.n)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: row %d of the segment up to %q: %w", errIndex, row, r.last, err)
	}
	return r.room, nil
}

func (r *reader) posting(row int) ([]byte, error) {
	number := row >> r.groupBits
	group, ok := r.groups[number]
	if !ok {
		var err error
		if group, err = r.readPart(r.txn, partRows, number); err != nil {
			return nil, err
		}
		r.groups[number] = group
	}
	posting, err := cutGroup(group, row&(1<<r.groupBits-1))
	if err != nil || posting != nil {
		return posting, err
	}
	return r.readPart(r.txn, partSingle, row)
}
