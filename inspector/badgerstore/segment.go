package badgerstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"
)

// segmentSize is how many captures a segment has at most. More make a search
// shorter, and the unsealed rest, which every search reads, longer.
const segmentSize = 4096

// segment is some captures of one day in the order of their ids, with postings
// of what they have. Its record seals it: it is written last, so that a segment
// without one does not exist. A search reads the captures that are in none.
type segment struct {
	// Every capture that is kept with an id above from, up to and with last,
	// is in the segment or came later, for ids only rise: so it is not in any
	// other. from may be of another day.
	from, last ulid.ULID
	n          int    // captures when it was sealed: positions are from 0 to n-1
	number     uint32 // of its postings, unlike that of others of the day
	gramBits   int    // see gramRow
	groupBits  int    // the binary logarithm of the rows in a group
	// oldest and newest bound when the captures were received.
	oldest, newest time.Time
	always         []byte // posting of the captures that every search reads
}

// The tags of the record of a segment. Never reuse one.
const (
	segFormat = iota + 1
	segFrom
	segCount
	segNumber
	segGramBits
	segGroupBits
	segOldest
	segNewest
	segAlways
)

// segmentFormat rises when tokens or postings mean something else than before.
// Segments of another format are made again.
const segmentFormat = 1

// The parts of a segment, in the keys of its postings.
const (
	partIDs    = 'i' // idsTogether ids, the first number: at which positions
	partRows   = 'r' // a group of rows
	partSingle = 's' // one row that does not fit into its group
)

const idsTogether = 32

func (g *segment) encode() []byte {
	e := newEncoder(128)
	e.number(segFormat, segmentFormat)
	e.bytes(segFrom, g.from[:])
	e.number(segCount, int64(g.n))
	e.number(segNumber, int64(g.number))
	e.number(segGramBits, int64(g.gramBits))
	e.number(segGroupBits, int64(g.groupBits))
	e.moment(segOldest, g.oldest)
	e.moment(segNewest, g.newest)
	e.bytes(segAlways, g.always)
	return e.b
}

// decodeSegment reads a record; an error means that it cannot be used.
func decodeSegment(last ulid.ULID, b []byte) (segment, error) {
	g := segment{last: last}
	format, number := 0, 0
	err := decodeRecord(b, func(tag uint64, f field) error {
		switch tag {
		case segFormat:
			return f.whole(&format)
		case segFrom:
			return f.id(&g.from)
		case segCount:
			return f.whole(&g.n)
		case segNumber:
			return f.whole(&number)
		case segGramBits:
			return f.whole(&g.gramBits)
		case segGroupBits:
			return f.whole(&g.groupBits)
		case segOldest:
			return f.moment(&g.oldest)
		case segNewest:
			return f.moment(&g.newest)
		case segAlways:
			g.always = append([]byte(nil), f...)
		}
		return nil
	})
	g.number = uint32(number)
	switch {
	case err != nil:
		return g, err
	case format != segmentFormat:
		return g, fmt.Errorf("%w: segment of format %d, expected %d", ErrCorrupt, format, segmentFormat)
	case g.n < 1 || g.n > segmentSize, g.from.Compare(last) >= 0,
		g.gramBits < leastGramBits || g.gramBits > mostGramBits, g.groupBits < 0 || g.groupBits > mostGroupBits:
		return g, fmt.Errorf("%w: segment of %d captures with %d and %d bits", ErrCorrupt, g.n, g.gramBits, g.groupBits)
	}
	return g, nil
}

// readSegments returns the segments of the store, oldest first. bad are the
// last captures of those whose record cannot be used.
func readSegments(txn *badger.Txn) (good []segment, bad []ulid.ULID, err error) {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kindSegment}, PrefetchValues: true, PrefetchSize: 100})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		last := lastID(it.Item().Key())
		err := it.Item().Value(func(v []byte) error {
			g, err := decodeSegment(last, v)
			if err == nil {
				good = append(good, g)
			}
			return err
		})
		if err != nil {
			bad = append(bad, last)
		}
	}
	return good, bad, nil
}

func segmentKey(last ulid.ULID) []byte { return idKey(kindSegment, last) }

// postingPrefix is what the keys of all postings of a segment begin with.
func postingPrefix(day, number uint32) []byte {
	return binary.BigEndian.AppendUint32(dayPrefix(kindPosting, day), number)
}

func (g *segment) postingKey(part byte, number int) []byte {
	k := append(postingPrefix(dayOf(g.last), g.number), part)
	return binary.BigEndian.AppendUint16(k, uint16(number))
}

// holds tells whether an id is in the segment's range.
func (g *segment) holds(id ulid.ULID) bool {
	return id.Compare(g.from) > 0 && id.Compare(g.last) <= 0
}

// isHeld tells whether any capture of the segment is still kept.
func (g *segment) isHeld(txn *badger.Txn) bool {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kindSummary}})
	defer it.Close()
	it.Seek(idKey(kindSummary, after(g.from)))
	return it.Valid() && g.holds(lastID(it.Item().Key()))
}

// touched returns the captures of the segment that changed since it was sealed.
func (g *segment) touched(txn *badger.Txn) (ids []ulid.ULID) {
	eachTouched(txn, g.from, g.last, func(item *badger.Item) { ids = append(ids, lastID(item.Key())) })
	return ids
}

func eachTouched(txn *badger.Txn, from, last ulid.ULID, f func(*badger.Item)) {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kindTouched}})
	defer it.Close()
	for it.Seek(idKey(kindTouched, after(from))); it.Valid() && lastID(it.Item().Key()).Compare(last) <= 0; it.Next() {
		f(it.Item())
	}
}

// A part is its content and a checksum: Badger does not check what it reads
// from its tables.
const checkLen = 4

func seal(part []byte) []byte {
	return binary.LittleEndian.AppendUint32(part, crc32.Checksum(part, checksumTable))
}

var errPart = errors.New("part of a segment cut short or malformed")

func unseal(v []byte) ([]byte, error) {
	if len(v) < checkLen {
		return nil, errPart
	}
	part := v[:len(v)-checkLen]
	if binary.LittleEndian.Uint32(v[len(part):]) != crc32.Checksum(part, checksumTable) {
		return nil, errPart
	}
	return part, nil
}

// readPart returns a part of the segment. That it is not there is damage.
func (g *segment) readPart(txn *badger.Txn, part byte, number int) ([]byte, error) {
	v, err := readValue(txn, g.postingKey(part, number))
	if err == nil {
		v, err = unseal(v)
	}
	if err != nil {
		return nil, fmt.Errorf("part %c%d: %w", part, number, err)
	}
	return v, nil
}

// encodeIDs packs ids, which mostly begin alike.
func encodeIDs(ids []ulid.ULID) []byte {
	same := 0
	for same < len(ulid.ULID{}) && ids[0][same] == ids[len(ids)-1][same] {
		same++ // they are in order, so the first and the last tell
	}
	out := append([]byte{byte(same)}, ids[0][:same]...)
	for _, id := range ids {
		out = append(out, id[same:]...)
	}
	return out
}

func decodeIDs(b []byte) ([]ulid.ULID, error) {
	const size = len(ulid.ULID{})
	if len(b) < 1 || int(b[0]) > size || len(b) < 1+int(b[0]) {
		return nil, errPart
	}
	same := int(b[0])
	prefix, rest := b[1:1+same], b[1+same:]
	if same == size && len(rest) == 0 {
		return []ulid.ULID{ulid.ULID(prefix)}, nil
	}
	if same == size || len(rest)%(size-same) != 0 {
		return nil, errPart
	}
	ids := make([]ulid.ULID, len(rest)/(size-same))
	for i := range ids {
		copy(ids[i][:], prefix)
		copy(ids[i][same:], rest[i*(size-same):])
	}
	return ids, nil
}
