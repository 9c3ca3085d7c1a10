package badgerstore

import "sync"

// Between these sizes the memory of a record is used again: below, making it
// anew costs less, and beyond, they are too rare to keep it.
const (
	smallestPooled = 16 << 10
	largestPooled  = 2 << 20
)

// recordPool holds the memory of records that Badger and the journal have taken in.
type recordPool struct{ pool sync.Pool }

// get returns room for a record of about size bytes, or none.
func (p *recordPool) get(size int) []byte {
	if size < smallestPooled || size > largestPooled {
		return nil
	}
	if old, ok := p.pool.Get().(*[]byte); ok && cap(*old) >= size {
		return *old
	}
	return nil
}

// put takes back a record that nobody looks at any more.
func (p *recordPool) put(record []byte) {
	if c := cap(record); c >= smallestPooled && c <= largestPooled {
		p.pool.Put(&record)
	}
}
