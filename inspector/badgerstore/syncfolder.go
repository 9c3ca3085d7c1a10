package badgerstore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// syncFolder makes all that Badger has written durable. Badger's own Sync
// leaves out tables and logs that it has just finished, and does nothing on
// Windows; a file's Sync takes mapped pages along on Linux and macOS. Files come
// and go meanwhile: what replaces one that is gone is found by looking again.
func syncFolder(dir string) error {
	seen := map[string]bool{}
	for {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return fmt.Errorf("sync store: %w", err)
		}
		fresh := 0
		for _, e := range entries {
			name := e.Name()
			if seen[name] || e.IsDir() || strings.HasPrefix(name, "journal.") || name == "LOCK" {
				continue
			}
			seen[name] = true
			fresh++
			if err := syncFile(filepath.Join(dir, name)); err != nil {
				return fmt.Errorf("sync store: %w", err)
			}
		}
		if fresh == 0 {
			return syncNames(dir)
		}
	}
}

// syncFile syncs one file, if it is still there.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0) // Windows syncs only what may be written
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
