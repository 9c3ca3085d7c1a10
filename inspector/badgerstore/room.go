package badgerstore

import (
	"errors"
	"sync/atomic"
	"time"

	"shopbell/inspector"
)

const (
	// lowFactor times the reserve is where a warning comes, so that there is time
	// to make room; a tenth more is where it ends.
	lowFactor = 4
	// lookEvery is how often the disk is looked at while nothing arrives.
	lookEvery = time.Minute
)

// room is what is known of the disk, and who found none.
type room struct {
	free       atomic.Int64
	low        atomic.Bool
	turnedAway atomic.Int64
}

// noteRoom takes note of the free space in bytes, -1 when it is not known, and
// says once when it becomes low and once when it no longer is.
func (s *Store) noteRoom(free int64) {
	s.room.free.Store(free)
	warn := lowFactor * s.reserve.Load()
	low, was := free >= 0 && free < warn, s.room.low.Load()
	if was && free >= 0 && free < warn+warn/10 {
		low = true
	}
	if low == was || !s.room.low.CompareAndSwap(was, low) {
		return
	}
	if low {
		s.log.Warn("the disk is nearly full; when it is, deliveries are answered 503", "folder", s.dir,
			"free_mib", free>>20, "full_at_mib", s.reserve.Load()>>20)
	} else {
		s.log.Warn("the disk has room again", "folder", s.dir, "free_mib", free>>20)
	}
	s.feed.Changed()
}

// noteTurnedAway counts a capture that found the store full.
func (s *Store) noteTurnedAway(err error) {
	if errors.Is(err, inspector.ErrFull) {
		s.room.turnedAway.Add(1)
		s.feed.Changed()
	}
}
