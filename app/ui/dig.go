package ui

import (
	"context"
	"time"

	"github.com/oklog/ulid/v2"
)

const (
	// firstTime is how long a search looks for rows before it shows what it has:
	// short enough that something new stands on screen within 150 ms.
	firstTime = 50 * time.Millisecond
	// digTime is how long it looks from then on between two showings.
	digTime = 100 * time.Millisecond
	// downTime is how long a search that is opened anew looks for the place where
	// the user is.
	downTime = 500 * time.Millisecond
	// countTime is how long a count looks between two figures on screen.
	countTime = 200 * time.Millisecond
	countPage = 2000
)

// dig is how far the search of a listing has come. It belongs to listing.mu.
type dig struct {
	reached  ulid.ULID // where rows are looked for next, zero for the newest
	open     bool      // the block that is being filled is not full
	began    time.Time
	counting bool
	base     int // the end of the blocks when the count began
	beyond   int // matches counted below base
	counted  bool
	took     time.Duration // from the beginning until all was found or counted
}

// found is what is known of the number of matches, as handed to the UI.
type found struct {
	rows     int // that can be scrolled to
	matches  int // known so far; all of them when neither looking nor counting
	looking  bool
	counting bool
	back     time.Time // how far back was looked, while looking
	took     time.Duration
}

// digOn looks for more rows of a search for a while.
func (l *listing) digOn(ctx context.Context) error {
	l.mu.Lock()
	from, end := l.dig.reached, l.blocks.end
	l.mu.Unlock()
	n, at := blockOf(end)
	page, reached, err := l.store.Search(ctx, l.query, from, blockSize-at, l.patience)
	if err != nil {
		return err
	}
	rows, err := l.rowsOf(ctx, page)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.put(end, rows)
	l.blocks.end = end + len(page)
	l.blocks.trim(n)
	l.dig.reached, l.whole = reached, reached == ulid.ULID{}
	l.dig.open = !l.whole && at+len(page) < blockSize
	if l.whole && !l.dig.counted {
		l.dig.counted, l.dig.took = true, time.Since(l.dig.began)
	}
	return nil
}

// digDown looks for the first so many rows of a search, for a while.
func (l *listing) digDown(ctx context.Context, rows int) error {
	for began := time.Now(); time.Since(began) < downTime; {
		if e := l.extent(); e.whole || e.end-e.top >= rows {
			return nil
		}
		if err := l.digOn(ctx); err != nil {
			return err
		}
	}
	return nil
}

// found tells of the matches of a search; call it with l.mu held.
func (l *listing) found() found {
	d := &l.dig
	rows := l.blocks.count()
	f := found{rows: rows, matches: rows, took: d.took, looking: d.open, counting: !l.whole && !d.counted}
	if !l.whole {
		f.matches = max(rows, d.base-l.blocks.top+d.beyond)
	}
	if d.open {
		f.back = ulid.Time(d.reached.Time())
	}
	return f
}

// unfinished tells that there is more to look for without being asked.
func (l *listing) unfinished() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dig.open
}

// startCount tells whether the matches are to be counted now, and from where:
// the first rows are there, and there are more.
func (l *listing) startCount() (from ulid.ULID, yes bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.typed || l.whole || l.dig.open || l.dig.counting || l.dig.counted {
		return from, false
	}
	l.dig.counting, l.dig.base = true, l.blocks.end
	return l.dig.reached, true
}

// count counts what is older than from and calls told now and then.
func (l *listing) count(ctx context.Context, from ulid.ULID, told func()) {
	for {
		page, reached, err := l.store.Search(ctx, l.query, from, countPage, countTime)
		if err != nil {
			return // the rows say why; the number stays "so far"
		}
		l.mu.Lock()
		l.dig.beyond += len(page)
		from = reached
		done := reached == ulid.ULID{}
		if done && !l.dig.counted {
			l.dig.counted, l.dig.took = true, time.Since(l.dig.began)
		}
		l.mu.Unlock()
		if told(); done {
			return
		}
	}
}
