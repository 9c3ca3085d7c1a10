package inspector

import (
	"context"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"
)

// backlog delivers what waits at one accept endpoint, oldest first. The queue
// itself is in the store, so it survives a restart; what is here is who is at
// the shop and what has to wait for how long.
//
// What the shop does not take stops the queue, and then one delivery at a time
// finds out whether that is over. Where the endpoint says WhenStuckPass, one
// that the shop refused often enough steps aside instead and has a backoff of
// its own.
type backlog struct {
	i        *Inspector
	endpoint string
	stop     context.CancelFunc
	nudge    chan struct{} // holds a value when something changed that ends a wait
	ended    chan attempt
	turning  sync.Mutex // held while paused changes, in the store and here

	mu       sync.Mutex // guards what follows, which surfaces read
	paused   bool
	sending  map[ulid.ULID]bool
	setbacks map[ulid.ULID]setback
	stuck    blockade
	said     string // what went wrong last

	// These are run's alone.
	ready    []ulid.ULID        // read from the queue, next to go
	recorded map[ulid.ULID]bool // over, but the store may still call them waiting
	unsynced bool               // deliveries were recorded since the store was synced last
	asideDue bool               // whoever stepped aside is next, if it is time for one
}

const (
	backlogPage = 64
	// asideAfter is how many refusals of the shop make a delivery step aside.
	asideAfter = 3
)

// tendBacklogs starts and ends queues so that each accept endpoint of s has
// one; the caller holds i.mu. Captures of an endpoint that is gone keep waiting.
func (i *Inspector) tendBacklogs(s *setup) {
	for name, b := range i.backlog {
		if r := s.named(name); r == nil || r.Answer != AnswerAccept {
			b.stop()
			delete(i.backlog, name)
		}
	}
	for _, r := range s.routes {
		if b, running := i.backlog[r.Name]; running {
			b.renew(r.WhenStuck)
			continue
		}
		if r.Answer != AnswerAccept {
			continue
		}
		ctx, stop := context.WithCancel(i.ctx)
		b := &backlog{
			i: i, endpoint: r.Name, stop: stop, nudge: make(chan struct{}, 1), ended: make(chan attempt),
			paused: i.recallPause(ctx, r.Name), sending: map[ulid.ULID]bool{}, setbacks: map[ulid.ULID]setback{},
			recorded: map[ulid.ULID]bool{},
		}
		i.backlog[r.Name] = b
		i.work.Go(func() { b.run(ctx) })
	}
}

// run delivers until ctx ends, and then waits for what is at the shop.
func (b *backlog) run(ctx context.Context) {
	defer b.stop()
	changed, end := b.i.store.Subscribe()
	defer end()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for ctx.Err() == nil {
		b.start(ctx)
		timer.Reset(b.idle())
		select {
		case <-ctx.Done():
		case a := <-b.ended:
			b.settle(a)
		case <-changed:
		case <-b.nudge:
		case <-timer.C:
		}
	}
	for b.underWay() > 0 {
		b.settle(<-b.ended)
	}
}

// start sends off all that may be at the shop now.
func (b *backlog) start(ctx context.Context) {
	for ctx.Err() == nil {
		r := b.i.setup.Load().named(b.endpoint)
		if r == nil || !b.open(r) {
			return
		}
		id, some := b.next(ctx, r)
		if !some {
			return
		}
		a := b.take(id)
		go func() { b.ended <- b.deliver(ctx, a) }()
	}
}

// open tells whether one more delivery may be sent off.
func (b *backlog) open(r *route) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	places := max(r.Concurrency, 1)
	if b.stuck.failures > 0 {
		places = 1 // it shows whether the others can follow
	}
	return !b.paused && !b.i.paused.Load() && len(b.sending) < places && !time.Now().Before(b.stuck.until)
}

// next chooses what is sent off. Those that stepped aside, when it is time for
// them, take turns with the others, so that neither keep the other waiting.
func (b *backlog) next(ctx context.Context, r *route) (id ulid.ULID, some bool) {
	aside, due := b.firstDue(time.Now())
	if !due || !b.asideDue {
		if id, some = b.front(ctx, r); some {
			b.asideDue = true
			return id, true
		}
	}
	b.asideDue = false
	return aside, due
}

// front returns the oldest of those that wait for nothing but their turn.
func (b *backlog) front(ctx context.Context, r *route) (id ulid.ULID, some bool) {
	if len(b.ready) == 0 && !b.fill(ctx, r) {
		b.settle(attempt{result: storeDown})
	}
	if len(b.ready) == 0 {
		return id, false
	}
	id, b.ready = b.ready[0], b.ready[1:]
	return id, true
}

// fill reads the next page of the queue; false when the store fails.
func (b *backlog) fill(ctx context.Context, r *route) bool {
	// A recorded delivery is only queued: the next look at the queue must not
	// find its capture still waiting.
	if b.unsynced {
		if err := b.i.store.Sync(ctx); err != nil {
			return ctx.Err() != nil
		}
		clear(b.recorded)
		b.unsynced = false
	}
	for len(b.ready) == 0 {
		page, err := b.i.store.Pending(ctx, b.endpoint, backlogPage, b.known)
		if err != nil {
			if ctx.Err() == nil {
				b.i.log.Error("reading the queue", "endpoint", b.endpoint, "error", err)
			}
			return ctx.Err() != nil
		}
		if len(page) == 0 {
			return true
		}
		for _, s := range page {
			if r.WhenStuck == WhenStuckPass && s.Attempts >= asideAfter && asksAgain(s.Status) {
				b.setAside(s.ID, s.Attempts, 0) // it was aside before the program ended
				continue
			}
			b.ready = append(b.ready, s.ID)
		}
	}
	return true
}

// settle draws the conclusions from an attempt that is over.
func (b *backlog) settle(a attempt) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.sending, a.id)
	b.unsynced = true
	if a.said != "" || a.probe {
		b.said = a.said
	}
	switch a.result {
	case taken:
		b.recorded[a.id] = true
		if a.probe {
			b.stuck = blockade{}
		}
	case elsewhere:
		b.setbacks[a.id] = setback{due: time.Now().Add(firstWait)}
	case passed:
		b.setbacks[a.id] = newSetback(a.refusals, a.again)
		if a.probe {
			b.stuck = blockade{}
		}
	default:
		b.stuck.grow(a)
		b.ready = nil // what failed comes first again
	}
}
