package badgerstore

import (
	"context"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

const (
	// queueBytes bounds what waits in memory for the disk: twice the default
	// body limit, so that one large body does not turn away the next.
	queueBytes = 64 << 20
	// batchOps and batchBytes bound one commit. With at most some eight keys of
	// 1 KiB an op, batchOps stays below Badger's limit of 15 % of a memtable.
	batchOps   = 192
	batchBytes = 16 << 20
	// recordPatience is how long deliveries alone wait for a capture to share
	// its sync with (performance notes, hot path, 4).
	recordPatience = 5 * time.Millisecond
)

// op is one change to the store.
type op struct {
	// apply adds the change to a batch. An error is this op's alone; then it
	// must not have added anything.
	apply func(*batch) error
	// bytes is the memory the op holds while it is queued.
	bytes int64
	// patient ops may wait recordPatience for others; nobody waits for them.
	patient bool
	// capture marks what is refused first when the disk is filling up.
	capture bool
	// done gets the outcome, after the commit.
	done chan error
}

// queue is what waits for the committer, in order, bounded by bytes.
type queue struct {
	mu       sync.Mutex
	ops      []*op
	bytes    int64 // queued and being committed
	limit    int64
	urgent   int           // ops in the queue that are not patient
	room     chan struct{} // closed and replaced whenever bytes fell
	wake     chan struct{} // has a value after every push
	ended    chan struct{} // closed by close
	closed   bool
	delivery sequence
}

func newQueue(limit int64) *queue {
	return &queue{limit: limit, room: make(chan struct{}), wake: make(chan struct{}, 1), ended: make(chan struct{})}
}

// push queues o and runs then, which may be nil, while nothing else is queued.
// A capture that finds the queue full is turned away with inspector.ErrFull,
// anything else waits for room. What is larger than the whole queue is taken
// when it is alone.
func (q *queue) push(ctx context.Context, o *op, then func()) error {
	for {
		room, err := q.pushNow(o, then)
		if room == nil || o.capture {
			return err
		}
		select {
		case <-room:
		case <-q.ended:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// pushNow also returns, when there was no room, what to wait for.
func (q *queue) pushNow(o *op, then func()) (room <-chan struct{}, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return nil, ErrClosed
	}
	if q.bytes > 0 && q.bytes+o.bytes > q.limit {
		return q.room, inspector.ErrFull
	}
	q.ops = append(q.ops, o)
	q.bytes += o.bytes
	if !o.patient {
		q.urgent++
	}
	if then != nil {
		then()
	}
	select {
	case q.wake <- struct{}{}:
	default:
	}
	return nil, nil
}

// nextDelivery makes the id of the delivery that is being queued; call it from
// push only, so that ids rise in the order of the queue.
func (q *queue) nextDelivery(now time.Time) ulid.ULID { return q.delivery.next(now) }

// withdraw takes o out again; false when the committer has it already.
func (q *queue) withdraw(o *op) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, other := range q.ops {
		if other != o {
			continue
		}
		q.ops = append(q.ops[:i:i], q.ops[i+1:]...)
		if !o.patient {
			q.urgent--
		}
		q.freeLocked(o.bytes)
		return true
	}
	return false
}

// take waits for ops and returns what is there, at most one commit's worth. It
// returns nothing once the queue is closed and empty.
func (q *queue) take() []*op {
	var patience <-chan time.Time
	for late := false; ; {
		ops, waiting := q.takeNow(late)
		if len(ops) > 0 || q.isClosed() {
			return ops
		}
		if waiting && patience == nil {
			patience = time.After(recordPatience)
		}
		select {
		case <-q.wake:
		case <-patience:
			late = true
		case <-q.ended:
			late = true
		}
	}
}

// takeNow returns what can be committed now: nothing when only patient ops wait
// and it is not late for them, which waiting tells.
func (q *queue) takeNow(late bool) (ops []*op, waiting bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !late && q.urgent == 0 && !q.closed {
		return nil, len(q.ops) > 0
	}
	n, bytes := 0, int64(0)
	for n < len(q.ops) && n < batchOps && (n == 0 || bytes+q.ops[n].bytes <= batchBytes) {
		bytes += q.ops[n].bytes
		if !q.ops[n].patient {
			q.urgent--
		}
		n++
	}
	ops = append([]*op(nil), q.ops[:n]...)
	clear(q.ops[:n]) // so that what was committed can be freed
	q.ops = q.ops[n:]
	return ops, len(q.ops) > 0
}

// free gives back the room of ops that were committed.
func (q *queue) free(bytes int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.freeLocked(bytes)
}

func (q *queue) freeLocked(bytes int64) {
	q.bytes -= bytes
	close(q.room)
	q.room = make(chan struct{})
}

func (q *queue) isClosed() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.closed
}

// close ends the queue; what is in it is still taken. False when it was closed.
func (q *queue) close() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.closed = true
	close(q.ended)
	return true
}

// raiseDeliveries makes the next delivery's id larger than id.
func (q *queue) raiseDeliveries(id ulid.ULID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.delivery.raise(id)
}

// startDeliveries makes delivery ids rise from the newest kept one.
func (q *queue) startDeliveries(last ulid.ULID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.delivery.last = last
}
