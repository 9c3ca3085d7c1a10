package inspector

import "sync"

// Feed tells any number of subscribers that something changed. It carries no
// data and never waits: a value that was not taken yet stands for the next too. Its zero value is ready.
type Feed struct {
	mu   sync.Mutex
	subs map[chan struct{}]struct{}
}

// Subscribe returns a channel that gets a value after a change, and the
// function that ends the subscription.
func (f *Feed) Subscribe() (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.subs == nil {
		f.subs = map[chan struct{}]struct{}{}
	}
	f.subs[c] = struct{}{}
	return c, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.subs, c)
	}
}

// Changed tells every subscriber, and waits for none.
func (f *Feed) Changed() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for c := range f.subs {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}
