package tunnel

import (
	"slices"
	"sync"
	"time"
)

// board holds a status and wakes those who watch it.
type board struct {
	mu     sync.Mutex
	status Status
	feeds  map[chan struct{}]bool
}

func (b *board) read() Status {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.status
	s.Notes = slices.Clone(s.Notes)
	return s
}

// change edits the status, unless the tunnel is closed: that is the last word.
func (b *board) change(edit func(*Status)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.status.State == Closed {
		return
	}
	was := b.status.State
	edit(&b.status)
	if b.status.State != was {
		b.status.Since = time.Now()
	}
	b.wake()
}

func (b *board) close() {
	b.change(func(s *Status) {
		s.State, s.URL, s.Latency = Closed, "", 0
	})
}

// wake never waits for a reader: a value that was not read yet is enough.
func (b *board) wake() {
	for feed := range b.feeds {
		select {
		case feed <- struct{}{}:
		default:
		}
	}
}

func (b *board) subscribe() (<-chan struct{}, func()) {
	feed := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.feeds == nil {
		b.feeds = map[chan struct{}]bool{}
	}
	b.feeds[feed] = true
	return feed, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.feeds[feed] {
			delete(b.feeds, feed)
			close(feed)
		}
	}
}
