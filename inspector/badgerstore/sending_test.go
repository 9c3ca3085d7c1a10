package badgerstore

import (
	"context"
	"testing"

	"shopbell/inspector"
)

func TestAnAttemptCutOffWithTheProgramIsFoundAtOpen(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	s := openTest(t, Options{Dir: dir})
	relayed := sample("live", "d1", `{"a":1}`)
	relayed.Sending = 1
	keep(t, s, relayed)
	queued := keep(t, s, sample("live", "d2", `{"a":2}`))
	if err := s.Begin(ctx, queued.ID); err != nil {
		t.Fatal(err)
	}
	answered := sample("live", "d3", `{"a":3}`)
	answered.Sending = 1
	keep(t, s, answered)
	record(t, s, &inspector.Delivery{Capture: answered.ID, Kind: inspector.First, Status: 200}, inspector.Done)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second opening must find nothing more
		s = openTest(t, Options{Dir: dir})
		for _, id := range []*inspector.Capture{relayed, queued} {
			c, err := s.Get(ctx, id.ID)
			if err != nil {
				t.Fatal(err)
			}
			if c.State != inspector.Waiting || !c.Unknown || c.Sending != 0 || c.Attempts != 1 || len(c.Deliveries) != 1 {
				t.Fatalf("got %+v with %d deliveries", c.Summary, len(c.Deliveries))
			}
			if d := c.Deliveries[0]; !d.Unknown || d.Status != 0 || d.Error != inspector.AnswerUnknown || d.Kind != inspector.First {
				t.Errorf("the attempt reads %+v", d)
			}
		}
		if c, err := s.Get(ctx, answered.ID); err != nil || c.Unknown || len(c.Deliveries) != 1 {
			t.Errorf("an answered delivery reads %+v, %v", c.Summary, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
