package inspector

import "sync"

// pooledSizes are the capacities of buffers that are used again. Smaller ones
// cost less to make than to look for, larger ones are too rare to keep.
var pooledSizes = [...]int{16 << 10, 64 << 10, 256 << 10, 1 << 20}

// buffers are those whose body is kept, forwarded and answered. To make one anew
// its memory has to be cleared, which for a large body costs what its hash does.
type buffers struct{ pools [len(pooledSizes)]sync.Pool }

// get returns an empty buffer for at least n bytes, what it holds beyond is the
// next size that is used again.
func (b *buffers) get(n int) []byte {
	if n <= pooledSizes[0]/2 {
		return make([]byte, 0, n)
	}
	for i, size := range pooledSizes {
		if n > size {
			continue
		}
		if old, ok := b.pools[i].Get().(*[]byte); ok {
			return *old
		}
		return make([]byte, 0, size)
	}
	return make([]byte, 0, n)
}

// put takes a buffer back that nobody will look at again.
func (b *buffers) put(old []byte) {
	for i, size := range pooledSizes {
		if cap(old) == size {
			old = old[:0]
			b.pools[i].Put(&old)
		}
	}
}
