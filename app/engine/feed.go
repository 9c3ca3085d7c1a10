package engine

import "context"

// pass tells on what comes from another feed, until that or ctx ends.
func (e *Engine) pass(ctx context.Context, from <-chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-from:
			if !open {
				return
			}
			e.feed.Changed()
		}
	}
}
