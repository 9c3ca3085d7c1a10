//go:build unix

package inspector

import "golang.org/x/sys/unix"

// descriptors is how many files and connections this process may have open.
func descriptors() int {
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &limit) != nil {
		return 1024 // what a login usually gets
	}
	return int(min(uint64(limit.Cur), 1<<20))
}
