package inspector

import (
	"context"
	"time"

	"github.com/oklog/ulid/v2"
)

// Step is one replay of a series.
type Step struct {
	Number   int // from 0
	Capture  ulid.ULID
	Delivery Delivery
	// Err is why it was not sent; the series goes on.
	Err error
}

// ReplaySeries replays captures in the order of ids, one after the other: pace
// passes between an answer and the next delivery. done, which may be nil, is
// told of each. The error is ctx's when that ended the series early.
func (i *Inspector) ReplaySeries(ctx context.Context, ids []ulid.ULID, o ReplayOptions, pace time.Duration, done func(Step)) error {
	return InTurn(ctx, len(ids), pace, func(n int) error {
		s := Step{Number: n, Capture: ids[n]}
		s.Delivery, s.Err = i.Replay(ctx, ids[n], o)
		if done != nil {
			done(s)
		}
		return nil
	})
}

// InTurn calls do with 0 to n-1, and waits for pace between one's end and the
// next one's beginning. It ends with ctx, or with the first error of do.
func InTurn(ctx context.Context, n int, pace time.Duration, do func(int) error) error {
	for i := range n {
		if err := rest(ctx, pace, i > 0); err != nil {
			return err
		}
		if err := do(i); err != nil {
			return err
		}
	}
	return nil
}

// rest waits unless it is the first one's turn.
func rest(ctx context.Context, pace time.Duration, wait bool) error {
	if !wait || pace <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(pace)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}
