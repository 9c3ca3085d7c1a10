package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

func TestChangesAreKept(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	s := openTest(t, Options{Dir: dir})
	c := sample("live", "1", large("x"))
	c.Notes, c.Note = []string{"odd"}, "first"
	keep(t, s, c)
	verdict := signature.Verdict{Provider: "tweed", Outcome: signature.Mismatch, Steps: []signature.Step{{Name: "compare", Evidence: "differs"}}}
	change := func(c *inspector.Capture) {
		c.Verdict, c.State, c.Pinned, c.Note, c.Notes = verdict, inspector.Held, true, "called", nil
		c.Answer = inspector.Reply{Status: 401, By: "shopbell", Says: "held"}
		c.Provider, c.Detected, c.Hint = "yshop", true, "of yshop"
		c.Event, c.EventDerived, c.DeliveryID, c.DeliveryIDDerived = "paid", true, "2", true
		c.Method = "not kept" // not among what may change
	}
	if err := s.Change(ctx, c.ID, change); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, Options{Dir: dir})
	got, err := s.Get(ctx, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := *c
	change(&want)
	want.Method, want.Outcome, want.Cover = c.Method, signature.Mismatch, ""
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	n := s.Counts()
	if n.NotVerified != 1 || n.Held != 1 || n.Pinned != 1 || n.Waiting != 0 {
		t.Errorf("counts %+v do not follow the change", n)
	}
}

func TestARepetitionIsFoundByTheChangedDeliveryID(t *testing.T) {
	s := openTest(t, Options{})
	c := keep(t, s, sample("live", "1", "x"))
	if err := s.Change(context.Background(), c.ID, func(c *inspector.Capture) { c.DeliveryID = "2" }); err != nil {
		t.Fatal(err)
	}
	if again := keep(t, s, sample("live", "2", "x")).Again; again == nil || again.Kind != inspector.Duplicate || again.Of != c.ID {
		t.Errorf("got %+v, expected a duplicate of the changed capture", again)
	}
	if again := keep(t, s, sample("live", "1", "y")).Again; again != nil {
		t.Errorf("got %+v, expected nobody to have the former id", again)
	}
}

func TestChangesAtTheSameTimeAllCount(t *testing.T) {
	s, ctx := openTest(t, Options{}), context.Background()
	c := keep(t, s, sample("live", "1", "x"))
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			err := s.Change(ctx, c.ID, func(c *inspector.Capture) { c.Notes = append(c.Notes, fmt.Sprint(i)) })
			if err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			if err := s.Record(ctx, &inspector.Delivery{Capture: c.ID, Status: 200}, inspector.Done); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	flushed(t, s)
	got, err := s.Get(ctx, c.ID)
	if err != nil || len(got.Notes) != 20 || len(got.Deliveries) != 20 || got.Attempts != 20 {
		t.Errorf("%d notes, %d deliveries, %d attempts, %v; want 20 of each", len(got.Notes), len(got.Deliveries), got.Attempts, err)
	}
}

func TestDeleteTakesAllThatBelongsToACapture(t *testing.T) {
	s, ctx := openTest(t, Options{}), context.Background()
	stay, gone := keep(t, s, sample("live", "1", "x")), keep(t, s, sample("live", "2", "y"))
	for range deliveriesAtOnce + 10 { // more than one commit deletes
		record(t, s, &inspector.Delivery{Capture: gone.ID, Status: 200}, inspector.Done)
	}
	record(t, s, &inspector.Delivery{Capture: stay.ID, Status: 200}, inspector.Done)
	flushed(t, s)
	if err := s.Change(ctx, gone.ID, func(c *inspector.Capture) { c.Note = "n" }); err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(ctx, gone.ID); err != nil {
		t.Fatal(err)
	}
	record(t, s, &inspector.Delivery{Capture: gone.ID, Status: 200}, inspector.Done) // dropped quietly
	flushed(t, s)
	if _, err := s.Get(ctx, gone.ID); !errors.Is(err, inspector.ErrNotFound) {
		t.Errorf("Get: %v, want ErrNotFound", err)
	}
	got := map[byte]int{}
	for _, key := range allKeys(t, s) {
		got[key[0]]++
	}
	want := map[byte]int{kindStamp: 1, kindCapture: 1, kindSummary: 1, kindDelivery: 1, kindLog: 1, kindAgain: 2, kindDay: 1}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("keys left by kind: %v, want %v", got, want)
	}
}

func TestImportedDeliveriesAreKeptWithTheCapture(t *testing.T) {
	s := openTest(t, Options{})
	c := sample("live", "1", "x")
	c.State, c.Attempts, c.Status = inspector.Done, 2, 200
	c.Deliveries = []inspector.Delivery{{Kind: inspector.First, Error: "refused"}, {Kind: inspector.Retry, Status: 200}}
	keep(t, s, c)
	got, err := s.Get(context.Background(), c.ID)
	if err != nil || len(got.Deliveries) != 2 || got.Deliveries[1].Status != 200 || got.Attempts != 2 {
		t.Errorf("got %+v, %v; want both deliveries and the summary as it was", got.Deliveries, err)
	}
}

func TestSubscribersAreToldAndNeverWaitedFor(t *testing.T) {
	s := openTest(t, Options{})
	lazy, endLazy := s.Subscribe()
	defer endLazy()
	ended, end := s.Subscribe()
	end()
	end()
	for range 10 {
		keep(t, s, sample("live", "1", "x"))
	}
	<-lazy
	select {
	case <-ended:
		t.Error("an ended subscription was told")
	default:
	}
	// One value may still come from the retention that runs at open.
	select {
	case <-lazy:
	default:
	}
	keep(t, s, sample("live", "1", "x"))
	<-lazy
}
