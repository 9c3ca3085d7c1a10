package inspector_test

import (
	"errors"
	"testing"
	"time"

	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

func TestPausedQueueStillAcceptsAndStaysPausedOverARestart(t *testing.T) {
	r := start(t, queueing(1, inspector.WhenStuckWait), nil)
	if err := r.inspector.PauseQueue(t.Context(), "queue", true); err != nil {
		t.Fatal(err)
	}
	if reply := r.raw(post(`{"n":0}`)); reply.Status != 200 {
		t.Errorf("answered %d", reply.Status)
	}
	r.restart(queueing(1, inspector.WhenStuckWait))
	r.raw(post(`{"n":1}`))
	if q := r.state(); !q.Paused || q.Waiting != 2 || !q.Next.IsZero() {
		t.Errorf("after the restart the queue is %+v", q)
	}
	if err := r.inspector.DrainQueue("queue"); !errors.Is(err, inspector.ErrPaused) {
		t.Errorf("draining it says %v", err)
	}
	for _, s := range r.captures() {
		if s.State != inspector.Waiting || s.Attempts != 0 {
			t.Errorf("kept as %s after %d attempts", s.State, s.Attempts)
		}
	}
	if err := r.inspector.PauseQueue(t.Context(), "queue", false); err != nil {
		t.Fatal(err)
	}
	r.await("the queue to drain", allDone(2))
	r.restart(queueing(1, inspector.WhenStuckWait))
	r.raw(post(`{"n":2}`))
	r.await("the queue to drain", allDone(3))
	if r.state().Paused {
		t.Error("it came back paused")
	}
}

func TestPausedEndpointTurnsQuestionsAway(t *testing.T) {
	e := example(t, "twisto", "check")
	endpoint := endpointFor("twisto", "twisto", e)
	endpoint.Answer = inspector.AnswerAccept
	r := start(t, []inspector.Endpoint{endpoint}, nil)
	if err := r.inspector.PauseQueue(t.Context(), "twisto", true); err != nil {
		t.Fatal(err)
	}
	if reply := r.send(e.Message); reply.Status != 503 {
		t.Errorf("answered %d", reply.Status)
	}
	if c := r.only(); c.State != inspector.Kept || len(r.shop.Requests()) != 0 {
		t.Errorf("kept as %s, the shop got %d requests", c.State, len(r.shop.Requests()))
	}
}

func TestDrainingWaitsForNothing(t *testing.T) {
	r := start(t, queueing(1, inspector.WhenStuckWait), nil)
	r.shop.On("/t", inspectortest.Behaviour{Status: 429, Header: signature.Header{{Name: "Retry-After", Value: "3000"}}})
	r.raw(post("{}"))
	q := r.awaitQueue("the shop's wish", func(q inspector.Queue) bool { return !q.Next.IsZero() })
	if far := time.Until(q.Next); far < 40*time.Minute || far > 50*time.Minute || q.Error != "the shop answered 429" {
		t.Errorf("the queue is %+v, expected to wait as long as the shop asked", q)
	}
	r.shop.On("/t", inspectortest.Behaviour{})
	if err := r.inspector.DrainQueue("queue"); err != nil {
		t.Fatal(err)
	}
	r.await("the delivery", allDone(1))
	if q := r.awaitQueue("an empty queue", func(q inspector.Queue) bool { return q.Waiting == 0 }); !q.Next.IsZero() || q.Error != "" {
		t.Errorf("the queue is %+v", q)
	}
}

func TestDrainingFetchesThoseThatSteppedAside(t *testing.T) {
	r := start(t, queueing(1, inspector.WhenStuckPass), nil)
	r.shop.On("/t", inspectortest.Behaviour{Status: 503, Header: signature.Header{{Name: "Retry-After", Value: "3000"}}})
	r.raw(post("{}"))
	for n := 1; n <= 3; n++ {
		r.await("an attempt", func(page []inspector.Summary) bool { return page[0].Attempts >= n && !r.state().Next.IsZero() })
		if n == 3 {
			r.awaitQueue("it to step aside", func(q inspector.Queue) bool { return q.Aside == 1 })
			r.shop.On("/t", inspectortest.Behaviour{})
		}
		if err := r.inspector.DrainQueue("queue"); err != nil {
			t.Fatal(err)
		}
	}
	r.await("the delivery", allDone(1))
}

func TestOnlyAcceptEndpointsHaveAQueue(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, nil)
	r.raw(post("{}"))
	if q := r.inspector.Queues(); len(q) != 0 {
		t.Errorf("there are the queues %+v", q)
	}
	for _, err := range []error{
		r.inspector.PauseQueue(t.Context(), "plain", true), r.inspector.PauseQueue(t.Context(), "none", false), r.inspector.DrainQueue("plain"),
	} {
		if !errors.Is(err, inspector.ErrNoQueue) {
			t.Errorf("it says %v", err)
		}
	}
}

func TestStoreAloneTellsOfItsQueues(t *testing.T) {
	r := start(t, queueing(1, inspector.WhenStuckWait), nil)
	r.shop.On("/t", inspectortest.Behaviour{Status: 503})
	r.raw(post("{}"))
	r.await("an attempt", func(page []inspector.Summary) bool { return page[0].Attempts > 0 })
	if err := r.inspector.PauseQueue(t.Context(), "queue", true); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(r.inspector.Close(), r.store.Close()); err != nil {
		t.Fatal(err)
	}
	got, err := inspector.StoredQueues(t.Context(), r.open(), []string{"other", "queue"})
	if err != nil || len(got) != 2 || got[0] != (inspector.Queue{Endpoint: "other"}) ||
		got[1] != (inspector.Queue{Endpoint: "queue", Waiting: 1, Paused: true, Error: "the shop answered 503"}) {
		t.Errorf("it tells of %+v (%v)", got, err)
	}
}

func TestRetryAfterIsReadInBothForms(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	for field, expected := range map[string]time.Duration{
		"":                                0,
		"120":                             2 * time.Minute,
		" 7 ":                             7 * time.Second,
		"0":                               0,
		"3601":                            time.Hour,
		"18446744073709551615":            time.Hour,
		"99999999999999999999":            0,
		"-5":                              0,
		"1.5":                             0,
		"soon":                            0,
		"Mon, 30 Nov 2026 12:10:00 GMT":   10 * time.Minute,
		"Monday, 30-Nov-26 12:10:00 GMT":  10 * time.Minute,
		"Mon Nov 30 12:10:00 2026":        10 * time.Minute,
		"Mon, 30 Nov 2026 11:00:00 GMT":   0,
		"Tue, 30 Nov 2027 12:00:00 GMT":   time.Hour,
		"Mon, 30 Nov 2026 12:10:00 +0100": 0,
	} {
		if got := inspector.ComeAgain(field, now); got != expected {
			t.Errorf("%q asks to wait %s, expected %s", field, got, expected)
		}
	}
}
