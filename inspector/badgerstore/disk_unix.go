//go:build linux || darwin || freebsd

package badgerstore

import (
	"io/fs"
	"os"
	"syscall"
)

// freeSpace returns the bytes that this user can still write to dir's disk.
func freeSpace(dir string) (int64, error) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return 0, err
	}
	return int64(st.Bavail) * int64(st.Bsize), nil
}

// allocated returns the bytes that a file takes up: Badger's files are sparse,
// twice as long as they may get.
func allocated(info fs.FileInfo) int64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return int64(st.Blocks) * 512 // POSIX counts in 512, whatever the block size
	}
	return info.Size()
}

// lockFolder takes the lock on dir that Badger takes, until unlock.
func lockFolder(dir string) (unlock func(), ok bool) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, false
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close() // it was only looked at
		return nil, false
	}
	return func() { _ = f.Close() }, true // which lets go of the lock
}
