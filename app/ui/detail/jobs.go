package detail

import (
	"sync"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"shopbell/app/ui/rows"
)

// atOnce is the size up to which a document is made on the UI goroutine: less
// than a frame's time, and the pane does not flicker from one capture to the
// next.
const atOnce = 48 << 10

// page is a document made for a CodeView, with what there is to say of it.
type page struct {
	doc   *rows.Document
	notes []string
}

// jobs makes pages off the UI goroutine, one at a time. Only the newest is
// shown; one that is overtaken while it waits is not made at all.
type jobs struct {
	newest  atomic.Int64
	turn    chan struct{}
	running sync.WaitGroup
}

func newJobs() *jobs { return &jobs{turn: make(chan struct{}, 1)} }

// run makes a page of size bytes and shows it on the UI goroutine, unless
// another run or drop came in between. It reports whether that is done already.
func (j *jobs) run(size int, make func() page, show func(page)) bool {
	mine := j.newest.Add(1)
	if size <= atOnce {
		show(make())
		return true
	}
	j.running.Go(func() {
		j.turn <- struct{}{}
		defer func() { <-j.turn }()
		if j.newest.Load() != mine {
			return
		}
		made := make()
		fyne.Do(func() {
			if j.newest.Load() == mine {
				show(made)
			}
		})
	})
	return false
}

// drop forgets what is under way.
func (j *jobs) drop() { j.newest.Add(1) }
