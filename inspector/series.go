package inspector

import (
	"context"
	"time"
)

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
