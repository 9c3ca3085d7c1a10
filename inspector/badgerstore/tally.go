package badgerstore

import (
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// tally is what the store knows without reading: the counts, who waits for the
// shop, and how old and large each day is. It changes after each commit and
// before those who wait for the commit are woken, so it is never behind.
type tally struct {
	mu      sync.Mutex
	figures inspector.Counts
	waiting map[string][]ulid.ULID // by endpoint, oldest first
	days    map[uint32]*day
	live    int64 // bytes of all records
}

// day is what retention needs of the captures whose ids are of one day.
type day struct {
	count  int
	oldest time.Time // no capture of the day was received earlier
}

// counts returns a copy of the figures.
func (t *tally) counts() inspector.Counts {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.figures
	c.Endpoint = maps.Clone(c.Endpoint)
	if c.Endpoint == nil {
		c.Endpoint = map[string]int{}
	}
	return c
}

// apply takes over what a commit changed; size is what it wrote.
func (t *tally) apply(b *batch, size int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for id, after := range b.after {
		before := b.before[id]
		if before != nil {
			t.count(before, -1)
		}
		if after != nil {
			t.count(after, +1)
		}
	}
	t.figures.Bytes += size
}

// count adds or takes away one capture.
func (t *tally) count(r *row, by int) {
	f := &t.figures
	f.All += by
	f.NotVerified += when(r.Outcome.Held(), by)
	f.Waiting += when(r.State == inspector.Waiting, by)
	f.Held += when(r.State == inspector.Held, by)
	f.Pinned += when(r.Pinned, by)
	if f.Endpoint == nil {
		f.Endpoint = map[string]int{}
	}
	if f.Endpoint[r.Endpoint] += by; f.Endpoint[r.Endpoint] == 0 {
		delete(f.Endpoint, r.Endpoint)
	}
	t.live += int64(by) * r.bytes
	t.countDay(r, by)
	if r.State == inspector.Waiting {
		t.wait(r, by)
	}
}

func when(yes bool, by int) int {
	if yes {
		return by
	}
	return 0
}

func (t *tally) countDay(r *row, by int) {
	if t.days == nil {
		t.days = map[uint32]*day{}
	}
	d := t.days[dayOf(r.ID)]
	if d == nil {
		d = &day{oldest: r.Received}
		t.days[dayOf(r.ID)] = d
	}
	if r.Received.Before(d.oldest) {
		d.oldest = r.Received
	}
	if d.count += by; d.count == 0 {
		delete(t.days, dayOf(r.ID))
	}
}

// wait keeps the queue of an endpoint in order: new ids are the largest, so
// they go to the end without a search that matters.
func (t *tally) wait(r *row, by int) {
	if t.waiting == nil {
		t.waiting = map[string][]ulid.ULID{}
	}
	ids := t.waiting[r.Endpoint]
	at, found := slices.BinarySearchFunc(ids, r.ID, ulid.ULID.Compare)
	switch {
	case by > 0 && !found:
		ids = slices.Insert(ids, at, r.ID)
	case by < 0 && found && at == 0:
		ids = ids[1:] // the usual case: the oldest was delivered
	case by < 0 && found:
		ids = slices.Delete(ids, at, at+1)
	}
	t.waiting[r.Endpoint] = ids
	if len(ids) == 0 {
		delete(t.waiting, r.Endpoint)
	}
}

// pending returns the ids of at most limit waiting captures, oldest first.
func (t *tally) pending(endpoint string, limit int) []ulid.ULID {
	t.mu.Lock()
	defer t.mu.Unlock()
	ids := t.waiting[endpoint]
	if limit > 0 && len(ids) > limit {
		ids = ids[:limit]
	}
	return slices.Clone(ids)
}

// measured sets the bytes on disk to what was found there.
func (t *tally) measured(bytes int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.figures.Bytes = bytes
}

// bytes returns the bytes of all records.
func (t *tally) bytes() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.live
}

// daysBefore returns the days that may hold captures received before t0,
// oldest first.
func (t *tally) daysBefore(t0 time.Time) []uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	var days []uint32
	for n, d := range t.days {
		if d.oldest.Before(t0) {
			days = append(days, n)
		}
	}
	slices.Sort(days)
	return days
}
