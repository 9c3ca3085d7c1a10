package ui

import (
	"strings"
	"testing"
	"time"

	"shopbell/app/engine"
	"shopbell/inspector"
)

// saidOf is the second line of the row of a capture.
func (d *desk) saidOf(index int) string {
	d.t.Helper()
	r, ok := d.list.listing.peek(d.list.extent.top + index)
	if !ok {
		d.t.Fatalf("row %d is not in memory", index)
	}
	return describe(r, d.engine.Catalog(), d.now()).second
}

func TestRepetitionsAreMarkedWithTheTimeWhenTheFirstWasReceived(t *testing.T) {
	at := time.Now().Add(-3 * time.Hour).Truncate(time.Second)
	keep := func(e *engine.Engine, id, body string, received time.Time) inspector.Capture {
		c := someCapture(id)
		c.Received, c.Message.Body = received, []byte(body)
		if err := e.Store().Keep(t.Context(), &c); err != nil {
			t.Fatal(err)
		}
		return c
	}
	var first inspector.Capture
	d := openDesk(t, func(e *engine.Engine) { first = keep(e, "evt_1", "x", at) })
	d.rest()
	keep(d.engine, "evt_1", "x", time.Now()) // by way of the feed
	keep(d.engine, "evt_1", "other", time.Now())
	d.wait("three rows", func() bool { return d.list.rows.Count() == 3 })
	clock := secondText(at, d.now())
	if says := d.saidOf(1); !strings.Contains(says, "duplicate of "+clock) {
		t.Errorf("the duplicate says %q, expected the time %s", says, clock)
	}
	if says := d.saidOf(0); !strings.HasPrefix(says, "same id, other content · ") || !strings.Contains(says, "first seen "+clock) {
		t.Errorf("the forgery says %q, expected the time %s", says, clock)
	}
	if err := d.engine.Store().Delete(t.Context(), first.ID); err != nil {
		t.Fatal(err)
	}
	d.wait("two rows", func() bool { return d.list.rows.Count() == 2 })
	d.wait("the new words", func() bool { return strings.Contains(d.saidOf(1), "duplicate of one that is gone") })
}
