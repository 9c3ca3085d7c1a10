package badgerstore

import (
	"context"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/dgraph-io/badger/v4"

	"shopbell/inspector"
)

// activity is how many captures were received in each minute, in memory. Who
// never asks pays nothing. With the first question the days that are kept are
// counted in the background, the latest first; from then on each commit brings
// them up to date. A lot has 12 bytes: a million captures take at most 12 MB, if
// no two share minute, endpoint and fate, and 6 MB over a month from six
// endpoints at every minute.
type activity struct {
	wake chan struct{}

	mu      sync.Mutex
	on      bool
	days    map[uint32]lots   // the days that are counted, by the day of the captures' ids
	names   []string          // of endpoints, by number
	numbers map[string]uint32 // of endpoints, by name
	// counting is the day that is being counted, delta what commits changed in it
	// since, spoiled that it has to be counted again. noDay is none.
	counting uint32
	delta    lots
	spoiled  bool
}

const noDay = math.MaxUint32

func newActivity() activity {
	return activity{wake: make(chan struct{}, 1), days: map[uint32]lots{}, numbers: map[string]uint32{}, counting: noDay}
}

// Activity calls f with how many captures were received in each minute.
func (s *Store) Activity(from, to time.Time, f func(inspector.Lot)) (whole bool) {
	first, last := uint32(0), uint32(math.MaxUint32)
	if !from.IsZero() {
		first = minuteOf(from)
	}
	if !to.IsZero() {
		last = minuteOf(to)
	}
	s.activity.turnOn()
	missing := false
	for _, n := range s.tally.fullDays() {
		if !s.activity.day(n, first, last, f) {
			missing = true
		}
	}
	if missing {
		select {
		case s.activity.wake <- struct{}{}:
		default:
		}
	}
	return !missing
}

// fullDays are the days with captures, the latest first.
func (t *tally) fullDays() []uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	var days []uint32
	for n, d := range t.days {
		if d.count > 0 {
			days = append(days, n)
		}
	}
	slices.Sort(days)
	slices.Reverse(days)
	return days
}

func (a *activity) turnOn() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.on = true
}

// day calls f with the lots of one day; false when it is not counted yet. The
// lock is held for one day at a time, so that commits do not wait for long.
func (a *activity) day(n, first, last uint32, f func(inspector.Lot)) (counted bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	l, counted := a.days[n]
	for _, o := range l.within(first, last) {
		f(o.shown(a.names))
	}
	return counted
}

func (a *activity) isOn() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.on
}

func (a *activity) counted(n uint32) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	_, yes := a.days[n]
	return yes
}

// add counts a row, nil for none, in l; a is locked.
func (a *activity) add(l *lots, r *row, by int32) {
	if r != nil {
		l.add(minuteOf(r.Received), a.sort(r), by)
	}
}

// gather appends a row to l, which is put in order later: rows may come with
// their minutes in any order, and many at once.
func (a *activity) gather(l *lots, r *row) {
	a.mu.Lock()
	defer a.mu.Unlock()
	*l = append(*l, lot{minute: minuteOf(r.Received), sort: a.sort(r), n: 1})
}

func (a *activity) sort(r *row) uint32 {
	number, known := a.numbers[r.Endpoint]
	if !known {
		number = uint32(len(a.names))
		a.names = append(a.names, r.Endpoint)
		a.numbers[r.Endpoint] = number
	}
	return sortOf(number, r)
}

// apply takes over what a commit changed.
func (a *activity) apply(b *batch) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.on {
		return
	}
	for id, after := range b.after {
		n, before := dayOf(id), b.before[id]
		if n == a.counting {
			a.add(&a.delta, before, -1)
			a.add(&a.delta, after, +1)
		} else if l, counted := a.days[n]; counted {
			a.add(&l, before, -1)
			a.add(&l, after, +1)
			a.days[n] = l
		}
	}
	for n, d := range b.days {
		if d == nil {
			delete(a.days, n)
		}
	}
	for _, c := range b.marked {
		a.leave(c)
	}
}

// leave takes away those who leave their day together; a is locked.
func (a *activity) leave(c *census) {
	a.spoiled = a.spoiled || c.day == a.counting
	l, counted := a.days[c.day]
	switch {
	case !counted:
	case !c.watched: // nobody asked yet when the census was taken
		delete(a.days, c.day)
	default:
		l.merge(c.lots, -1)
		a.days[c.day] = l
	}
}

// watch notes a row that is to leave with others, if anybody will want to know.
func (a *activity) watch(c *census, r *row) {
	if c.watched {
		a.gather(&c.lots, r)
	}
}

// countLoop counts the days that somebody asked for.
func (s *Store) countLoop() {
	defer s.work.Done()
	ctx, cancel := s.untilClosing()
	defer cancel()
	for {
		select {
		case <-s.closing:
			return
		case <-s.activity.wake:
		}
		for _, n := range s.tally.fullDays() {
			if s.activity.counted(n) {
				continue
			}
			if err := s.countActivity(ctx, n); err != nil && ctx.Err() == nil {
				s.log.Warn("the captures of a day could not be counted by the minute", "error", err)
			}
			if s.activity.counted(n) { // else who hears of it would ask at once for the same again
				s.feed.Changed()
			}
		}
	}
}

// countActivity counts a day. Between two commits, a view of the rows and what
// commits report agree about what has been; from there on the reports are
// gathered until the rows are read.
func (s *Store) countActivity(ctx context.Context, n uint32) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	txn := s.startCounting(n)
	if txn == nil {
		return nil // captures are leaving the day; they still have rows
	}
	defer txn.Discard()
	var counted lots
	err := eachRow(ctx, txn, n, func(r *row, err error) error {
		if err != nil {
			return s.passOver(err)
		}
		s.activity.gather(&counted, r)
		return nil
	})
	counted.order()
	s.activity.endCounting(n, counted, err == nil)
	return err
}

func (s *Store) startCounting(n uint32) *badger.Txn {
	s.commits.Lock()
	defer s.commits.Unlock()
	if d := s.tally.day(n); d == nil || d.going {
		return nil
	}
	a := &s.activity
	a.mu.Lock()
	defer a.mu.Unlock()
	a.counting, a.delta, a.spoiled = n, nil, false
	return s.db.NewTransaction(false)
}

func (a *activity) endCounting(n uint32, l lots, good bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if good && !a.spoiled {
		l.merge(a.delta, +1)
		a.days[n] = l
	}
	a.counting, a.delta = noDay, nil
}
