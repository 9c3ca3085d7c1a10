package badgerstore

import (
	"context"
	"fmt"
)

// compactRatio is the garbage in a value log file that makes a rewrite worth its
// cost to somebody who asks for space.
const compactRatio = 0.1

// Compact gives all space back that can be had now, and returns the bytes on
// disk before and after.
func (s *Store) Compact(ctx context.Context) (before, after int64, err error) {
	s.retainMu.Lock()
	defer s.retainMu.Unlock()
	if err := s.enter(); err != nil {
		return 0, 0, err
	}
	defer s.leave()
	before = diskUsage(s.dir)
	if err = s.settle(ctx); err == nil {
		err = s.compact(ctx, compactRatio)
	}
	after = diskUsage(s.dir)
	s.tally.measured(after)
	if err != nil {
		err = fmt.Errorf("compact store %q: %w", s.dir, err)
	}
	return before, after, err
}
