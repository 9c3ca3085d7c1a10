package ui

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

const (
	// collectPage is how many captures of a selection are looked up at a time.
	collectPage = 1000
	// reportEvery is the shortest time between two words on how far a job is.
	reportEvery = 100 * time.Millisecond
)

// collect returns the ids of the captures in a selection of a list that are
// there now, newest first. It reads page by page: 16 MB for a million ids.
func (l *listing) collect(ctx context.Context, s selection) ([]ulid.ULID, error) {
	var ids []ulid.ULID
	for before, more := following(s.from), s.rows > 0; more; {
		page, err := l.store.Page(ctx, l.query, before, collectPage)
		if err != nil {
			return nil, err
		}
		more = len(page) == collectPage
		for i := range page {
			before = page[i].ID
			if before.Compare(s.to) < 0 {
				more = false
				break
			}
			if !s.taken[before] {
				ids = append(ids, before)
			}
		}
	}
	for id := range s.added {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b ulid.ULID) int { return b.Compare(a) })
	return slices.Compact(ids), nil
}

// following is the smallest id above another one, zero above the largest.
func following(id ulid.ULID) ulid.ULID {
	for i := len(id) - 1; i >= 0; i-- {
		if id[i]++; id[i] != 0 {
			break
		}
	}
	return id
}

// job is something that is done with each of many captures.
type job struct {
	// says tells how far it is.
	says func(done, total int) string
	// act does it with one capture. One that is gone is passed over.
	act func(ctx context.Context, id ulid.ULID) error
	// atOnce is how many are done at the same time; 1 keeps the order of arrival.
	atOnce int
	// end is told how many were done of how many, and the first error; it is
	// context.Canceled when the user stopped it.
	end func(done, total int, err error)
}

// together does a job with the chosen captures, away from the UI goroutine; the
// bar below the list says how far it is.
func (w *Window) together(j job) {
	w.withSelection(func(ctx context.Context, ids []ulid.ULID, report func(done int)) (int, error) {
		slices.Reverse(ids)
		done := 0
		for chunk := range slices.Chunk(ids, j.atOnce) {
			report(done)
			n, err := j.some(ctx, chunk)
			if done += n; err != nil {
				return done, err
			}
		}
		return done, nil
	}, j.says, j.end)
}

// some acts on a few captures at the same time and tells on how many it did.
func (j job) some(ctx context.Context, ids []ulid.ULID) (done int, err error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	failures := make([]error, len(ids))
	var all sync.WaitGroup
	for i, id := range ids {
		all.Go(func() { failures[i] = j.act(ctx, id) })
	}
	all.Wait()
	for _, failure := range failures {
		switch {
		case failure == nil:
			done++
		case errors.Is(failure, inspector.ErrNotFound):
		default:
			err = failure
		}
	}
	return done, err
}

// withSelection looks up which captures are chosen and runs work with their ids,
// newest first. One job runs at a time.
func (w *Window) withSelection(work func(ctx context.Context, ids []ulid.ULID, report func(done int)) (int, error),
	says func(done, total int) string, end func(done, total int, err error)) {
	p := w.list
	if !p.several.some() || p.group.busy {
		return
	}
	ctx, stop := context.WithCancel(w.shift)
	list, chosen := p.listing, p.several.clone()
	p.group.work(says(0, chosen.count()), stop)
	done, total := 0, 0
	w.task(func(context.Context) error {
		defer stop()
		ids, err := list.collect(ctx, chosen)
		if err != nil {
			return err
		}
		total = len(ids)
		var said time.Time
		done, err = work(ctx, ids, func(done int) {
			if time.Since(said) < reportEvery {
				return
			}
			said = time.Now()
			w.onUI(func() {
				if p.group.busy {
					p.group.work(says(done, total), stop)
				}
			})
		})
		return err
	}, func(err error) {
		p.group.rest(&p.several)
		end(done, total, err)
		w.refresh.refreshNow()
	})
}
