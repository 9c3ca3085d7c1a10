package badgerstore

import (
	"context"
	"fmt"
	"slices"
	"time"
)

const (
	retainEvery = time.Hour
	// sweepPause is between two steps of a sweep, which is in no hurry.
	sweepPause = 50 * time.Millisecond
)

// retainLoop keeps the store within its limits: at open, hourly, and when it
// has grown.
func (s *Store) retainLoop() {
	defer s.work.Done()
	ctx, cancel := s.untilClosing()
	defer cancel()
	tick := time.NewTicker(retainEvery)
	defer tick.Stop()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for due := true; ; {
		if err := s.Retain(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("old captures could not be removed", "error", err)
		}
		for due = false; !due; {
			var pause <-chan time.Time
			if s.sweepStep(ctx) {
				pause = time.After(sweepPause)
			}
			select {
			case <-s.closing:
				return
			case <-tick.C:
				due = true
			case <-s.retain:
				due = true
			case <-look.C:
				s.noteRoom(s.freeSpace())
				if err := s.emptyBin(ctx); err != nil && ctx.Err() == nil {
					s.log.Warn("discarded captures could not be removed", "error", err)
				}
			case <-pause:
			}
		}
	}
}

// retainPause is between two retentions by size: each makes Badger write tables,
// for which it holds on to memory until it has had a rest.
const retainPause = 15 * time.Second

// wakeRetention starts retention when more is kept than the limit allows, and
// again only after a twentieth of it more, for pins can make the limit
// unreachable, and after a pause, or a quarter of it more.
func (s *Store) wakeRetention() {
	live, last, size := s.tally.bytes(), s.retained.Load(), s.size.Load()
	if !overSize(live, size) || live < last+size/20 {
		return
	}
	if time.Since(time.Unix(0, s.retainedAt.Load())) < retainPause && live < max(last, size)+size/4 {
		return
	}
	s.retainSoon()
}

func (s *Store) retainSoon() {
	select {
	case s.retain <- struct{}{}:
	default:
	}
}

// Limit changes Options.Days and Options.Size. What is above them goes soon after.
func (s *Store) Limit(days int, size int64) {
	s.days.Store(int64(days))
	s.size.Store(size)
	s.retainSoon()
}

// Retain deletes what is too old or too much, oldest first, and gives the space
// back. Pinned captures stay; captures that wait for the shop go last, and with
// a warning. Deliveries are not held up by it for longer than one small commit,
// or one step of removing many captures at once.
func (s *Store) Retain(ctx context.Context) error {
	s.retainMu.Lock()
	defer s.retainMu.Unlock()
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	unfinished, err := s.dropUnfinished(ctx)
	if err != nil {
		return fmt.Errorf("remove what is left of removed captures: %w", err)
	}
	aged, err := s.dropAged(ctx)
	if err != nil {
		return fmt.Errorf("remove captures older than %d days: %w", s.days.Load(), err)
	}
	excess, err := s.dropExcess(ctx)
	if err != nil {
		return fmt.Errorf("remove captures above %d bytes: %w", s.size.Load(), err)
	}
	disk := diskUsage(s.dir)
	if unfinished+aged+excess > 0 || overSize(disk, s.size.Load()) {
		if err := s.compact(ctx, discardRatio); err != nil {
			return fmt.Errorf("give disk space back: %w", err)
		}
		disk = diskUsage(s.dir)
	}
	s.retained.Store(s.tally.bytes())
	s.retainedAt.Store(time.Now().UnixNano())
	s.tally.measured(disk)
	s.feed.Changed()
	return nil
}

// dropUnfinished goes on where an earlier retention was cut off.
func (s *Store) dropUnfinished(ctx context.Context) (dropped int, err error) {
	return s.dropDays(ctx, s.tally.goingDays(), false, func(*row) bool { return false })
}

// dropAged deletes what was received too long ago. A day of very many captures
// goes as a whole, and so up to a day later.
func (s *Store) dropAged(ctx context.Context) (dropped int, err error) {
	days := int(s.days.Load())
	if days <= 0 {
		return 0, nil
	}
	now := s.now()
	limit := now.AddDate(0, 0, -days)
	if !s.clockIsSound(now, limit) {
		return 0, nil
	}
	return s.dropDays(ctx, s.tally.daysBefore(limit), true, func(r *row) bool { return r.Received.Before(limit) })
}

// dropExcess deletes the oldest until what is kept fits in nine tenths of the
// limit: the last tenth is for tables and for what is not yet given back.
func (s *Store) dropExcess(ctx context.Context) (dropped int, err error) {
	live, size := s.tally.bytes(), s.size.Load()
	if !overSize(live, size) {
		return 0, nil
	}
	left := live - size/10*9
	for _, waiting := range []bool{false, true} {
		k, err := s.dropDays(ctx, s.tally.daysBefore(farFuture()), false, func(r *row) bool {
			if left <= 0 || waits(r) != waiting {
				return false
			}
			left -= r.bytes
			return true
		})
		if dropped += k; err != nil || left <= 0 {
			return dropped, err
		}
	}
	return dropped, nil
}

func overSize(bytes, limit int64) bool { return limit > 0 && bytes > limit }

func farFuture() time.Time { return time.Unix(1<<40, 0) }

// manyLeaving is the number of captures of a day from which on they are removed
// at once, and not one by one.
const manyLeaving = 512

// dropDays deletes the captures of some days that want it and are not pinned.
// With whole set, a day of many is left alone while others of it do not want to.
func (s *Store) dropDays(ctx context.Context, days []uint32, whole bool, want func(*row) bool) (dropped int, err error) {
	var many []*census
	defer s.tally.endLeaving()
	for _, n := range days {
		s.tally.startLeaving(n)
		c, err := s.census(ctx, n, want)
		if err != nil {
			return dropped, err
		}
		switch {
		case c.unfinished, c.leaving >= manyLeaving && (c.refusing == 0 || !whole):
			many = append(many, c)
		case c.leaving < manyLeaving:
			c.oneByOne = append(c.oneByOne, c.leavers()...)
		default:
			continue
		}
		if err := s.dropOneByOne(ctx, c); err != nil {
			return dropped, err
		}
		dropped += len(c.oneByOne)
	}
	k, err := s.dropMany(ctx, many)
	return dropped + k, err
}

// dropOneByOne deletes those of a census that cannot leave with all others.
func (s *Store) dropOneByOne(ctx context.Context, c *census) error {
	for part := range slices.Chunk(c.oneByOne, deletesAtOnce) {
		if err := s.deleteSome(ctx, part, true); err != nil {
			return err
		}
	}
	return nil
}
