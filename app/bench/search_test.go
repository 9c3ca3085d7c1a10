//go:build bench && linux

package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
)

// searchTask is to look for words in a store: the first one with nothing in
// memory, the others when all of them were looked for once. Where the first
// takes longer than patientSearch, one other word has to do.
type searchTask struct {
	Dir   string
	Words []string
	Hits  int // on the first page of each
}

// searched are the times of the first page, in milliseconds.
type searched struct {
	Cold float64
	Warm figures
}

const (
	firstPage = 100
	// searchAtMost ends a search; it counts as having taken as long.
	searchAtMost  = time.Minute
	patientSearch = 5 * time.Second
)

func search(task searchTask) (r searched, err error) {
	if err := forgetFiles(task.Dir); err != nil {
		return r, err
	}
	s, err := badgerstore.Open(badgerstore.Options{Dir: task.Dir})
	if err != nil {
		return r, err
	}
	if err := settle(); err != nil {
		return r, err
	}
	if r.Cold, err = timeSearch(s, task.Words[0], task.Hits); err != nil {
		return r, err
	}
	others := task.Words[1:]
	if r.Cold > millis(patientSearch) {
		others = others[:1]
	}
	for _, last := range []bool{false, true} {
		for _, word := range others {
			took, err := timeSearch(s, word, task.Hits)
			if err != nil {
				return r, err
			}
			if last {
				r.Warm = append(r.Warm, took)
			}
		}
	}
	return r, s.Close()
}

// timeSearch fails when the page is not what must be found.
func timeSearch(s inspector.Store, word string, hits int) (float64, error) {
	q, err := inspector.ParseQuery(word, time.Now())
	if err != nil {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), searchAtMost)
	defer cancel()
	began := time.Now()
	list, err := s.Page(ctx, q, ulid.ULID{}, firstPage)
	took := time.Since(began)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return millis(took), nil
	case err != nil:
		return 0, err
	case len(list) != hits:
		return 0, fmt.Errorf("search for %q found %d on the first page, expected %d", word, len(list), hits)
	}
	return millis(took), nil
}
