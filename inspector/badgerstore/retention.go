package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"
)

const (
	retainEvery = time.Hour
	// discardRatio is the garbage in a value log file that makes a rewrite worth
	// its cost; Badger's own advice.
	discardRatio = 0.5
)

// retainLoop keeps the store within its limits: at open, hourly, and when it
// has grown.
func (s *Store) retainLoop() {
	defer s.work.Done()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		<-s.closing
		cancel()
	}()
	tick := time.NewTicker(retainEvery)
	defer tick.Stop()
	for {
		if err := s.Retain(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("old captures could not be removed", "error", err)
		}
		select {
		case <-s.closing:
			return
		case <-tick.C:
		case <-s.retain:
		}
	}
}

// wakeRetention starts retention when more is kept than the limit allows, and
// again only after a twentieth of it more: pins can make the limit unreachable.
func (s *Store) wakeRetention() {
	if s.size <= 0 {
		return
	}
	if live := s.tally.bytes(); live <= s.size || live < s.retained.Load()+s.size/20 {
		return
	}
	select {
	case s.retain <- struct{}{}:
	default:
	}
}

// Retain deletes what is too old or too much, oldest first, and gives the space
// back. Pinned captures stay. Deliveries are not held up by it for longer than
// one small commit, or one compaction of the newest tables.
func (s *Store) Retain(ctx context.Context) error {
	s.retainMu.Lock()
	defer s.retainMu.Unlock()
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	aged, err := s.dropAged(ctx)
	if err != nil {
		return fmt.Errorf("remove captures older than %d days: %w", s.days, err)
	}
	excess, err := s.dropExcess(ctx)
	if err != nil {
		return fmt.Errorf("remove captures above %d bytes: %w", s.size, err)
	}
	disk := diskUsage(s.dir)
	if aged+excess > 0 || (s.size > 0 && disk > s.size) {
		if err := s.compact(ctx); err != nil {
			return fmt.Errorf("give disk space back: %w", err)
		}
		disk = diskUsage(s.dir)
	}
	s.retained.Store(s.tally.bytes())
	s.tally.measured(disk)
	s.feed.Changed()
	return nil
}

// dropAged deletes what was received too long ago.
func (s *Store) dropAged(ctx context.Context) (dropped int, err error) {
	if s.days <= 0 {
		return 0, nil
	}
	limit := s.now().AddDate(0, 0, -s.days)
	for _, day := range s.tally.daysBefore(limit) {
		n, err := s.dropDay(ctx, day, func(r *row) bool { return r.Received.Before(limit) })
		dropped += n
		if err != nil {
			return dropped, err
		}
	}
	return dropped, nil
}

// dropExcess deletes the oldest until what is kept fits in nine tenths of the
// limit: the last tenth is for tables and for what is not yet given back.
func (s *Store) dropExcess(ctx context.Context) (dropped int, err error) {
	live := s.tally.bytes()
	if s.size <= 0 || live <= s.size {
		return 0, nil
	}
	left := live - s.size/10*9
	for _, day := range s.tally.daysBefore(farFuture()) {
		n, err := s.dropDay(ctx, day, func(r *row) bool {
			if left <= 0 {
				return false
			}
			left -= r.bytes
			return true
		})
		dropped += n
		if err != nil || left <= 0 {
			return dropped, err
		}
	}
	return dropped, nil
}

func farFuture() time.Time { return time.Unix(1<<40, 0) }

// dropDay deletes the captures of one day that want it and are not pinned.
func (s *Store) dropDay(ctx context.Context, day uint32, want func(*row) bool) (dropped int, err error) {
	ids, err := s.dayIDs(ctx, day, want)
	if err != nil {
		return 0, err
	}
	for len(ids) > 0 {
		n := min(len(ids), deletesAtOnce)
		if err := s.deleteSome(ctx, ids[:n], true); err != nil {
			return dropped, err
		}
		dropped += n
		ids = ids[n:]
	}
	return dropped, nil
}

func (s *Store) dayIDs(ctx context.Context, day uint32, want func(*row) bool) (ids []ulid.ULID, err error) {
	err = s.db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.IteratorOptions{Prefix: dayPrefix(kindSummary, day)})
		defer it.Close()
		for it.Rewind(); it.Valid() && ctx.Err() == nil; it.Next() {
			v, err := it.Item().ValueCopy(nil)
			if err != nil {
				return err
			}
			r, err := decodeRow(lastID(it.Item().Key()), v)
			if err != nil {
				if err = s.passOver(err); err != nil {
					return err
				}
				continue
			}
			if !r.Pinned && want(&r) {
				ids = append(ids, r.ID)
			}
		}
		return ctx.Err()
	})
	return ids, err
}

// compact gives space back. Deletes alone free nothing in a store of this size,
// because no compaction happens by itself; dropping a prefix forces one, which
// tells the value log what is garbage. So one key is written to be dropped.
func (s *Store) compact(ctx context.Context) error {
	if err := s.forceCompaction(); err != nil {
		return err
	}
	for ctx.Err() == nil {
		// A rewrite copies what is still wanted of a file before it goes.
		if room, need := s.freeSpace(), s.reserve.Load()/4+largestLog; room >= 0 && room < need {
			return fullError(s.dir, room, need)
		}
		err := s.db.RunValueLogGC(discardRatio)
		if errors.Is(err, badger.ErrNoRewrite) || errors.Is(err, badger.ErrRejected) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// forceCompaction holds up commits while it runs: Badger refuses writes then.
func (s *Store) forceCompaction() error {
	s.commits.Lock()
	defer s.commits.Unlock()
	if failed := s.failure.Load(); failed != nil {
		return *failed
	}
	if room, need := s.freeSpace(), s.reserve.Load()/4; room >= 0 && room < need {
		return fullError(s.dir, room, need)
	}
	err := s.db.Update(func(txn *badger.Txn) error { return txn.Set([]byte{kindScrap}, nil) })
	if err != nil {
		return err
	}
	return s.db.DropPrefix([]byte{kindScrap})
}
