//go:build bench && linux

package bench

import (
	"context"
	"fmt"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"shopbell/inspector/badgerstore"
)

// writeTask is to make durable writes for a while, from so many sides at once.
type writeTask struct {
	Kind    string // "store", "badger" or "disk"
	Writers int
	Length  time.Duration
}

// written is what came of a writeTask.
type written struct {
	Rate     float64 // writes a second
	P50, P99 float64 // milliseconds
	CPU      float64 // microseconds of this process for each
}

// write does a writeTask in a folder of its own.
func write(task writeTask) (written, error) {
	dir, err := os.MkdirTemp("", "shopbell-bench-")
	if err != nil {
		return written{}, err
	}
	defer os.RemoveAll(dir)
	open, known := map[string]func(string) (func() error, func() error, error){"disk": diskFloor, "badger": badgerFloor, "store": storeWriter}[task.Kind]
	if !known {
		return written{}, fmt.Errorf("the kind of write is %q, expected store, badger or disk", task.Kind)
	}
	once, done, err := open(dir)
	if err != nil {
		return written{}, err
	}
	w, err := repeat(once, task.Writers, task.Length)
	if failed := done(); err == nil {
		err = failed
	}
	return w, err
}

// storeWriter keeps captures of 1.5 KB.
func storeWriter(dir string) (func() error, func() error, error) {
	s, err := badgerstore.Open(badgerstore.Options{Dir: dir})
	if err != nil {
		return nil, nil, err
	}
	var next atomic.Int64
	bodies := newOrders(smallBody)
	once := func() error {
		n := int(next.Add(1))
		return s.Keep(context.Background(), capture(n, bodies.body(n), time.Now()))
	}
	return once, s.Close, nil
}

// repeat calls once from all sides until the time is over.
func repeat(once func() error, sides int, length time.Duration) (written, error) {
	took, failed := make([][]time.Duration, sides), make([]error, sides)
	before, began := processorTime(), time.Now()
	var group sync.WaitGroup
	for i := range sides {
		group.Go(func() {
			for last := began; failed[i] == nil && last.Sub(began) < length; {
				failed[i] = once()
				now := time.Now()
				took[i] = append(took[i], now.Sub(last))
				last = now
			}
		})
	}
	group.Wait()
	elapsed, used := time.Since(began), processorTime()-before
	for _, err := range failed {
		if err != nil {
			return written{}, err
		}
	}
	all := slices.Concat(took...)
	slices.Sort(all)
	n := float64(len(all))
	return written{
		Rate: n / elapsed.Seconds(), CPU: float64(used.Microseconds()) / n,
		P50: millis(all[len(all)/2]), P99: millis(all[len(all)*99/100]),
	}, nil
}

// processorTime is what this process has used so far.
func processorTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // cannot fail with these arguments
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
