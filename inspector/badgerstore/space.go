package badgerstore

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"time"

	"github.com/dgraph-io/badger/v4"
)

const (
	// discardRatio is the garbage in a value log file that makes a rewrite worth
	// its cost; Badger's own advice.
	discardRatio = 0.5
	// fillOps and fillSize are what fills a memtable for sure.
	fillOps  = 40
	fillSize = 900
	// settlePatience is how long the newest tables are waited for.
	settlePatience = 5 * time.Second
)

// smallTables makes Badger work in small steps: what a dropped prefix shares a
// table with is written anew while commits wait, and so is the newest level.
func smallTables(o badger.Options) badger.Options {
	o.TableSizeMultiplier = 1
	return o.WithBaseTableSize(1 << 20).WithNumLevelZeroTables(1)
}

// settle prepares for dropping prefixes, without commits waiting: each drop
// first flushes the memtable and compacts the upper levels, so it fills the
// memtable with what will be dropped and lets Badger bring all else down.
func (s *Store) settle(ctx context.Context) error {
	for i := range fillOps {
		err := s.do(ctx, &op{bytes: overhead, apply: func(b *batch) error {
			for j := range 500 {
				key := binary.BigEndian.AppendUint32([]byte{kindScrap}, uint32(i*500+j))
				b.set(key, make([]byte, fillSize))
			}
			return nil
		}})
		if err != nil {
			return err
		}
	}
	for end := time.Now().Add(settlePatience); s.newTables() && time.Now().Before(end) && ctx.Err() == nil; {
		time.Sleep(10 * time.Millisecond)
	}
	return errors.Join(ctx.Err(), s.db.Flatten(1))
}

// newTables tells whether Badger has tables that are not yet in order.
func (s *Store) newTables() bool {
	return slices.ContainsFunc(s.db.Tables(), func(t badger.TableInfo) bool { return t.Level == 0 })
}

// dropPieces drops prefixes piece by piece and lets what arrived meanwhile have
// its turn after each.
func (s *Store) dropPieces(ctx context.Context, pieces [][][]byte) error {
	took, err := s.dropPiece([][]byte{{kindScrap}})
	for ; err == nil && len(pieces) > 0; pieces = pieces[1:] {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(took / 2):
		}
		took, err = s.dropPiece(pieces[0])
	}
	return err
}

// dropPiece holds up commits while it runs: Badger refuses writes then.
func (s *Store) dropPiece(prefixes [][]byte) (took time.Duration, err error) {
	s.commits.Lock()
	defer s.commits.Unlock()
	if failed := s.failure.Load(); failed != nil {
		return 0, *failed
	}
	if room, need := s.freeSpace(), s.reserve.Load()/4; room >= 0 && room < need {
		return 0, fullError(s.dir, room, need)
	}
	if len(prefixes) == 0 {
		return 0, nil
	}
	start := time.Now()
	err = s.db.DropPrefix(prefixes...)
	return time.Since(start), err
}

// checkpoint makes the journal blank, so that it brings nothing back of what is
// dropped from Badger: those whose prefixes go are not written any more. Most of
// it is done before commits have to wait.
func (s *Store) checkpoint() error {
	if err := s.journal.badger.sync(); err != nil {
		return err
	}
	s.commits.Lock()
	defer s.commits.Unlock()
	return s.journal.checkpoint()
}

// compact gives space back. Deletes alone free nothing in a store of this size,
// because no compaction happens by itself; dropping a prefix forces one, which
// tells the value log what is garbage. So one key is written to be dropped.
func (s *Store) compact(ctx context.Context, ratio float64) error {
	if err := s.forceCompaction(); err != nil {
		return err
	}
	for ctx.Err() == nil {
		// A rewrite copies what is still wanted of a file before it goes.
		if room, need := s.freeSpace(), s.reserve.Load()/4+largestLog; room >= 0 && room < need {
			return fullError(s.dir, room, need)
		}
		err := s.db.RunValueLogGC(ratio)
		if errors.Is(err, badger.ErrNoRewrite) || errors.Is(err, badger.ErrRejected) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// forceCompaction writes a key and drops it.
func (s *Store) forceCompaction() error {
	err := s.do(context.Background(), &op{bytes: overhead, apply: func(b *batch) error {
		b.set([]byte{kindScrap}, nil)
		return nil
	}})
	if err != nil {
		return err
	}
	_, err = s.dropPiece([][]byte{{kindScrap}})
	return err
}
