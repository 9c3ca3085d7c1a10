//go:build bench && linux

package bench

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// checkDisk fails the test when temporary files are kept in memory: a sync means
// nothing there.
func checkDisk(t *testing.T) {
	t.Helper()
	var system unix.Statfs_t
	if err := unix.Statfs(os.TempDir(), &system); err != nil {
		t.Fatal(err)
	}
	if system.Type == unix.TMPFS_MAGIC {
		t.Fatalf("%s is in memory, expected TMPDIR to name a folder on a disk", os.TempDir())
	}
}

// usedBytes is what the files below dir take up on the disk. Badger's files are
// sparse, so their length says nothing; and it removes some at any time.
func usedBytes(dir string) (total int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && info.Mode().IsRegular() {
			total += info.Sys().(*syscall.Stat_t).Blocks * 512
		}
		return err
	})
	return total, err
}

// forgetFiles makes the system drop what it holds of the files below dir in
// memory, as after a start of the machine. No process may have them open.
func forgetFiles(dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := f.Sync(); err != nil { // only what is on the disk is dropped
			return err
		}
		return unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
	})
}
