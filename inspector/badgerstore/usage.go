package badgerstore

import (
	"fmt"
	"os"

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
