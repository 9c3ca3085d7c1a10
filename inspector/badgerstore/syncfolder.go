package badgerstore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// folder is the files of Badger, to be made durable. Badger's own Sync leaves
// out tables and logs that it has just finished, and does nothing on Windows; a
// file's Sync takes mapped pages along on Linux and macOS.
type folder struct {
	dir string
	mu  sync.Mutex
	// tables are those that were synced: a table is written once.
	tables map[string]bool
}

func newFolder(dir string) *folder { return &folder{dir: dir, tables: map[string]bool{}} }

// sync makes all that Badger has written durable. Files come and go meanwhile:
// what replaces one that is gone is found by looking again.
func (f *folder) sync() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	seen := map[string]bool{}
	for {
		entries, err := os.ReadDir(f.dir)
		if err != nil {
			return fmt.Errorf("sync store: %w", err)
		}
		fresh := 0
		for _, e := range entries {
			name := e.Name()
			if seen[name] || f.tables[name] || e.IsDir() || strings.HasPrefix(name, "journal.") || name == "LOCK" {
				continue
			}
			seen[name] = true
			fresh++
			if err := f.syncFile(name); err != nil {
				return fmt.Errorf("sync store: %w", err)
			}
		}
		if fresh == 0 {
			return syncNames(f.dir)
		}
	}
}

// syncFile syncs one file, if it is still there.
func (f *folder) syncFile(name string) error {
	file, err := os.OpenFile(filepath.Join(f.dir, name), os.O_RDWR, 0) // Windows syncs only what may be written
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	if strings.HasSuffix(name, ".sst") {
		f.tables[name] = true
	}
	return nil
}
