//go:build bench && linux

package bench

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
)

// fillTask is to keep the captures From to To, and what the store does with
// them afterwards.
type fillTask struct {
	Dir      string
	From, To int
	Opaque   bool // bodies without fields to search in
	// Begin and Span set the store's clock: it goes from Begin to Begin+Span
	// while it is filled. It is the real one without a Span.
	Begin time.Time
	Span  time.Duration
}

// filled is what came of it.
type filled struct {
	Rate float64 // captures a second, until all are durable
	CPU  float64 // microseconds of this process for each, work in the background included, making the body not
}

// fillers is how many sides fill at once.
const fillers = 64

func fill(task fillTask) (filled, error) {
	count := task.To - task.From
	var next atomic.Int64
	now := time.Now
	if task.Span > 0 {
		now = func() time.Time {
			return task.Begin.Add(time.Duration(float64(task.Span) * min(1, float64(next.Load())/float64(count))))
		}
	}
	s, err := badgerstore.Open(badgerstore.Options{Dir: task.Dir, Now: now})
	if err != nil {
		return filled{}, err
	}
	bodies := newOrders(smallBody)
	body := bodies.body
	if task.Opaque {
		body = bodies.opaque
	}
	making := timeBodies(body)
	failed := make([]error, fillers)
	before, began := processorTime(), time.Now()
	var group sync.WaitGroup
	for i := range fillers {
		group.Go(func() {
			for failed[i] == nil {
				n := int(next.Add(1)) - 1 + task.From
				if n >= task.To {
					return
				}
				c := capture(n, body(n), now())
				c.State = inspector.Done // nothing waits for a shop
				failed[i] = s.Keep(context.Background(), c)
			}
		})
	}
	group.Wait()
	elapsed := time.Since(began)
	settled := settle()
	used := processorTime() - before
	for _, err := range append(failed, settled, s.Close()) {
		if err != nil {
			return filled{}, err
		}
	}
	n := float64(max(1, count))
	return filled{Rate: n / elapsed.Seconds(), CPU: float64(used.Microseconds())/n - making}, nil
}

// timeBodies is how long it takes to make one body, in microseconds.
func timeBodies(body func(int) []byte) float64 {
	const sample = 5000
	before := processorTime()
	for n := range sample {
		body(n)
	}
	return float64((processorTime() - before).Microseconds()) / sample
}
