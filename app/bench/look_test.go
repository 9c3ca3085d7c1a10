//go:build bench && linux

package bench

import (
	"context"
	"os"
	"runtime/debug"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
)

// lookTask is to open a store and list what is in it.
type lookTask struct{ Dir string }

// looked is how long that took, in milliseconds, and what memory it held, in MiB.
type looked struct {
	Open         float64
	Newest       float64 // the newest 50, for the first time
	NewestAgain  float64
	All          float64 // every summary, newest first, in pages of 1,000
	Count        int
	Idle         float64 // anonymous, after Newest
	IdleResident float64 // the most so far, mapped files included
	Busy         float64 // anonymous, after All
}

const (
	newest  = 50
	pageful = 1000
)

func look(task lookTask) (l looked, err error) {
	began := time.Now()
	s, err := badgerstore.Open(badgerstore.Options{Dir: task.Dir})
	if err != nil {
		return l, err
	}
	l.Open = millis(time.Since(began))
	for _, took := range []*float64{&l.Newest, &l.NewestAgain} {
		began = time.Now()
		if _, err := s.Page(context.Background(), inspector.Query{}, ulid.ULID{}, newest); err != nil {
			return l, err
		}
		*took = millis(time.Since(began))
	}
	if err := settle(); err != nil {
		return l, err
	}
	self := []int{os.Getpid()}
	l.IdleResident = mib(readMemory(self).peak)
	// What the collector would give back within minutes counts as given back.
	debug.FreeOSMemory()
	l.Idle = mib(readMemory(self).anon)
	began = time.Now()
	if l.Count, err = listAll(s); err != nil {
		return l, err
	}
	l.All = millis(time.Since(began))
	l.Busy = mib(readMemory(self).anon)
	return l, s.Close()
}

// listAll asks for every summary, page by page.
func listAll(s inspector.Store) (count int, err error) {
	var before ulid.ULID
	for {
		list, err := s.Page(context.Background(), inspector.Query{}, before, pageful)
		if err != nil || len(list) == 0 {
			return count, err
		}
		count += len(list)
		before = list[len(list)-1].ID
	}
}
