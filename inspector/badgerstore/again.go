package badgerstore

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// Two indexes find repetitions at arrival: by endpoint and delivery id, and by
// endpoint and content. Each key holds the latest captures that had it, the
// newest first, so that a look costs one lookup that Badger's bloom filters
// answer, and a deleted capture leaves the one before it in place.
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
// later ones find r. The latest capture with its delivery id counts first, then
// the latest with its content; two empty bodies say nothing about each other.
func (b *batch) noteAgain(r *row) (again *inspector.Again) {
	if r.DeliveryID != "" {
		if h, found := b.addHolder(againByID(r), r.holder()); found {
			again = &inspector.Again{Kind: sameID(h, r), Of: h.id}
		}
	}
	if r.hasBody() {
		if h, found := b.addHolder(againByContent(r), r.holder()); found && again == nil {
			again = &inspector.Again{Kind: inspector.SameContent, Of: h.id}
		}
	}
	return again
}

// addHolder puts h first and returns the one that was first before.
func (b *batch) addHolder(key []byte, h holder) (before holder, found bool) {
	list := append([]holder{h}, b.holders(key)...)
	b.setHolders(key, list[:min(len(list), holdersKept)])
	if len(list) == 1 {
		return holder{}, false
	}
	return list[1], true
}

func sameID(h holder, r *row) inspector.AgainKind {
	if h.content == r.holder().content {
		return inspector.Duplicate
	}
	return inspector.SameIDOtherContent
}

// removeAgain forgets r.
func (b *batch) removeAgain(r *row) {
	for _, key := range [][]byte{againByID(r), againByContent(r)} {
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
	return list
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

func againByID(r *row) []byte { return againKey(againIDs, r.Endpoint, []byte(r.DeliveryID)) }

func againByContent(r *row) []byte { return againKey(againBody, r.Endpoint, r.content[:]) }
