package badgerstore

import (
	"fmt"
	"os"
	"time"

	"shopbell/inspector"
)

// diskUsage returns the bytes that the files in dir take up. Files that go
// while it looks are passed over: Badger removes some at any time.
func diskUsage(dir string) int64 {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return 0
	}
	total := int64(0)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			total += allocated(info)
		}
	}
	return total
}

// fullError says how much room there is and how much is needed.
func fullError(dir string, free, need int64) error {
	return fmt.Errorf("%w: %d MiB free on the disk of %q, expected %d MiB", inspector.ErrFull, free>>20, dir, need>>20)
}

// freeSpace is the free disk space in bytes, -1 when the system does not tell.
func (s *Store) freeSpace() int64 {
	free, err := freeSpace(s.dir)
	if err != nil {
		return -1
	}
	return free
}

// spaceMeter knows about how much is free without asking at every commit. It is
// used by the committer only.
type spaceMeter struct {
	ask     func() int64
	asked   time.Time
	last    int64
	written int64 // since
}

const (
	spaceAge     = 100 * time.Millisecond
	spaceWritten = 8 << 20
)

// free is the free disk space in bytes before more is written, -1 when the
// system does not tell.
func (m *spaceMeter) free(more int64) int64 {
	if time.Since(m.asked) > spaceAge || m.written > spaceWritten {
		m.last, m.asked, m.written = m.ask(), time.Now(), 0
	}
	left := m.last
	if left >= 0 {
		left = max(left-2*m.written, 0) // in the journal and in Badger
	}
	m.written += more
	return left
}

// FreeSpace returns the bytes that this user can still write to the disk of
// dir; the error is errors.ErrUnsupported where the system does not tell.
func FreeSpace(dir string) (int64, error) { return freeSpace(dir) }
