package badgerstore

import (
	"context"
	"slices"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/oklog/ulid/v2"
)

// census is who of a day's captures leaves and who stays.
type census struct {
	day     uint32
	ids     []ulid.ULID // all, in order
	leaves  []bool      // of each
	leaving int         // how many leave
	// refusing is how many are not pinned and do not want to leave.
	refusing int
	// oneByOne are those that want to leave and wait for the shop; they are among
	// ids as if they stayed, since the index of what waits must follow them.
	oneByOne []ulid.ULID
	gone     day // the figures of those that leave with all others
	// lots are the same by the minute, if watched is set.
	lots    lots
	watched bool
	// unfinished tells that captures were being removed before; those of whom
	// the row is gone are among ids, and leave.
	unfinished bool
	// open tells that the day may get new captures.
	open bool
}

// census asks each row of a day. A row that cannot be read stays: it may be
// pinned.
func (s *Store) census(ctx context.Context, n uint32, want func(*row) bool) (*census, error) {
	c := &census{day: n, open: s.tally.isNewest(n), unfinished: s.tally.day(n) != nil && s.tally.day(n).going, watched: s.activity.isOn()}
	err := s.db.View(func(txn *badger.Txn) error {
		others := rowless(ctx, txn, n, c.unfinished)
		err := eachRow(ctx, txn, n, func(r *row, err error) error {
			for len(others) > 0 && others[0].id.Compare(r.ID) < 0 {
				c.add(others[0].id, others[0].leaves)
				others = others[1:]
			}
			if err != nil {
				c.add(r.ID, false)
				return s.passOver(err)
			}
			leaves := !r.Pinned && r.Sending == 0 && want(r)
			c.refusing += when(!leaves && !r.Pinned, 1)
			if leaves && waits(r) {
				c.oneByOne = append(c.oneByOne, r.ID)
				leaves = false
			}
			if leaves {
				c.gone.add(r, +1)
				s.activity.watch(c, r)
			}
			c.add(r.ID, leaves)
			return nil
		})
		for _, o := range others {
			c.add(o.id, o.leaves)
		}
		return err
	})
	c.lots.order()
	c.bound()
	if len(c.oneByOne) > 0 {
		s.log.Warn("captures that still wait for the shop are removed", "captures", len(c.oneByOne),
			"oldest", ulid.Time(c.oneByOne[0].Time()).UTC().Format(time.DateOnly))
	}
	return c, err
}

func (c *census) add(id ulid.ULID, leaves bool) {
	c.ids, c.leaves = append(c.ids, id), append(c.leaves, leaves)
	c.leaving += when(leaves, 1)
}

// bound keeps what is still to come to an open day out of what is dropped: new
// ids are larger than all others, so none has a beginning that the next one does
// not have and a smaller one does.
func (c *census) bound() {
	if c.open && len(c.ids) > 0 {
		c.ids, c.leaves = append(c.ids, after(c.ids[len(c.ids)-1])), append(c.leaves, false)
	}
}

// other is a capture without a row.
type other struct {
	id     ulid.ULID
	leaves bool
}

// rowless returns the captures of a day that have records but no row, in order:
// those in the bin stay, and orphans, if they are asked for, leave.
func rowless(ctx context.Context, txn *badger.Txn, n uint32, orphans bool) (list []other) {
	for _, id := range binnedOf(txn, n) {
		list = append(list, other{id: id})
	}
	if orphans {
		for _, id := range orphansOf(ctx, txn, n) {
			list = append(list, other{id: id, leaves: true})
		}
	}
	slices.SortFunc(list, func(a, b other) int { return a.id.Compare(b.id) })
	return list
}

// leavers returns the ids of those that leave, in order.
func (c *census) leavers() []ulid.ULID {
	out := make([]ulid.ULID, 0, c.leaving)
	for i, id := range c.ids {
		if c.leaves[i] {
			out = append(out, id)
		}
	}
	return out
}

// orphansOf returns the ids, in order, of a day's captures that have records
// but no row, and are not in the bin either.
func orphansOf(ctx context.Context, txn *badger.Txn, n uint32) []ulid.ULID {
	var its []*badger.Iterator
	for _, kind := range []byte(captureKinds) {
		it := txn.NewIterator(badger.IteratorOptions{Prefix: dayPrefix(kind, n)})
		defer it.Close()
		it.Rewind()
		its = append(its, it)
	}
	var out []ulid.ULID
	for ctx.Err() == nil {
		// The smallest id at which any of them stands; the rows come first.
		var least *ulid.ULID
		for _, it := range its {
			if id, ok := captureAt(it); ok && (least == nil || id.Compare(*least) < 0) {
				least = &id
			}
		}
		if least == nil {
			return out
		}
		row := false
		for i, it := range its {
			for id, ok := captureAt(it); ok && id == *least; id, ok = captureAt(it) {
				row = row || i == 0
				it.Next()
			}
		}
		if !row && !isBinned(txn, *least) {
			out = append(out, *least)
		}
	}
	return out
}

// captureAt is the capture of the key at which an iterator stands.
func captureAt(it *badger.Iterator) (id ulid.ULID, ok bool) {
	if !it.Valid() || len(it.Item().Key()) < idKeyLen {
		return id, false
	}
	copy(id[:], it.Item().Key()[dayLen:])
	return id, true
}
