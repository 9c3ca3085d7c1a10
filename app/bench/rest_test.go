//go:build bench && linux

package bench

import (
	"os"
	"time"
)

// Work in the background is over when a process and all below it have used less
// than idleShare of a processor for a while.
const idleShare = 0.03

// rest waits until the work of root is over, for quiet to be the while and for
// so long at most, and returns what was used by then.
func rest(root int, quiet, atMost time.Duration) (usage, error) {
	before, err := readUsage()
	for began := time.Now(); err == nil && time.Since(began) < atMost; {
		time.Sleep(quiet)
		var after usage
		if after, err = readUsage(); err != nil {
			break
		}
		used := after.of(root) - before.of(root)
		before = after
		if float64(used) < idleShare*float64(quiet) {
			break
		}
	}
	return before, err
}

// settleAtMost is how long work in the background of the store may take.
const settleAtMost = 5 * time.Minute

// settle waits until this process rests.
func settle() error {
	_, err := rest(os.Getpid(), time.Second, settleAtMost)
	return err
}
