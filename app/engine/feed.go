package engine

import (
	"context"
	"sync"
)

// feed tells its subscribers that something changed, and nothing more: a slow
// one misses repetitions, never the fact.
type feed struct {
	mu   sync.Mutex
	subs map[chan struct{}]bool
}

func (f *feed) subscribe() (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.subs == nil {
		f.subs = map[chan struct{}]bool{}
	}
	f.subs[c] = true
	return c, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.subs, c)
	}
}

func (f *feed) changed() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for c := range f.subs {
		select {
		case c <- struct{}{}:
		default: // it has one to read already
		}
	}
}

// pass tells on what comes from another feed, until that or ctx ends.
func (f *feed) pass(ctx context.Context, from <-chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-from:
			if !open {
				return
			}
			f.changed()
		}
	}
}
