package badgerstore

import (
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// stage adds to a batch what follows from the rows that it changes: the figures
// of their days, and who waits for the shop.
func (t *tally) stage(b *batch) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if b.days == nil {
		b.days = map[uint32]*day{}
	}
	newest := t.newest
	for id, after := range b.after {
		d := t.staged(b, dayOf(id))
		newest = max(newest, dayOf(id))
		if id.Compare(d.last) > 0 {
			d.last = id
		}
		before := b.before[id]
		if before != nil {
			d.add(before, -1)
		}
		if after != nil {
			d.add(after, +1)
		}
		b.stageWaiting(id, before, after)
	}
	if newest > t.newest && t.days[t.newest] != nil {
		t.staged(b, t.newest) // it was kept for its last id alone, if it is empty
	}
	for n, d := range b.days {
		if d.count == 0 && !d.going && n < newest {
			b.remove(dayPrefix(kindDay, n))
			b.days[n] = nil
			continue
		}
		b.set(dayPrefix(kindDay, n), d.encode())
	}
}

// staged returns the figures of a day as of this batch, to be changed.
func (t *tally) staged(b *batch, n uint32) *day {
	if b.days[n] == nil {
		b.days[n] = t.days[n].clone()
	}
	return b.days[n]
}

// stageWaiting keeps the index of what waits in step with a row.
func (b *batch) stageWaiting(id ulid.ULID, before, after *row) {
	was, is := waits(before), waits(after)
	switch {
	case is && !was:
		b.set(waitingKey(after.Endpoint, id), []byte(after.Endpoint))
	case was && !is:
		b.remove(waitingKey(before.Endpoint, id))
	}
}

// waits tells whether a row, nil for none, is in the queue of its endpoint: what
// is being sent is not.
func waits(r *row) bool { return r != nil && r.State == inspector.Waiting && r.Sending == 0 }

// apply takes over what a commit changed; size is what it wrote.
func (t *tally) apply(b *batch, size int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for n, d := range b.days {
		t.put(n, d)
	}
	for id, after := range b.after {
		before := b.before[id]
		switch was, is := waits(before), waits(after); {
		case is && !was:
			t.wait(after.Endpoint, id, true)
		case was && !is:
			t.wait(before.Endpoint, id, false)
		}
		t.send(before, -1)
		t.send(after, +1)
		t.leaving[dayOf(id)].touch(id)
	}
	t.figures.Bytes += size
}

// send counts a row, nil for none, if it waits and is being sent.
func (t *tally) send(r *row, by int) {
	if r == nil || r.State != inspector.Waiting || r.Sending == 0 {
		return
	}
	if t.atShop == nil {
		t.atShop = map[string]int{}
	}
	if t.atShop[r.Endpoint] += by; t.atShop[r.Endpoint] == 0 {
		delete(t.atShop, r.Endpoint)
	}
}

// leaving is a day from which retention removes captures.
type leaving struct {
	// ids are those that are being removed, in order; nil while retention still
	// looks which. They count as gone.
	ids []ulid.ULID
	// touched are those whose rows changed while retention looked.
	touched map[ulid.ULID]bool
}

func (l *leaving) touch(id ulid.ULID) {
	if l != nil && l.ids == nil {
		l.touched[id] = true
	}
}

// leaves tells whether a capture is being removed with others of its day.
func (t *tally) leaves(id ulid.ULID) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.leaving[dayOf(id)]
	return l != nil && contains(l.ids, id)
}
