package badgerstore

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

const (
	// sealStride is how many captures are indexed at a stretch. While others
	// commit, the sealer then rests three times as long as that took.
	sealStride = 64
	sealRest   = 3
	// parcelBytes bounds one commit of postings, with whose sync a capture that
	// arrives meanwhile may have to share.
	parcelBytes = 64 << 10
	// removeAtOnce bounds the keys of one commit that removes postings.
	removeAtOnce = 512
)

// seal makes a segment of captures: it reads them, writes the postings and, when
// those are durable, the record that makes them count.
func (m *sealer) seal(ctx context.Context, r run) error {
	m.s.index.cover(r.last)
	// Changes of commits that began before left no mark: they must be over.
	if err := m.s.Sync(ctx); err != nil {
		return err
	}
	g := segment{from: r.from, last: r.last, n: len(r.ids)}
	var seen uint64
	err := m.s.view(ctx, func(txn *badger.Txn) (err error) {
		seen = txn.ReadTs()
		g.number = nextNumber(txn, dayOf(g.last))
		return m.read(ctx, txn, &g, r.ids)
	})
	if err != nil {
		return err
	}
	if err := m.write(ctx, &g, r.ids); err != nil {
		return err
	}
	return m.s.do(ctx, &op{bytes: overhead, apply: func(b *batch) error {
		b.set(segmentKey(g.last), g.encode())
		b.forget(&g, r.ids, seen)
		return nil
	}})
}

// forget takes away the marks of changes that the segment of ids has seen. The
// mark of a capture that was recovered while the segment was made stays.
func (b *batch) forget(g *segment, ids []ulid.ULID, seen uint64) {
	var old [][]byte
	eachTouched(b.txn, g.from, g.last, func(item *badger.Item) {
		id := lastID(item.Key())
		if item.Version() <= seen && (contains(ids, id) || !b.isKept(id)) {
			old = append(old, item.KeyCopy(nil))
		}
	})
	for _, key := range old {
		b.remove(key)
	}
}

// isKept tells whether a capture has a row.
func (b *batch) isKept(id ulid.ULID) bool {
	_, err := b.txn.Get(idKey(kindSummary, id))
	return err == nil
}

// nextNumber is the number of the next segment of a day.
func nextNumber(txn *badger.Txn, day uint32) uint32 {
	prefix := dayPrefix(kindPosting, day)
	it := txn.NewIterator(badger.IteratorOptions{Prefix: prefix, Reverse: true})
	defer it.Close()
	it.Seek(binary.BigEndian.AppendUint64(prefix, 1<<64-1))
	if !it.Valid() {
		return 1
	}
	return numberOf(it.Item().Key()) + 1
}

// numberOf is the number of the segment that a posting is of.
func numberOf(key []byte) uint32 {
	if len(key) < dayLen+4 {
		return 0
	}
	return binary.BigEndian.Uint32(key[dayLen:])
}

// read cuts the captures of a segment into tokens.
func (m *sealer) read(ctx context.Context, txn *badger.Txn, g *segment, ids []ulid.ULID) error {
	if m.matrix == nil {
		m.matrix = newMatrix(m.s.index.size)
	}
	m.matrix.reset(len(ids))
	a := newAbreast(txn, ids[0])
	defer a.close()
	began, commits := time.Now(), m.s.Commits()
	for i, id := range ids {
		m.matrix.take(a, g, id)
		if i%sealStride != sealStride-1 {
			continue
		}
		if now := m.s.Commits(); now != commits {
			commits = now
			select {
			case <-ctx.Done():
			case <-time.After(sealRest * time.Since(began)):
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		began = time.Now()
	}
	g.always = appendPosting(nil, m.matrix.always, g.n)
	m.matrix.fold()
	g.gramBits = m.matrix.gramBits
	return nil
}

// take adds the next capture. What cannot be read is left to every search, which
// says so in its way.
func (m *matrix) take(a *abreast, g *segment, id ulid.ULID) {
	r, err := a.read(id, func(c *inspector.Capture) error {
		m.add(c)
		return nil
	})
	if err != nil {
		m.add(nil)
		if errors.Is(err, inspector.ErrNotFound) {
			return
		}
		m.always.set(m.n - 1)
	}
	if !m.dated || r.Received.Before(g.oldest) {
		g.oldest, m.dated = r.Received, true
	}
	if r.Received.After(g.newest) {
		g.newest = r.Received
	}
}

// write writes the parts of a segment.
func (m *sealer) write(ctx context.Context, g *segment, ids []ulid.ULID) error {
	enc, ends := m.matrix.encode()
	g.groupBits = groupBits(len(ends), len(enc))
	m.parcel = parcel{s: m.s}
	for i := 0; i < len(ids); i += idsTogether {
		part := encodeIDs(ids[i:min(i+idsTogether, len(ids))])
		if err := m.parcel.add(ctx, g.postingKey(partIDs, i/idsTogether), part); err != nil {
			return err
		}
	}
	rows := make([][]byte, 1<<g.groupBits)
	start := 0
	for first := 0; first < len(ends); first += len(rows) {
		for i := range rows {
			rows[i] = enc[start:ends[first+i]]
			start = ends[first+i]
		}
		group, apart := encodeGroup(rows)
		if err := m.parcel.add(ctx, g.postingKey(partRows, first>>g.groupBits), group); err != nil {
			return err
		}
		for _, i := range apart {
			single := append(make([]byte, 0, len(rows[i])+checkLen), rows[i]...)
			if err := m.parcel.add(ctx, g.postingKey(partSingle, first+i), single); err != nil {
				return err
			}
		}
	}
	return m.parcel.send(ctx)
}

// parcel is parts of a segment that are committed together.
type parcel struct {
	s            *Store
	keys, values [][]byte
	bytes        int64
}

func (p *parcel) add(ctx context.Context, key, part []byte) error {
	part = seal(part)
	p.keys, p.values = append(p.keys, key), append(p.values, part)
	if p.bytes += int64(len(key) + len(part)); p.bytes < parcelBytes {
		return nil
	}
	return p.send(ctx)
}

func (p *parcel) send(ctx context.Context) error {
	if len(p.keys) == 0 {
		return nil
	}
	keys, values := p.keys, p.values
	err := p.s.do(ctx, &op{bytes: p.bytes, apply: func(b *batch) error {
		for i := range keys {
			b.set(keys[i], values[i])
		}
		return nil
	}})
	*p = parcel{s: p.s}
	if err != nil {
		return fmt.Errorf("write postings: %w", err)
	}
	return nil
}
