//go:build bench && linux

package bench

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// smallDisk mounts a file system in memory of so many MiB; where this user may
// not mount one, the fault is not here.
func smallDisk(t *testing.T, size int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dm", size)); err != nil {
		notHere(t, "mount a file system of %d MiB: %v", size, err)
	}
	t.Cleanup(func() { unmount(t, dir) })
	return dir
}

// enlarge gives a smallDisk another size in MiB.
func enlarge(t *testing.T, dir string, size int) {
	t.Helper()
	if err := unix.Mount("tmpfs", dir, "tmpfs", unix.MS_REMOUNT, fmt.Sprintf("size=%dm", size)); err != nil {
		t.Fatal(err)
	}
}

// unmount waits until nobody uses dir any more.
func unmount(t *testing.T, dir string) {
	t.Helper()
	err := unix.Unmount(dir, 0)
	for end := time.Now().Add(patience); err == unix.EBUSY && time.Now().Before(end); err = unix.Unmount(dir, 0) {
		time.Sleep(100 * time.Millisecond)
	}
	if err != nil {
		t.Errorf("unmount %s: %v", dir, err)
	}
}

// image is a disk that promises 2 GiB and has as many MiB as the smallDisk that
// its file lies on: beyond that, its writes fail with EIO.
type image struct{ bed, file, dir string }

// newImage makes one with ext4 on it and mounts it.
func newImage(t *testing.T, size int) image {
	t.Helper()
	bed := smallDisk(t, size)
	i := image{bed: bed, file: filepath.Join(bed, "image"), dir: t.TempDir()}
	if err := os.WriteFile(i.file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(i.file, 2<<30); err != nil {
		t.Fatal(err)
	}
	if err := i.do("mkfs.ext4", "-q", i.file); err != nil {
		notHere(t, "%v", err)
	}
	if err := i.mount(); err != nil {
		notHere(t, "%v", err)
	}
	t.Cleanup(func() { unmount(t, i.dir) })
	return i
}

func (i image) mount() error { return i.do("mount", "-o", "loop", i.file, i.dir) }

// again mounts it anew, so that nothing is known that is not on the disk.
func (i image) again(t *testing.T) {
	t.Helper()
	unmount(t, i.dir)
	if err := i.mount(); err != nil {
		t.Fatal(err)
	}
}

// pull makes the disk fail every access from now on: EXT4_IOC_SHUTDOWN without
// writing out the file system's journal, see ext4's ioctl.c.
func (i image) pull() error {
	const shutdown, withoutLog = 0x8004587d, 2
	f, err := os.Open(i.dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return unix.IoctlSetPointerInt(int(f.Fd()), shutdown, withoutLog)
}

func (image) do(name string, args ...string) error {
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, out)
	}
	return nil
}
