package badgerstore

import (
	"cmp"
	"math"
	"slices"
	"time"

	"shopbell/inspector"
)

// lot is 12 bytes for all captures that were received in one minute and are of
// one sort.
type lot struct {
	minute uint32 // since 1970; what is outside of its range counts at the ends
	sort   uint32 // number of the endpoint, shifted by sortBits, with the bits below
	n      int32
}

// The bits of a lot's sort.
const (
	sortNotVerified = 1 << iota
	sortPinned
	sortWaiting
	sortHeld
	sortBits = iota
)

// lots are counts by minute and sort, in that order; none is 0.
type lots []lot

// add adds by to one count. New captures belong at the end or close to it.
func (l *lots) add(minute, sort uint32, by int32) {
	at, found := len(*l), false
	if last := at - 1; last >= 0 && (*l)[last].compare(lot{minute: minute, sort: sort}) >= 0 {
		at, found = slices.BinarySearchFunc(*l, lot{minute: minute, sort: sort}, lot.compare)
	}
	switch {
	case !found:
		*l = slices.Insert(*l, at, lot{minute: minute, sort: sort, n: by})
	case (*l)[at].n+by == 0:
		*l = slices.Delete(*l, at, at+1)
	default:
		(*l)[at].n += by
	}
}

// order puts counts that were appended in any order into theirs.
func (l *lots) order() {
	slices.SortFunc(*l, lot.compare)
	out := (*l)[:0]
	for _, o := range *l {
		if last := len(out) - 1; last >= 0 && out[last].compare(o) == 0 {
			out[last].n += o.n
			continue
		}
		out = append(out, o)
	}
	*l = slices.Clone(out) // what was appended is let go
}

// merge adds counts, or takes them away when by is -1.
func (l *lots) merge(other lots, by int32) {
	for _, o := range other {
		l.add(o.minute, o.sort, by*o.n)
	}
}

func (o lot) compare(other lot) int {
	return cmp.Or(cmp.Compare(o.minute, other.minute), cmp.Compare(o.sort, other.sort))
}

// within returns the part from minute first to minute last, both included.
func (l lots) within(first, last uint32) lots {
	from, _ := slices.BinarySearchFunc(l, lot{minute: first}, lot.compare)
	to, _ := slices.BinarySearchFunc(l, lot{minute: last, sort: math.MaxUint32}, lot.compare)
	return l[from:max(from, to)]
}

// minuteOf is the minute of a time, or the nearest that can be counted.
func minuteOf(t time.Time) uint32 {
	return uint32(min(max(t.Unix()/60, 0), math.MaxUint32))
}

// sortOf is what r counts as at the endpoint with that number.
func sortOf(endpoint uint32, r *row) uint32 {
	s := endpoint << sortBits
	if r.Outcome.Held() {
		s |= sortNotVerified
	}
	if r.Pinned {
		s |= sortPinned
	}
	switch r.State {
	case inspector.Waiting:
		s |= sortWaiting
	case inspector.Held:
		s |= sortHeld
	}
	return s
}

// shown is o as others see it; endpoints are the names by number.
func (o lot) shown(endpoints []string) inspector.Lot {
	l := inspector.Lot{
		Minute: int64(o.minute), Endpoint: endpoints[o.sort>>sortBits], Count: int(o.n),
		NotVerified: o.sort&sortNotVerified != 0, Pinned: o.sort&sortPinned != 0,
	}
	switch {
	case o.sort&sortWaiting != 0:
		l.State = inspector.Waiting
	case o.sort&sortHeld != 0:
		l.State = inspector.Held
	}
	return l
}
