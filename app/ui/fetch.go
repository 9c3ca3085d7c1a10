package ui

import (
	"context"
	"errors"
	"slices"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// fetch brings the rows that the UI looked at last up to date: it reads those
// that are missing and those that are older than the store's last change.
func (l *listing) fetch(ctx context.Context) error {
	for _, seq := range l.onScreen() {
		l.mu.Lock()
		r, ok := l.blocks.get(seq)
		inside := seq >= l.blocks.top && seq < l.blocks.end
		fresh := ok && r.read >= l.changes
		l.mu.Unlock()
		var err error
		switch {
		case fresh || !inside:
		case ok:
			err = l.renew(ctx, seq, r)
		default:
			err = l.load(ctx, seq)
		}
		if err != nil {
			return err
		}
	}
	return l.extend(ctx)
}

// onScreen returns the sequences looked at last, each once, the newest row of
// the list first.
func (l *listing) onScreen() []int {
	l.mu.Lock()
	defer l.mu.Unlock()
	seqs := slices.Clone(l.looked[:min(l.next, len(l.looked))])
	slices.Sort(seqs)
	return slices.Compact(seqs)
}

// renew reads one row again and takes it out when it is gone or no longer
// belongs here.
func (l *listing) renew(ctx context.Context, seq int, old row) error {
	s, err := l.store.Summary(ctx, old.ID)
	gone := errors.Is(err, inspector.ErrNotFound)
	if err != nil && !gone {
		return err
	}
	if !gone {
		yes, err := l.belongs(ctx, &s)
		if err != nil {
			return err
		}
		gone = !yes
	}
	var r row
	if !gone {
		if r, err = l.rowOf(ctx, s); err != nil {
			return err
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if gone {
		l.blocks.remove(seq)
		l.dig.base--
		return nil
	}
	r.read = l.changes
	l.blocks.put(seq, r)
	return nil
}

// rowOf is the row of a capture, with the time of the one that it repeats.
func (l *listing) rowOf(ctx context.Context, s inspector.Summary) (row, error) {
	r := row{Summary: s}
	if s.Again == nil {
		return r, nil
	}
	first, err := l.store.Summary(ctx, s.Again.Of)
	if errors.Is(err, inspector.ErrNotFound) {
		return r, nil
	}
	r.first = first.Received
	return r, err
}

func (l *listing) rowsOf(ctx context.Context, page []inspector.Summary) ([]row, error) {
	rows := make([]row, len(page))
	for i := range page {
		var err error
		if rows[i], err = l.rowOf(ctx, page[i]); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// load reads the block that seq is in, from the nearest row above it whose id
// is known. After a jump that may be far, so it reads its way down.
func (l *listing) load(ctx context.Context, seq int) error {
	for {
		from, cursor := l.cursor(seq)
		n, _ := blockOf(seq)
		limit := min((n+1)*blockSize-from, walkPage)
		if l.typed { // what lies below is digOn's to find
			if limit = min(limit, l.extent().end-from); limit <= 0 {
				return nil
			}
		}
		page, err := l.store.Page(ctx, l.query, cursor, limit)
		if err != nil {
			return err
		}
		read, err := l.rowsOf(ctx, page)
		if err != nil {
			return err
		}
		if l.place(from, read, limit, n) > seq || len(page) < limit {
			return nil
		}
	}
}

// place puts a page in at from and returns the sequence after it. Fewer rows
// than the limit that was asked for are the end of the list.
func (l *listing) place(from int, page []row, limit, shown int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.put(from, page)
	last := from + len(page)
	l.blocks.end = max(l.blocks.end, last)
	if len(page) < limit {
		l.blocks.end, l.whole = last, l.whole || !l.typed
	}
	l.blocks.trim(shown)
	return last
}

// put keeps a page from a sequence on; call it with l.mu held.
func (l *listing) put(from int, page []row) {
	for i, r := range page {
		r.read = l.changes
		l.blocks.put(from+i, r)
		if r.ID.Compare(l.newest) > 0 {
			l.newest = r.ID
		}
	}
}

// cursor returns the sequence to read from in order to get at seq, and the id
// of the row above it; the zero id is the top of the list.
func (l *listing) cursor(seq int) (from int, above ulid.ULID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n, at := blockOf(seq)
	for i := at; i > 0; i-- {
		if r, ok := l.blocks.get(n*blockSize + i - 1); ok {
			return n*blockSize + i, r.ID
		}
	}
	for newest, _ := blockOf(l.blocks.top); n >= newest; n-- {
		if id, ok := l.blocks.before[n]; ok {
			return n * blockSize, id
		}
	}
	return l.blocks.top, ulid.ULID{}
}

// depthLimit is how far down a list that is opened anew is read at once.
const depthLimit = 50 * blockSize

// depth is how far down the UI looked last.
func (l *listing) depth() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.next == 0 {
		return 0
	}
	return l.looked[(l.next-1)%len(l.looked)] - l.blocks.top
}

// reachDown reads the rows around a depth, with a page to spare for those that
// arrived since, unless that is far down.
func (l *listing) reachDown(ctx context.Context, depth int) error {
	if depth < blockSize || depth > depthLimit {
		return nil
	}
	if l.typed {
		return l.digDown(ctx, depth+2*blockSize)
	}
	for seq := depth - blockSize; seq <= depth+2*blockSize; seq += blockSize {
		if err := l.load(ctx, seq); err != nil {
			return err
		}
	}
	return nil
}

// extend looks for more of a search when its known end is near, or what was
// begun is not done.
func (l *listing) extend(ctx context.Context) error {
	l.mu.Lock()
	end, whole := l.blocks.end, l.whole
	near := l.dig.open || slices.ContainsFunc(l.looked[:min(l.next, len(l.looked))], func(seq int) bool {
		return seq > end-blockSize/2
	})
	l.mu.Unlock()
	if whole || !near {
		return nil
	}
	return l.digOn(ctx)
}
