package badgerstore

import (
	"crypto/rand"
	"time"

	"github.com/oklog/ulid/v2"
)

// sequence makes ids that rise strictly, also when the clock stands still or
// jumps back. It is not safe for concurrent use.
type sequence struct{ last ulid.ULID }

func (s *sequence) next(now time.Time) ulid.ULID {
	ms := uint64(max(now.UnixMilli(), 0))
	if ms <= s.last.Time() || ms > ulid.MaxTime() {
		s.last = after(s.last)
		return s.last
	}
	var id ulid.ULID
	_, _ = rand.Read(id[6:]) // never fails: it ends the program instead
	_ = id.SetTime(ms)       // cannot fail below MaxTime
	// The top bit stays free, so that counting up from here never runs over
	// into the time within one millisecond.
	id[6] &= 0x7f
	s.last = id
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
