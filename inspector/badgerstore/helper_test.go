package badgerstore

import (
	"context"
	"strings"
	"testing"
	"time"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// openTest opens a store in dir that is closed with the test.
func openTest(t testing.TB, o Options) *Store {
	t.Helper()
	if o.Dir == "" {
		o.Dir = t.TempDir()
	}
	s, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// sample is a delivery to endpoint with a delivery id and a body.
func sample(endpoint, deliveryID, body string) *inspector.Capture {
	return &inspector.Capture{
		Summary: inspector.Summary{
			Received: time.Date(2026, 11, 20, 12, 0, 0, 123456789, time.UTC),
			Endpoint: endpoint, Provider: "tweed", Event: "order.paid", DeliveryID: deliveryID,
			Outcome: signature.Verified, Cover: signature.CoverBody,
			Method: "POST", Path: "/tweed/9f1c", Size: int64(len(body)), State: inspector.Waiting,
		},
		Message: signature.Message{
			Method: "POST", URL: "https://shop.example/tweed/9f1c", Target: "/tweed/9f1c",
			Header: signature.Header{{Name: "Host", Value: "shop.example"}, {Name: "X-id", Value: deliveryID}},
			Body:   []byte(body),
			Head:   []byte("POST /tweed/9f1c HTTP/1.1\r\nHost: shop.example\r\nX-id: " + deliveryID + "\r\n\r\n"),
		},
		From:    "203.0.113.7",
		Verdict: signature.Verdict{Provider: "tweed", Outcome: signature.Verified, Cover: signature.CoverBody},
	}
}

// large is a body that goes to the value log.
func large(seed string) string { return strings.Repeat(seed, 1<<20/len(seed)) }

func keep(t testing.TB, s *Store, c *inspector.Capture) *inspector.Capture {
	t.Helper()
	if err := s.Keep(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	return c
}

func record(t testing.TB, s *Store, d *inspector.Delivery, state inspector.State) {
	t.Helper()
	if err := s.Record(context.Background(), d, state); err != nil {
		t.Fatal(err)
	}
}

func flushed(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Sync(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func page(t testing.TB, s *Store, query string) []inspector.Summary {
	t.Helper()
	q, err := inspector.ParseQuery(query, s.now())
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.Page(context.Background(), q, [16]byte{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// until waits for what another goroutine does.
func until(t testing.TB, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !done(); time.Sleep(100 * time.Microsecond) {
		if time.Now().After(deadline) {
			t.Fatal("it did not happen within a minute")
		}
	}
}

func queued(s *Store) int {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	return len(s.queue.ops)
}

// holdCommitter makes the committer wait, as if the disk hung, until release.
// It holds one commit of nothing.
func holdCommitter(t testing.TB, s *Store) (release func()) {
	t.Helper()
	s.commits.Lock()
	if err := s.queue.push(context.Background(), &op{apply: func(*batch) error { return nil }}, nil); err != nil {
		t.Fatal(err)
	}
	until(t, func() bool { return queued(s) == 0 })
	return s.commits.Unlock
}
