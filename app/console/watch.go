package console

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/app/localapi"
	"shopbell/inspector"
)

// watchPause is the time between two looks for a Shopbell that runs.
const watchPause = 500 * time.Millisecond

type watchCommand struct {
	Query []string `arg:"" optional:"" help:"Print only what matches: words and field:value, as in the window's search."`
	JSON  bool     `help:"Print one JSON object per line, as \"serve --json\" does."`
}

// Run prints what comes until it is interrupted. It waits for a Shopbell to
// run, and never opens the store: that would keep one from starting.
func (c *watchCommand) Run(s *session) error {
	dir, err := s.dataDir()
	if err != nil {
		return err
	}
	query, err := inspector.ParseQuery(strings.Join(c.Query, " "), s.now())
	if err != nil {
		return wrongUse(err.Error(), "write words and field:value, as in the window's search")
	}
	start := since(s.now())
	w := watcher{s: s, query: query, print: records{s.out, c.JSON}, capture: start, delivery: start, wanted: map[ulid.ULID]bool{}}
	for waiting := false; s.ctx.Err() == nil; {
		api, err := localapi.Dial(dir)
		switch {
		case errors.Is(err, localapi.ErrNotRunning):
			if !waiting {
				s.err.line(fmt.Sprintf("waiting for a Shopbell on %q", dir))
			}
			waiting = true
			w.pause()
			continue
		case err != nil:
			return err
		}
		waiting = false
		if err := w.follow(api); err != nil {
			return err
		}
	}
	return nil
}

// watcher prints the changes of a running Shopbell.
type watcher struct {
	s        *session
	query    inspector.Query
	print    records
	capture  ulid.ULID // the last one seen
	delivery ulid.ULID
	wanted   map[ulid.ULID]bool // captures that were asked about, and the answer
}

// wantedLimit bounds what is remembered; what is forgotten is asked again.
const wantedLimit = 100_000

// follow prints until the interrupt, or until that Shopbell ends.
func (w *watcher) follow(api *localapi.Client) error {
	w.s.err.line("watching " + api.URL() + " · Ctrl-C stops")
	for {
		changes, err := api.Changes(w.s.ctx, w.capture, w.delivery)
		var fault *localapi.Fault
		switch {
		case errors.As(err, &fault) && fault.Status < 500:
			return err
		case err != nil:
			w.pause()
			return nil // it ended or is busy: Run looks again
		}
		for _, c := range changes.Captures {
			if w.wants(api, c.ID, &c) {
				w.print.capture(c)
			}
			w.capture = c.ID
		}
		for _, d := range changes.Deliveries {
			if w.wants(api, d.Capture, nil) {
				w.print.delivery(d.Delivery)
			}
			w.delivery = d.ID
		}
		if err := w.s.out.err(); err != nil {
			return err
		}
	}
}

// wants tells whether a capture matches. It is read as a whole only where its
// summary does not decide.
func (w *watcher) wants(api *localapi.Client, id ulid.ULID, summary *inspector.Summary) bool {
	if w.query.String() == "" {
		return true
	}
	if known, ok := w.wanted[id]; ok {
		return known
	}
	match, whole := false, summary == nil
	if summary != nil {
		match, whole = w.query.Matches(summary)
	}
	if whole {
		c, err := api.Show(w.s.ctx, id)
		match = err == nil && w.query.MatchesWhole(&c)
	}
	if len(w.wanted) >= wantedLimit {
		clear(w.wanted)
	}
	w.wanted[id] = match
	return match
}

func (w *watcher) pause() {
	select {
	case <-time.After(watchPause):
	case <-w.s.ctx.Done():
	}
}
