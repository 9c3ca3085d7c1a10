package ui

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// walkPage is how many rows a jump down the list reads at a time.
const walkPage = 10 * blockSize

// listing is the captures of one scope and search, newest first, as far as they
// were read. One goroutine reads the store and writes to it; the UI goroutine
// only looks rows up, which takes memory and never the disk.
type listing struct {
	store inspector.Store
	scope scope
	typed bool // the user typed a search, so that nobody knows the total
	query inspector.Query
	// patience is how long a search that was typed looks before it shows what it
	// has.
	patience time.Duration

	mu      sync.Mutex
	blocks  blocks
	seen    ulid.ULID // the newest capture looked at, in the list or not
	newest  ulid.ULID // the newest one in the list
	whole   bool      // blocks.end is the true end
	dig     dig       // of a search that was typed
	changes uint64    // the generation of the store, as the feed counts it
	looked  [64]int   // the sequences that the UI asked for last
	next    int       // the place in looked to write to
}

// extent is the part of a listing that exists, as handed to the UI.
type extent struct {
	top, end int
	whole    bool
	found    found // of a search that was typed
}

// openListing reads the first page. typed is the user's search, "" for none.
func openListing(ctx context.Context, store inspector.Store, s scope, q inspector.Query, typed bool) (*listing, error) {
	l := &listing{store: store, scope: s, query: q, typed: typed, blocks: newBlocks(), changes: 1, patience: firstTime}
	newest, err := store.Page(ctx, inspector.Query{}, ulid.ULID{}, 1)
	if err != nil {
		return nil, err
	}
	if len(newest) > 0 {
		l.seen = newest[0].ID
	}
	if typed {
		l.dig.began = time.Now()
		err := l.digOn(ctx)
		l.patience = digTime
		return l, err
	}
	before := store.Counts()
	if err := l.load(ctx, 0); err != nil {
		return nil, err
	}
	l.settle(before, store.Counts())
	return l, nil
}

func (l *listing) extent() extent {
	l.mu.Lock()
	defer l.mu.Unlock()
	return extent{top: l.blocks.top, end: l.blocks.end, whole: l.whole, found: l.found()}
}

// look returns the row at seq. stale asks for a fetch: the row is not in memory
// or was read before the store's last change, or the end of a search is near.
func (l *listing) look(seq int) (r row, ok, stale bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.looked[l.next%len(l.looked)] = seq
	l.next++
	r, ok = l.blocks.get(seq)
	return r, ok, !ok || r.read < l.changes || !l.whole && seq > l.blocks.end-blockSize/2
}

// sameAs tells whether two listings are of the same scope and search.
func (l *listing) sameAs(other *listing) bool {
	return l.scope == other.scope && l.query.String() == other.query.String()
}

// peek is look without asking for anything.
func (l *listing) peek(seq int) (r row, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.blocks.get(seq)
}

// recent returns the newest captures of the list that are in memory, at most n.
func (l *listing) recent(n int) (list []inspector.Summary) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for seq := l.blocks.top; seq < min(l.blocks.end, l.blocks.top+n); seq++ {
		if r, ok := l.blocks.get(seq); ok {
			list = append(list, r.Summary)
		}
	}
	return list
}

// newestID is the newest capture of the list.
func (l *listing) newestID() ulid.ULID {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.newest
}

// find returns the sequence of a capture among the rows in memory.
func (l *listing) find(id ulid.ULID) (int, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for n, rows := range l.blocks.rows {
		for at := range rows {
			if rows[at].ID == id {
				return n*blockSize + at, true
			}
		}
	}
	return 0, false
}

// advance takes in what is newer than the last look and reads again what is on
// screen. again is true when the list has to be opened anew.
func (l *listing) advance(ctx context.Context) (again bool, err error) {
	l.mu.Lock()
	l.changes++
	l.mu.Unlock()
	before := l.store.Counts()
	for {
		page, err := l.store.After(ctx, l.seen, walkPage)
		if err != nil {
			return false, err
		}
		for i := range page {
			if err := l.take(ctx, page[i]); err != nil {
				return false, err
			}
		}
		l.tidy()
		if len(page) < walkPage {
			break
		}
	}
	if err := l.fetch(ctx); err != nil {
		return false, err
	}
	return !l.settle(before, l.store.Counts()), nil
}

// tidy lets go of rows far from what the UI looked at last.
func (l *listing) tidy() {
	l.mu.Lock()
	defer l.mu.Unlock()
	shown, _ := blockOf(l.looked[max(l.next-1, 0)%len(l.looked)])
	l.blocks.trim(shown)
}

// take puts one newer capture on top if it belongs here.
func (l *listing) take(ctx context.Context, s inspector.Summary) error {
	l.seen = s.ID
	if s.ID.Compare(l.newest) <= 0 {
		return nil // the first page had it already
	}
	yes, err := l.belongs(ctx, &s)
	if err != nil || !yes {
		return err
	}
	r, err := l.rowOf(ctx, s)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.newest = s.ID
	r.read = l.changes
	l.blocks.push(r)
	return nil
}

// belongs tells whether a capture is in the scope and matches the search.
func (l *listing) belongs(ctx context.Context, s *inspector.Summary) (bool, error) {
	if !l.scope.holds(s) {
		return false, nil
	}
	match, whole := l.query.Matches(s)
	if !whole {
		return match, nil
	}
	c, err := l.store.Get(ctx, s.ID)
	if errors.Is(err, inspector.ErrNotFound) {
		return false, nil
	}
	return err == nil && l.query.MatchesWhole(&c), err
}

// settle brings the length in line with the store's figures, read before and
// after the rows were. False means that rows came or went in the middle.
func (l *listing) settle(before, after inspector.Counts) bool {
	if l.typed {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.whole = true
	low, high, have := l.scope.total(before), l.scope.total(after), l.blocks.count()
	if low > high {
		low, high = high, low
	}
	if have >= low && have <= high {
		return true
	}
	l.blocks.end = l.blocks.top + high
	return l.scope.lasting()
}
