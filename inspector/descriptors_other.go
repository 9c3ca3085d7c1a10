//go:build !unix

package inspector

// descriptors is how many files and connections this process may have open;
// other systems set no limit that a laptop meets.
func descriptors() int { return 1 << 20 }
