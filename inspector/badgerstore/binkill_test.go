package badgerstore

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// childDiscards discards and recovers all that is kept, over and over, and says
// so before each.
func childDiscards(dir string) int {
	s, err := Open(Options{Dir: dir})
	if err != nil {
		return fail(err)
	}
	list, err := s.Page(context.Background(), inspector.Query{}, ulid.ULID{}, 0)
	if err != nil {
		return fail(err)
	}
	var ids []ulid.ULID
	for _, c := range list {
		ids = append(ids, c.ID)
	}
	for {
		fmt.Println("next")
		if err := s.Discard(context.Background(), ids...); err != nil {
			return fail(err)
		}
		if _, err := s.Recover(context.Background(), ids...); err != nil {
			return fail(err)
		}
	}
}

func TestAKillBetweenDiscardAndRecoverLosesNothing(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, Options{Dir: dir})
	ids := motley(t, s, newDice(7, time.Now()), 200)
	before := look(t, s)
	for range 4 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		cmd, lines := child(t, "bin", dir)
		for range 1 + rand.IntN(4) {
			lines.Scan()
		}
		time.Sleep(time.Duration(rand.IntN(30_000)) * time.Microsecond) // anywhere in what follows
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed
		s = openTest(t, Options{Dir: dir})
		checked(t, s)
		inBin := 0
		list, err := s.Discarded(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range list {
			inBin += len(d.IDs)
		}
		if kept := s.Counts().All; kept+inBin != len(ids) {
			t.Fatalf("%d are kept and %d in the bin of %d", kept, inBin, len(ids))
		}
		if _, err := s.Recover(context.Background(), ids...); err != nil {
			t.Fatal(err)
		}
		checked(t, s)
		if after := look(t, s); !reflect.DeepEqual(before, after) {
			t.Fatal("not all is as it was")
		}
	}
}
