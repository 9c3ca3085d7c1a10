package badgerstore

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// Indexes find repetitions at arrival: by endpoint and delivery id, and by
// endpoint and content. Each key holds the latest captures that had it, the
// newest first, so that a look costs one lookup that Badger's bloom filters
// answer, and a deleted capture leaves the one before it in place.
//
// Captures whose signature failed have indexes of their own. Anybody can send
// those: they must neither taint a genuine delivery nor stand in for one.
const (
	holdersKept = 16
	holderLen   = 2 * 16 // the id and half the content's hash
)

// holder is a capture that had a delivery id or a content.
type holder struct {
	id      ulid.ULID
	content [16]byte
}

// noteAgain tells how r repeats an earlier capture of its endpoint, and lets
// later ones find r. A capture that failed is also held against those that did
// not; never the other way round.
//
// A handshake repeats nothing: a provider checks an address as often as it likes.
func (b *batch) noteAgain(r *row) *inspector.Again {
	if r.Handshake != "" {
		return nil
	}
	had := b.earlier(r, false)
	again := had.again(r)
	if failed(r) {
		had = b.earlier(r, true)
		if again == nil {
			again = had.again(r)
		}
	}
	had.add(b, r)
	return again
}

// failed tells whether anybody could have sent r although its endpoint can tell
// genuine deliveries from others.
func failed(r *row) bool {
	return r.Outcome == signature.Mismatch || r.Outcome == signature.Missing || r.Outcome == signature.Malformed
}

// earlier are the captures with a row's delivery id or content, each list under
// its key; a key is nil where the row has none.
type earlier struct {
	idKey, contentKey []byte
	byID, byContent   []holder
}

// earlier looks among the captures that failed, or those that did not.
func (b *batch) earlier(r *row, failed bool) (e earlier) {
	if r.DeliveryID != "" {
		e.idKey = againByID(r, failed)
		e.byID = b.holders(e.idKey)
	}
	if r.hasBody() {
		e.contentKey = againByContent(r, failed)
		e.byContent = b.holders(e.contentKey)
	}
	return e
}

// again tells how r repeats them. Other content under r's delivery id counts
// first, for it is the graver; then the latest with its delivery id, then the
// latest with its content. Two empty bodies say nothing about each other.
func (e earlier) again(r *row) *inspector.Again {
	own := r.holder()
	for _, h := range slices.Backward(e.byID) { // the oldest is the likeliest original
		if h.content != own.content {
			return &inspector.Again{Kind: inspector.SameIDOtherContent, Of: h.id}
		}
	}
	if len(e.byID) > 0 {
		return &inspector.Again{Kind: inspector.Duplicate, Of: e.byID[0].id}
	}
	if len(e.byContent) > 0 {
		return &inspector.Again{Kind: inspector.SameContent, Of: e.byContent[0].id}
	}
	return nil
}

// add lets later captures find r.
func (e earlier) add(b *batch, r *row) {
	if e.idKey != nil {
		b.setHolders(e.idKey, with(e.byID, r.holder()))
	}
	if e.contentKey != nil {
		b.setHolders(e.contentKey, with(e.byContent, r.holder()))
	}
}

// addAgain lets later captures find r.
func (b *batch) addAgain(r *row) {
	for _, key := range againKeys(r) {
		b.addHolder(key, r.holder())
	}
}

// againKeys are the keys of the index that name r.
func againKeys(r *row) (keys [][]byte) {
	if r.Endpoint == "" || r.Handshake != "" {
		return nil
	}
	if r.DeliveryID != "" {
		keys = append(keys, againByID(r, failed(r)))
	}
	if r.hasBody() {
		keys = append(keys, againByContent(r, failed(r)))
	}
	return keys
}

// addHolder lets the captures of a key be found with h among them.
func (b *batch) addHolder(key []byte, h holder) { b.setHolders(key, with(b.holders(key), h)) }

// with puts h in its place in a list, newest first.
func with(list []holder, h holder) []holder {
	at, _ := slices.BinarySearchFunc(list, h, func(x, y holder) int { return y.id.Compare(x.id) })
	list = slices.Insert(list, at, h)
	return list[:min(len(list), holdersKept)]
}

// removeAgain forgets r.
func (b *batch) removeAgain(r *row) {
	for _, key := range [][]byte{againByID(r, failed(r)), againByContent(r, failed(r))} {
		list := b.holders(key)
		left := slices.DeleteFunc(slices.Clone(list), func(h holder) bool { return h.id == r.ID })
		if len(left) < len(list) {
			b.setHolders(key, left)
		}
	}
}

// holders returns who had what key stands for, newest first, as of this batch.
// An index that cannot be read must not keep a capture from being kept: it
// counts as empty, and is written anew.
func (b *batch) holders(key []byte) []holder {
	v, err := readValue(b.txn, key)
	if noKey(err) {
		return nil
	}
	var list []holder
	if err == nil {
		list, err = decodeHolders(v)
	}
	if err != nil {
		b.s.log.Warn("an index of repetitions was passed over", "error", err)
	}
	return slices.DeleteFunc(list, func(h holder) bool { return b.s.gone(b.txn, h.id) })
}

func decodeHolders(v []byte) ([]holder, error) {
	if len(v) > 0 && v[0] > recordVersion {
		return nil, fmt.Errorf("%w: record version %d, expected at most %d", ErrNewer, v[0], recordVersion)
	}
	if len(v) == 0 || len(v)%holderLen != 1 {
		return nil, fmt.Errorf("%w: index of repetitions has %d bytes", ErrCorrupt, len(v))
	}
	list := make([]holder, 0, len(v)/holderLen+1)
	for v = v[1:]; len(v) > 0; v = v[holderLen:] {
		var h holder
		copy(h.id[:], v)
		copy(h.content[:], v[len(h.id):])
		list = append(list, h)
	}
	return list, nil
}

func (b *batch) setHolders(key []byte, list []holder) {
	if len(list) == 0 {
		b.remove(key)
		return
	}
	v := bytes.NewBuffer(make([]byte, 0, 1+len(list)*holderLen))
	v.WriteByte(recordVersion)
	for _, h := range list {
		v.Write(h.id[:])
		v.Write(h.content[:])
	}
	b.set(key, v.Bytes())
}

func (r *row) hasBody() bool { return r.content != sha256.Sum256(nil) }

func (r *row) holder() holder { return holder{id: r.ID, content: [16]byte(r.content[:])} }

func againByID(r *row, failed bool) []byte {
	return againKey(againKind(againIDs, failed), r.Endpoint, []byte(r.DeliveryID))
}

func againByContent(r *row, failed bool) []byte {
	return againKey(againKind(againBody, failed), r.Endpoint, r.content[:])
}

// againKind is the kind of index for captures that failed or did not.
func againKind(kind byte, failed bool) byte {
	if failed {
		return kind - 'a' + 'A'
	}
	return kind
}
