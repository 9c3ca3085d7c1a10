package badgerstore

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/oklog/ulid/v2"
)

// The first byte of a key is its kind. Keys of kinds with a day carry four
// bytes of days since 1970 (UTC, big-endian, of the capture's id) next, so that
// one day is one prefix; then comes the id, so that order is time.
const (
	kindCapture  = 'c' // day, capture: what never changes, values mostly in the value log
	kindChanged  = 'm' // day, capture: what changed since it was kept; absent until then
	kindSummary  = 's' // day, capture: the list row
	kindDelivery = 'd' // day, capture, delivery: one attempt with the shop's answer
	kindLog      = 'l' // day of the delivery, delivery: the attempt without the answer
	kindAgain    = 'a' // 'i' or 'c', 16 bytes of hash: who had that delivery id or content
	kindDay      = 't' // day: the figures of its captures
	kindWaiting  = 'w' // 16 bytes of hash of the endpoint, capture: what waits for the shop
	kindFact     = 'f' // the key given to Remember
	kindStamp    = 'v' // the version of the format
	kindMark     = 'y' // what: how far a task has come that goes on after a restart
	kindScrap    = 'z' // written only to be dropped, see forceCompaction
	kindSegment  = 'x' // day, last capture: captures that are indexed, see segment
	kindPosting  = 'p' // day, number of the segment, part, number: see segment
	kindTouched  = 'u' // day, capture: it was changed after it was indexed
	kindBinned   = 'b' // day, capture: the list row of one that was discarded, see bin.go
)

// dayKinds are the kinds whose keys go on with a day, and which therefore go
// when a day goes. In those of captureKinds the id of a capture of that day is
// next; the list row comes first in them, so that what is going is never listed.
const (
	dayKinds     = captureKinds + "lxpu"
	captureKinds = "smdc"
)

const (
	dayMillis = 24 * 60 * 60 * 1000
	dayLen    = 1 + 4
	idKeyLen  = dayLen + len(ulid.ULID{})
	againIDs  = 'i'
	againBody = 'c'
)

// dayOf is the day of an id, counted from 1970 in UTC. 48 bits of milliseconds
// are below 2^22 days, so it always fits.
func dayOf(id ulid.ULID) uint32 { return uint32(id.Time() / dayMillis) }

// idKey is the key of one capture or delivery; room for one more id is kept.
func idKey(kind byte, id ulid.ULID) []byte {
	k := make([]byte, 0, idKeyLen+len(id))
	k = append(k, kind)
	k = binary.BigEndian.AppendUint32(k, dayOf(id))
	return append(k, id[:]...)
}

func deliveryKey(capture, delivery ulid.ULID) []byte {
	return append(idKey(kindDelivery, capture), delivery[:]...)
}

func dayPrefix(kind byte, day uint32) []byte {
	return binary.BigEndian.AppendUint32([]byte{kind}, day)
}

// lastID is the id at the end of a key, zero when the key is too short.
func lastID(key []byte) (id ulid.ULID) {
	if len(key) >= len(id) {
		copy(id[:], key[len(key)-len(id):])
	}
	return id
}

// againKey is the key of a delivery id or a content at an endpoint. Hashed,
// because both come from outside in any length.
func againKey(kind byte, endpoint string, what []byte) []byte {
	h := sha256.New()
	h.Write(binary.AppendUvarint(nil, uint64(len(endpoint))))
	h.Write([]byte(endpoint))
	h.Write(what)
	sum := h.Sum(make([]byte, 0, sha256.Size))
	return append([]byte{kindAgain, kind}, sum[:16]...)
}

// waitingKey is where a capture stands in the queue of its endpoint.
func waitingKey(endpoint string, id ulid.ULID) []byte {
	sum := sha256.Sum256([]byte(endpoint))
	return append(append([]byte{kindWaiting}, sum[:16]...), id[:]...)
}

func factKey(key string) []byte { return append([]byte{kindFact}, key...) }
