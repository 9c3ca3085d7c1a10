package engine

import (
	"context"
	"errors"
	"maps"
	"sync"
	"time"

	"shopbell/providers/signature"
)

// The limits of a Volley.
const (
	MaxVolley     = 1000
	MaxVolleyRate = 200 // a second
	// maxUnderWay is how many deliveries wait for an answer at once; a receiver
	// that is slower than the rate slows the volley down.
	maxUnderWay = 16
)

// Volley sends a number of deliveries at a rate.
type Volley struct {
	// Count is 1 to MaxVolley, Rate above 0 up to MaxVolleyRate a second; what is
	// outside is drawn in.
	Count int
	Rate  float64
	// Progress, which may be nil, is told after each delivery, one call at a time.
	Progress func(Tally)
}

// Shot is what became of one delivery.
type Shot struct {
	Outcome signature.Outcome // as its receiver judges it
	Status  int               // 0 when there was no answer
	Err     error             // why it was not sent, or not answered
}

// Tally counts deliveries.
type Tally struct {
	Count    int // wanted
	Sent     int // answered
	Failed   int // not sent, or not answered
	Outcomes map[signature.Outcome]int
	Statuses map[int]int
	Took     time.Duration
	// Failure is the last reason for a failed one.
	Failure error
}

func (t *Tally) add(s Shot) {
	if s.Outcome != "" {
		t.Outcomes[s.Outcome]++
	}
	if s.Err != nil {
		t.Failed, t.Failure = t.Failed+1, s.Err
		return
	}
	t.Sent++
	t.Statuses[s.Status]++
}

// copy is t for somebody who keeps it.
func (t Tally) copy() Tally {
	t.Outcomes, t.Statuses = maps.Clone(t.Outcomes), maps.Clone(t.Statuses)
	return t
}

// Send calls shoot for each delivery, several at once where answers are slow. It
// ends early with ctx, whose error it returns; one that ctx cut off is not
// counted.
func (v Volley) Send(ctx context.Context, shoot func(context.Context) Shot) (Tally, error) {
	v.Count = min(max(v.Count, 1), MaxVolley)
	if v.Rate <= 0 || v.Rate > MaxVolleyRate {
		v.Rate = MaxVolleyRate
	}
	t := Tally{Count: v.Count, Outcomes: map[signature.Outcome]int{}, Statuses: map[int]int{}}
	began := time.Now()
	var mu sync.Mutex
	var all sync.WaitGroup
	slots := make(chan struct{}, maxUnderWay)
	for i := range v.Count {
		if !v.turn(ctx, began, i, slots) {
			break
		}
		all.Go(func() {
			defer func() { <-slots }()
			shot := shoot(ctx)
			mu.Lock()
			defer mu.Unlock()
			if errors.Is(shot.Err, context.Canceled) && ctx.Err() != nil {
				return
			}
			t.add(shot)
			t.Took = time.Since(began)
			if v.Progress != nil {
				v.Progress(t.copy())
			}
		})
	}
	all.Wait()
	t.Took = time.Since(began)
	return t, ctx.Err()
}

// turn waits for the time of delivery i and for a free place among those under
// way; false when ctx ended.
func (v Volley) turn(ctx context.Context, began time.Time, i int, slots chan struct{}) bool {
	due := began.Add(time.Duration(float64(i) / v.Rate * float64(time.Second)))
	timer := time.NewTimer(time.Until(due))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return false
	}
	select {
	case slots <- struct{}{}:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}
