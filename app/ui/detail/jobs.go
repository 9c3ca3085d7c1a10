package detail

import (
	"sync"
	"sync/atomic"
)

// atOnce is the size up to which a document is made on the UI goroutine: less
// than a frame's time, and the pane does not flicker from one capture to the
// next.
const atOnce = 48 << 10

// jobs does work off the UI goroutine, one piece at a time. Only the newest is
// shown; one that is overtaken while it waits is not begun at all, and one
// that is overtaken while it runs is told to stop.
type jobs struct {
	do      func(func()) // on the UI goroutine
	newest  atomic.Int64
	turn    chan struct{}
	running sync.WaitGroup
}

func newJobs(do func(func())) *jobs { return &jobs{do: do, turn: make(chan struct{}, 1)} }

// run works through size bytes: make does it and returns what shows the result
// on the UI goroutine, which happens unless another run or drop came in
// between.
func (j *jobs) run(size int, make func(stop func() bool) (show func())) {
	mine := j.newest.Add(1)
	stop := func() bool { return j.newest.Load() != mine }
	if size <= atOnce {
		make(stop)()
		return
	}
	j.running.Go(func() {
		j.turn <- struct{}{}
		defer func() { <-j.turn }()
		if stop() {
			return
		}
		show := make(stop)
		j.do(func() {
			if !stop() {
				show()
			}
		})
	})
}

// drop forgets what is under way.
func (j *jobs) drop() { j.newest.Add(1) }

// Rest breaks off what is being made beside the UI goroutine and waits for it.
func (p *Pane) Rest() {
	for _, v := range []*viewer{p.body, p.raw, p.response.body} {
		for _, j := range v.works() {
			j.drop()
			j.running.Wait()
		}
	}
}
