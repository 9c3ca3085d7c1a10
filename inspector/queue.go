package inspector

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
)

// Queue is how the queue of an accept endpoint stands. Its JSON is the object
// of "queue list --json".
type Queue struct {
	Endpoint string `json:"endpoint"`
	// Waiting counts all that the shop has not taken yet, those of Sending and
	// Aside among them.
	Waiting int `json:"waiting"`
	// Sending counts the deliveries that are at the shop now.
	Sending int `json:"sending"`
	// Aside counts those that the shop refused so often that others pass them.
	Aside  int  `json:"aside"`
	Paused bool `json:"paused"`
	// AllPaused is set while all forwarding is paused, until the program ends.
	AllPaused bool `json:"all_paused"`
	// Next is the time of the next attempt, zero when nothing has to wait for one.
	Next time.Time `json:"next,omitzero"`
	// Error is what went wrong last; "" when all went well or nothing waits.
	Error string `json:"error"`
}

// The errors of calls that name a queue.
var (
	// ErrNoQueue is what they answer for an endpoint that is not configured or
	// answers with what the shop says.
	ErrNoQueue = errors.New("no endpoint of that name has a queue")
	// ErrPaused is what DrainQueue answers while nothing may be sent.
	ErrPaused = errors.New("the queue is paused")
)

// Queues returns the queues of all accept endpoints in the order of their names.
func (i *Inspector) Queues() []Queue {
	waiting := i.store.Counts().WaitingAt
	i.mu.Lock()
	defer i.mu.Unlock()
	queues := []Queue{}
	for name, b := range i.backlog {
		queues = append(queues, b.state(waiting[name]))
	}
	slices.SortFunc(queues, func(a, b Queue) int { return strings.Compare(a.Endpoint, b.Endpoint) })
	return queues
}

// state is how b stands while waiting captures of its endpoint wait.
func (b *backlog) state(waiting int) Queue {
	b.mu.Lock()
	defer b.mu.Unlock()
	q := Queue{Endpoint: b.endpoint, Waiting: waiting, Sending: len(b.sending), Paused: b.paused, AllPaused: b.i.paused.Load()}
	if waiting == 0 {
		return q
	}
	for _, s := range b.setbacks {
		if s.refusals > 0 {
			q.Aside++
		}
	}
	// One that was delivered by hand or deleted is missed when it is due.
	q.Aside, q.Error = min(q.Aside, waiting), b.said
	if q.Paused || q.AllPaused {
		return q
	}
	if q.Next = b.stuck.until; !time.Now().Before(q.Next) {
		_, first := b.earliest()
		q.Next = first.due
	}
	return q
}

// NextAttempt is when a capture that the shop did not take is tried again; zero
// when it has only those before it to wait for, or is not in a queue.
func (i *Inspector) NextAttempt(endpoint string, id ulid.ULID) time.Time {
	b := i.queue(endpoint)
	if b == nil {
		return time.Time{}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.paused, i.paused.Load():
		return time.Time{}
	case b.stuck.by == id:
		return b.stuck.until
	}
	return b.setbacks[id].due
}

// PauseQueue stops what an accept endpoint sends to the shop while on is true,
// also across restarts; its senders are answered as before, but those that ask
// for the shop's own answer get 503. What is at the shop already is not cut off.
func (i *Inspector) PauseQueue(ctx context.Context, endpoint string, on bool) error {
	b := i.queue(endpoint)
	if b == nil {
		return fmt.Errorf("pausing the queue of %q: %w", endpoint, ErrNoQueue)
	}
	b.turning.Lock()
	defer b.turning.Unlock()
	value := ""
	if on {
		value = "yes"
	}
	if err := i.store.Remember(ctx, pauseKey(endpoint), value); err != nil {
		return fmt.Errorf("pausing the queue of %q: %w", endpoint, err)
	}
	b.mu.Lock()
	b.paused = on
	b.mu.Unlock()
	b.wake(false)
	return nil
}

// DrainQueue tries at once to deliver what waits, whatever it would have to wait for.
func (i *Inspector) DrainQueue(endpoint string) error {
	b := i.queue(endpoint)
	switch {
	case b == nil:
		return fmt.Errorf("draining the queue of %q: %w", endpoint, ErrNoQueue)
	case i.queuePaused(endpoint), i.paused.Load():
		return fmt.Errorf("draining the queue of %q: %w", endpoint, ErrPaused)
	}
	b.wake(true)
	return nil
}

// queue returns the queue of an accept endpoint, nil for any other.
func (i *Inspector) queue(endpoint string) *backlog {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.backlog[endpoint]
}

func (i *Inspector) queuePaused(endpoint string) bool {
	b := i.queue(endpoint)
	if b == nil {
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.paused
}

// pauseKey is where the store remembers that a queue is paused.
func pauseKey(endpoint string) string { return "paused/" + endpoint }

func (i *Inspector) recallPause(ctx context.Context, endpoint string) bool {
	value, err := i.store.Recall(ctx, pauseKey(endpoint))
	if err != nil {
		i.log.Warn("recalling whether the queue is paused", "endpoint", endpoint, "error", err)
	}
	return value != ""
}

// StoredQueues returns how the queues of endpoints stand in a store that no
// inspector works on.
func StoredQueues(ctx context.Context, store Store, endpoints []string) ([]Queue, error) {
	waiting := store.Counts().WaitingAt
	queues := []Queue{}
	for _, name := range endpoints {
		paused, err := store.Recall(ctx, pauseKey(name))
		if err != nil {
			return nil, fmt.Errorf("reading the queue of %q: %w", name, err)
		}
		oldest, err := store.Pending(ctx, name, 1, nil)
		if err != nil {
			return nil, fmt.Errorf("reading the queue of %q: %w", name, err)
		}
		q := Queue{Endpoint: name, Waiting: waiting[name], Paused: paused != ""}
		if len(oldest) > 0 {
			q.Error = refusal(oldest[0].Status, oldest[0].Error)
		}
		queues = append(queues, q)
	}
	return queues, nil
}
