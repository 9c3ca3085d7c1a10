package badgerstore

import (
	"sync"
	"sync/atomic"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"
)

// index is what the store remembers of its segments; all else is on disk, and a
// search sees it in the same view as the captures.
type index struct {
	size    int          // captures to a segment
	touched atomic.Int64 // changes of indexed captures since the sealer last looked
	removed atomic.Bool  // captures were deleted since the sealer last looked
	passes  atomic.Int64 // how often the sealer found nothing more to do
	wake    chan struct{}

	mu     sync.Mutex
	mark   ulid.ULID // captures up to it are in segments, or are just being read for one
	broken map[ulid.ULID]bool
}

func newIndex(size int) *index {
	if size <= 0 || size > segmentSize {
		size = segmentSize
	}
	return &index{size: size, wake: make(chan struct{}, 1), broken: map[ulid.ULID]bool{}}
}

// load finds out how far captures are indexed.
func (x *index) load(db *badger.DB) error {
	return db.View(func(txn *badger.Txn) error {
		x.cover(newest(txn, kindSegment))
		return nil
	})
}

// cover makes changes up to id leave a mark from the next commit on.
func (x *index) cover(id ulid.ULID) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if id.Compare(x.mark) > 0 {
		x.mark = id
	}
}

func (x *index) covers(id ulid.ULID) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return id.Compare(x.mark) <= 0
}

// report tells that the segment up to last cannot be read. It is taken apart
// and made again; until then its captures are read one by one.
func (x *index) report(last ulid.ULID) {
	x.mu.Lock()
	x.broken[last] = true
	x.mu.Unlock()
	select {
	case x.wake <- struct{}{}:
	default:
	}
}

// reported returns what was reported since it was last called.
func (x *index) reported() (list []ulid.ULID) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for id := range x.broken {
		list = append(list, id)
	}
	clear(x.broken)
	return list
}

// touch leaves a mark that a capture is not any more as it was indexed, if it
// was: every search reads it then.
func (b *batch) touch(id ulid.ULID) {
	if b.s.index.covers(id) {
		b.set(idKey(kindTouched, id), nil)
		b.s.index.touched.Add(1)
	}
}

// untouch takes the mark of a deleted capture away.
func (b *batch) untouch(id ulid.ULID) {
	if b.s.index.covers(id) {
		b.remove(idKey(kindTouched, id))
		b.s.index.removed.Store(true)
	}
}
