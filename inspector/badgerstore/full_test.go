package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"shopbell/inspector"
)

func TestFullDiskRefusesCapturesUntilThereIsRoom(t *testing.T) {
	s, ctx := openTest(t, Options{}), context.Background()
	first := keep(t, s, sample("live", "1", "x"))
	second := keep(t, s, sample("live", "2", "y"))
	reserve := s.reserve.Load()
	free, err := freeSpace(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	s.reserve.Store(2 * free) // as if the disk were nearly full
	if err := s.Keep(ctx, sample("live", "3", "z")); !errors.Is(err, inspector.ErrFull) {
		t.Errorf("Keep: %v, want ErrFull", err)
	}
	// What makes room, and what became of captures that are kept, still works.
	if err := s.Delete(ctx, second.ID); err != nil {
		t.Errorf("Delete: %v", err)
	}
	record(t, s, &inspector.Delivery{Capture: first.ID, Status: 200}, inspector.Done)
	flushed(t, s)
	if got := s.Counts(); got.All != 1 || got.Waiting != 0 {
		t.Errorf("counts %+v, want the first capture, delivered", got)
	}
	s.reserve.Store(reserve)
	keep(t, s, sample("live", "3", "z"))
}

// childFills keeps 1 MiB captures until the disk of dir is full, deletes them,
// and keeps one more.
func childFills(dir string) int {
	s, err := Open(Options{Dir: dir, Reserve: 48 << 20})
	if err != nil {
		return fail(err)
	}
	ctx := context.Background()
	n := 0
	for ; err == nil; n++ {
		err = s.Keep(ctx, sample("live", fmt.Sprint(n), large(fmt.Sprintf("%08d", n))))
	}
	if !errors.Is(err, inspector.ErrFull) {
		return fail(fmt.Errorf("keep %d: %w", n, err))
	}
	list, err := s.Page(ctx, inspector.Query{}, [16]byte{}, 0)
	if err != nil || len(list) != n-1 || s.Counts().All != n-1 {
		return fail(fmt.Errorf("%d captures are listed, want %d: %w", len(list), n-1, err))
	}
	for _, one := range list {
		if _, err := s.Get(ctx, one.ID); err != nil {
			return fail(err)
		}
	}
	if err := s.Close(); err != nil {
		return fail(err)
	}
	fmt.Println(n - 1)
	return 0
}
