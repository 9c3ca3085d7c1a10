package badgerstore

import "time"

// A clock that is wrong for a moment, as after a flat battery, must not cost all
// that is kept. Where the age of captures would take everything, retention by
// age waits until the clock has gone on evenly for a while, which leaves the
// system the time to set it right.

const (
	clockTrial = 50 * time.Minute // less than retainEvery
	// clockSlack is how far a sound clock may be corrected in that time.
	clockSlack = 10 * time.Minute
)

// trial is when a suspicious clock was first seen: by that clock and, in the
// monotonic part, by that of the machine.
type trial struct{ wall, began time.Time }

// clockIsSound tells whether captures received before limit may go at now.
func (s *Store) clockIsSound(now, limit time.Time) bool {
	if !s.tally.allBefore(limit) {
		s.trial = trial{}
		return true
	}
	passed := time.Since(s.trial.began)
	drift := (now.Sub(s.trial.wall) - passed).Abs()
	if s.trial.began.IsZero() || drift > clockSlack {
		s.trial = trial{wall: now, began: time.Now()}
		s.log.Warn("everything that is kept is too old by the clock; it is removed in a while unless the clock is set back",
			"clock", now.UTC().Format(time.RFC3339), "while", clockTrial.String())
		return false
	}
	return passed >= clockTrial
}

// allBefore tells whether something can go by age, and then nothing would stay
// but what is pinned.
func (t *tally) allBefore(limit time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	some := false
	for _, d := range t.days {
		if d.count > d.pinned {
			some = true
			if !d.newest.Before(limit) {
				return false
			}
		}
	}
	return some
}
