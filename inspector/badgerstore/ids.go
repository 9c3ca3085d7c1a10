package badgerstore

import (
	"crypto/rand"
	"time"

	"github.com/oklog/ulid/v2"
)

// sequence makes ids that rise strictly, also when the clock stands still or
// jumps back. It is not safe for concurrent use.
type sequence struct {
	last ulid.ULID
	// day is the day by the clock on which last was made, counted from 1970; 0
	// is not known. It differs from last's own where the clock was once ahead.
	day uint32
}

func (s *sequence) next(now time.Time) ulid.ULID {
	ms := uint64(max(now.UnixMilli(), 0))
	today, before := uint32(min(ms, ulid.MaxTime())/dayMillis), s.day
	s.day = today
	switch {
	case ms > s.last.Time() && ms <= ulid.MaxTime():
		return s.make(ms)
	case s.last.Time() > ms+dayMillis && before != 0 && today > before && s.last.Time() < ulid.MaxTime()-dayMillis:
		// Ids run ahead of the clock by more than a day. They still begin a new
		// day of their own with each day, or retention would see a single day.
		return s.make((s.last.Time()/dayMillis + 1) * dayMillis)
	}
	s.last = after(s.last)
	return s.last
}

// make makes an id of a later time than that of the last.
func (s *sequence) make(ms uint64) ulid.ULID {
	var id ulid.ULID
	_, _ = rand.Read(id[6:]) // never fails: it ends the program instead
	_ = id.SetTime(ms)       // cannot fail below MaxTime
	// The top bit stays free, so that counting up from here never runs over
	// into the time within one millisecond.
	id[6] &= 0x7f
	s.last = id
	return id
}

// raise makes the next id larger than id.
func (s *sequence) raise(id ulid.ULID) {
	if id.Compare(s.last) > 0 {
		s.last = id
	}
}

// lastOfDay is the largest id of a day.
func lastOfDay(n uint32) (id ulid.ULID) {
	for i := range id {
		id[i] = 0xff
	}
	_ = id.SetTime(uint64(n+1)*dayMillis - 1) // a day of an id is below MaxTime
	return id
}

// after is the next id in order: one more, as a number of 128 bits.
func after(id ulid.ULID) ulid.ULID {
	for i := len(id) - 1; i >= 0; i-- {
		id[i]++
		if id[i] != 0 {
			break
		}
	}
	return id
}
