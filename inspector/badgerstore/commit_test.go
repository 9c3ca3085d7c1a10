package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"syscall"
	"testing"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

func TestConcurrentCapturesShareSyncs(t *testing.T) {
	const writers, each = 64, 20
	s := openTest(t, Options{})
	kept := make([][]ulid.ULID, writers)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				c := sample("live", fmt.Sprint(w, "-", i), fmt.Sprint("body", w, i))
				if err := s.Keep(context.Background(), c); err != nil {
					t.Error(err)
				}
				kept[w] = append(kept[w], c.ID)
			}
		})
	}
	wg.Wait()
	if n := s.Commits(); n > writers*each/2 {
		t.Errorf("%d commits for %d captures of %d writers, want them to share", n, writers*each, writers)
	}
	var all []ulid.ULID
	for _, ids := range kept {
		if !slices.IsSortedFunc(ids, ulid.ULID.Compare) {
			t.Error("the ids of one writer do not rise")
		}
		all = append(all, ids...)
	}
	slices.SortFunc(all, func(a, b ulid.ULID) int { return b.Compare(a) })
	if got := ids(page(t, s, "")); !slices.Equal(got, all) {
		t.Errorf("the list has %d captures, want the %d that were kept, newest first", len(got), len(all))
	}
}

func TestCommitsAreSynced(t *testing.T) {
	s := openTest(t, Options{})
	syncs := 0
	s.journal.sync = func(f *os.File) error {
		syncs++
		return syncData(f)
	}
	for n := range 3 {
		if keep(t, s, sample("live", "1", "x")); syncs != n+1 {
			t.Errorf("%d syncs before capture %d was acknowledged", syncs, n+1)
		}
	}
	if n := s.Commits(); n != 3 {
		t.Errorf("%d commits for 3 captures one after the other, want 3", n)
	}
}

func TestFailedSyncIsNotAcknowledged(t *testing.T) {
	s, ctx := openTest(t, Options{}), context.Background()
	keep(t, s, sample("live", "1", "x"))
	s.journal.sync = func(*os.File) error { return syscall.EIO }
	for range 2 {
		if err := s.Keep(ctx, sample("live", "2", "y")); !errors.Is(err, ErrFailed) {
			t.Errorf("Keep: %v, want ErrFailed from now on", err)
		}
	}
	if n := s.Counts().All; n != 1 {
		t.Errorf("%d captures are counted, want the one that was acknowledged", n)
	}
}

func TestFullQueueTurnsCapturesAwayAndKeepsNothing(t *testing.T) {
	s, ctx := openTest(t, Options{}), context.Background()
	s.queue.limit = 1 << 20
	s.commits.Lock() // the disk hangs
	first, results := sample("live", "1", large("x")), make(chan error, 2)
	go func() { results <- s.Keep(ctx, first) }()
	until(t, func() bool { return s.queueBytes() > 0 && queued(s) == 0 })
	if err := s.Keep(ctx, sample("live", "2", large("y"))); !errors.Is(err, inspector.ErrFull) {
		t.Errorf("Keep with a full queue: %v, want ErrFull", err)
	}
	d := inspector.Delivery{Capture: ulid.Make(), Status: 200}
	go func() { results <- s.Record(ctx, &d, inspector.Done) }()
	s.commits.Unlock()
	for range 2 {
		if err := <-results; err != nil {
			t.Errorf("the first capture, or the delivery that had to wait: %v", err)
		}
	}
	flushed(t, s)
	if n := s.Counts().All; n != 1 {
		t.Errorf("%d captures, want the one that was taken", n)
	}
	keep(t, s, sample("live", "3", "z"))
}

func TestWithdrawnCaptureIsNotKept(t *testing.T) {
	s := openTest(t, Options{})
	release := holdCommitter(t, s)
	ctx, cancel := context.WithCancel(context.Background())
	result := make(chan error)
	go func() { result <- s.Keep(ctx, sample("live", "1", "x")) }()
	until(t, func() bool { return queued(s) == 1 })
	cancel()
	if err := <-result; !errors.Is(err, context.Canceled) {
		t.Errorf("Keep: %v, want canceled", err)
	}
	release()
	flushed(t, s)
	if n := s.Counts().All; n != 0 {
		t.Errorf("%d captures, want none", n)
	}
	if n := s.queueBytes(); n != 0 {
		t.Errorf("the queue still counts %d bytes", n)
	}
}

func TestDeliveriesRideWithTheNextCapture(t *testing.T) {
	s := openTest(t, Options{})
	c := keep(t, s, sample("live", "1", "x"))
	before := s.Commits()
	release := holdCommitter(t, s)
	for range 5 {
		record(t, s, &inspector.Delivery{Capture: c.ID, Status: 200}, inspector.Done)
	}
	result := make(chan error)
	go func() { result <- s.Keep(context.Background(), sample("live", "2", "y")) }()
	until(t, func() bool { return queued(s) == 6 })
	release()
	if err := <-result; err != nil {
		t.Fatal(err)
	}
	if n := s.Commits() - before; n != 2 { // one of them held the committer
		t.Errorf("%d commits, want the deliveries to share that of the capture", n-1)
	}
	if got, err := s.Get(context.Background(), c.ID); err != nil || len(got.Deliveries) != 5 {
		t.Errorf("%d deliveries, %v; want 5: they were queued before the capture", len(got.Deliveries), err)
	}
}

func TestDeliveryIsKeptWithoutAnyoneWaiting(t *testing.T) {
	s, ctx := openTest(t, Options{}), context.Background()
	c := keep(t, s, sample("live", "1", "x"))
	record(t, s, &inspector.Delivery{Capture: c.ID, Status: 200}, inspector.Done)
	until(t, func() bool {
		list, err := s.DeliveriesAfter(ctx, ulid.ULID{}, 0)
		return err == nil && len(list) == 1
	})
}

func TestChangeThatPanicsHarmsNobody(t *testing.T) {
	s, ctx := openTest(t, Options{}), context.Background()
	c := keep(t, s, sample("live", "1", "x"))
	if err := s.Change(ctx, c.ID, func(*inspector.Capture) { panic("oops") }); err == nil {
		t.Error("the panic went unnoticed")
	}
	keep(t, s, sample("live", "2", "y"))
}

func (s *Store) queueBytes() int64 {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	return s.queue.bytes
}
