package badgerstore

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

func TestWhatIsKeptComesBackAfterReopening(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	s := openTest(t, Options{Dir: dir})
	small := keep(t, s, sample("live", "d1", `{"a":1}`))
	big := keep(t, s, sample("live", "d2", large("0123456789abcdef")))
	d := inspector.Delivery{Capture: big.ID, Kind: inspector.First, Target: "http://localhost/hook", Status: 200, Millis: 12,
		Sent: small.Received, Answered: small.Received.Add(12 * time.Millisecond),
		Header: signature.Header{{Name: "Content-Type", Value: "text/plain"}}, Body: []byte(large("answer"))}
	record(t, s, &d, inspector.Done)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	s = openTest(t, Options{Dir: dir})
	got, err := s.Get(ctx, small.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, *small) {
		t.Errorf("got  %+v\nwant %+v", got, *small)
	}
	got, err = s.Get(ctx, big.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := *big
	want.State, want.Attempts, want.Status, want.Millis = inspector.Done, 1, 200, 12
	want.Deliveries = []inspector.Delivery{d}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the large capture or its delivery came back changed: %+v", got.Summary)
	}
	if n := len(page(t, s, "")); n != 2 {
		t.Errorf("the list has %d captures, want 2", n)
	}
}

func TestUnknownIDIsNotFound(t *testing.T) {
	s, ctx := openTest(t, Options{}), context.Background()
	id := ulid.Make()
	_, get := s.Get(ctx, id)
	_, summary := s.Summary(ctx, id)
	change := s.Change(ctx, id, func(*inspector.Capture) {})
	for name, err := range map[string]error{"Get": get, "Summary": summary, "Change": change} {
		if !errors.Is(err, inspector.ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", name, err)
		}
	}
	if err := s.Delete(ctx, id); err != nil {
		t.Errorf("Delete of an unknown id: %v", err)
	}
}

func TestClosedStoreSaysSo(t *testing.T) {
	s, ctx := openTest(t, Options{}), context.Background()
	c := keep(t, s, sample("live", "d1", "x"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, get := s.Get(ctx, c.ID)
	for name, err := range map[string]error{
		"Get": get, "Keep": s.Keep(ctx, c), "Sync": s.Sync(ctx), "Retain": s.Retain(ctx),
		"Record": s.Record(ctx, &inspector.Delivery{Capture: c.ID}, inspector.Done),
	} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("%s: %v, want ErrClosed", name, err)
		}
	}
	if s.Counts().All != 1 {
		t.Error("the counts went with the store")
	}
}

func TestFactsAreRemembered(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	s := openTest(t, Options{Dir: dir})
	if err := s.Remember(ctx, "port", "41234"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, Options{Dir: dir})
	for key, want := range map[string]string{"port": "41234", "unknown": ""} {
		if got, err := s.Recall(ctx, key); got != want || err != nil {
			t.Errorf("Recall(%q) = %q, %v; want %q", key, got, err, want)
		}
	}
}
