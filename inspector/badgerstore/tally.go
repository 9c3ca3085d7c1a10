package badgerstore

import (
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// tally is what the store knows without reading: the figures of each day and
// their sum, and who waits for the shop. It changes after each commit and
// before those who wait for the commit are woken, so it is never behind.
type tally struct {
	mu      sync.Mutex
	figures inspector.Counts
	waiting map[string][]ulid.ULID // by endpoint, oldest first
	// atShop counts, by endpoint, those that wait and are being sent.
	atShop  map[string]int
	days    map[uint32]*day     // never changed in place: a commit puts another in its place
	live    int64               // bytes of all records
	newest  uint32              // the latest day of all
	leaving map[uint32]*leaving // the days that retention is at
	sweep   sweep
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
	c.WaitingAt = make(map[string]int, len(t.waiting))
	for endpoint, ids := range t.waiting {
		c.WaitingAt[endpoint] = len(ids)
	}
	for endpoint, n := range t.atShop {
		c.WaitingAt[endpoint] += n
	}
	return c
}

// put puts the figures of a day in place of earlier ones; nil or empty figures
// leave nothing but the last id.
func (t *tally) put(n uint32, d *day) {
	if t.days == nil {
		t.days = map[uint32]*day{}
	}
	if old := t.days[n]; old != nil {
		t.sum(old, -1)
	}
	if d == nil {
		delete(t.days, n)
		return
	}
	t.sum(d, +1)
	t.days[n] = d
	t.newest = max(t.newest, n)
}

// sum adds the figures of a day to those of all, or takes them away.
func (t *tally) sum(d *day, by int) {
	f := &t.figures
	f.All += by * d.count
	f.NotVerified += by * d.notVerified
	f.Waiting += by * d.waiting
	f.Held += by * d.held
	f.Pinned += by * d.pinned
	t.live += int64(by) * d.live
	if f.Endpoint == nil {
		f.Endpoint = map[string]int{}
	}
	for name, n := range d.endpoint {
		if f.Endpoint[name] += by * n; f.Endpoint[name] == 0 {
			delete(f.Endpoint, name)
		}
	}
}

// wait keeps the queue of an endpoint in order: new ids are the largest, so
// they go to the end without a search that matters.
func (t *tally) wait(endpoint string, id ulid.ULID, on bool) {
	if t.waiting == nil {
		t.waiting = map[string][]ulid.ULID{}
	}
	ids := t.waiting[endpoint]
	at, found := slices.BinarySearchFunc(ids, id, ulid.ULID.Compare)
	switch {
	case on && !found:
		ids = slices.Insert(ids, at, id)
	case !on && found && at == 0:
		ids = ids[1:] // the usual case: the oldest was delivered
	case !on && found:
		ids = slices.Delete(ids, at, at+1)
	}
	t.waiting[endpoint] = ids
	if len(ids) == 0 {
		delete(t.waiting, endpoint)
	}
}

// pending returns the ids of at most limit waiting captures, oldest first, but
// those for which skip is true.
func (t *tally) pending(endpoint string, limit int, skip func(ulid.ULID) bool) []ulid.ULID {
	t.mu.Lock()
	defer t.mu.Unlock()
	var ids []ulid.ULID
	for _, id := range t.waiting[endpoint] {
		if limit > 0 && len(ids) == limit {
			break
		}
		if skip == nil || !skip(id) {
			ids = append(ids, id)
		}
	}
	return ids
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

// day returns the figures of a day, nil when it has none.
func (t *tally) day(n uint32) *day {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.days[n]
}

// daysBefore returns the days that may hold captures received before t0,
// oldest first.
func (t *tally) daysBefore(t0 time.Time) []uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	var days []uint32
	for n, d := range t.days {
		if d.count > 0 && d.oldest.Before(t0) {
			days = append(days, n)
		}
	}
	slices.Sort(days)
	return days
}

// goingDays returns the days whose captures were being removed, oldest first.
func (t *tally) goingDays() []uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	var days []uint32
	for n, d := range t.days {
		if d.going {
			days = append(days, n)
		}
	}
	slices.Sort(days)
	return days
}

// isNewest tells whether no day is later than n.
func (t *tally) isNewest(n uint32) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return n >= t.newest
}
