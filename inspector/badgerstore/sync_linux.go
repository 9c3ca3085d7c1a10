package badgerstore

import (
	"os"

	"golang.org/x/sys/unix"
)

// syncData makes what was written to f durable, without the times of the file.
func syncData(f *os.File) error {
	for {
		err := unix.Fdatasync(int(f.Fd()))
		if err != unix.EINTR {
			return err
		}
	}
}
