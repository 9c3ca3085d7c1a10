package ui

import (
	"context"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/inspector"
)

func TestASelectedCaptureThatWasNotReadIsNotGone(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 20) })
	page, err := d.engine.Store().Page(t.Context(), inspector.Query{}, ulid.ULID{}, 1)
	if err != nil || len(page) != 1 {
		t.Fatalf("kept are %v, %v", page, err)
	}
	kept := page[0]
	r := newRefresher(t.Context(), d.engine, time.Now, nil)
	over, stop := context.WithCancel(t.Context())
	stop() // another wish came
	for name, c := range map[string]struct {
		wish        wish
		asked       ulid.ULID
		there, next bool
	}{
		"kept":     {wish{ctx: t.Context(), selected: kept.ID}, kept.ID, true, false},
		"gone":     {wish{ctx: t.Context(), selected: ulid.ULID{1}}, ulid.ULID{1}, false, false},
		"none":     {wish{ctx: t.Context()}, ulid.ULID{}, false, false},
		"not read": {wish{ctx: over, selected: kept.ID}, ulid.ULID{}, false, true},
	} {
		r.stale = false
		asked, s := r.selection(c.wish)
		if asked != c.asked || (s != nil) != c.there || r.stale != c.next {
			t.Errorf("%s: it answers %v, %v, and asks again: %v", name, asked, s, r.stale)
		}
	}
}
