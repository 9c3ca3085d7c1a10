package badgerstore

import (
	"context"
	"testing"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// arrival is a delivery, and what the store must say of it: how it repeats
// which earlier arrival.
type arrival struct {
	endpoint, id, body string
	kind               inspector.AgainKind
	of                 int
}

var arrivals = []arrival{
	{endpoint: "live", id: "1", body: "a"},
	{endpoint: "live", id: "1", body: "a", kind: inspector.Duplicate, of: 0},
	{endpoint: "live", id: "1", body: "b", kind: inspector.SameIDOtherContent, of: 1},
	{endpoint: "live", id: "1", body: "b", kind: inspector.Duplicate, of: 2}, // the latest one counts
	{endpoint: "live", id: "2", body: "a", kind: inspector.SameContent, of: 1},
	{endpoint: "live", id: "", body: "a", kind: inspector.SameContent, of: 4},
	{endpoint: "live", id: "", body: "c"},
	{endpoint: "live", id: "", body: "c", kind: inspector.SameContent, of: 6},
	{endpoint: "test", id: "1", body: "a"}, // another endpoint knows nothing of it
	{endpoint: "", id: "1", body: "a"},     // and no endpoint is not one
	{endpoint: "", id: "1", body: "a"},
	{endpoint: "live", id: "3", body: ""},
	{endpoint: "live", id: "4", body: ""}, // two empty bodies are no repetition
	{endpoint: "live", id: "", body: ""},
	{endpoint: "live", id: "4", body: "", kind: inspector.Duplicate, of: 12},
	{endpoint: "live", id: "4", body: "d", kind: inspector.SameIDOtherContent, of: 14},
	{endpoint: "te", id: "st1", body: "x"}, // the joint of endpoint and id is not lost
	{endpoint: "test", id: "st1", body: "y"},
}

func captures(list []arrival) []*inspector.Capture {
	var cs []*inspector.Capture
	for _, a := range list {
		cs = append(cs, sample(a.endpoint, a.id, a.body))
	}
	return cs
}

func checkAgain(t *testing.T, s *Store, cs []*inspector.Capture) {
	t.Helper()
	for i, a := range arrivals {
		summary, err := s.Summary(context.Background(), cs[i].ID)
		if err != nil {
			t.Fatal(err)
		}
		for where, got := range map[string]*inspector.Again{"told": cs[i].Again, "kept": summary.Again} {
			switch {
			case a.kind == "" && got != nil:
				t.Errorf("arrival %d: %s %+v, want no repetition", i, where, *got)
			case a.kind != "" && (got == nil || got.Kind != a.kind || got.Of != cs[a.of].ID):
				t.Errorf("arrival %d: %s %+v, want %s of arrival %d", i, where, got, a.kind, a.of)
			}
		}
	}
}

func TestRepetitionsAreFoundAtArrival(t *testing.T) {
	s := openTest(t, Options{})
	cs := captures(arrivals)
	for _, c := range cs {
		keep(t, s, c)
	}
	checkAgain(t, s, cs)
}

func TestRepetitionsAreFoundWithinOneCommit(t *testing.T) {
	s := openTest(t, Options{})
	cs := captures(arrivals)
	inOneCommit(t, s, cs)
	checkAgain(t, s, cs)
}

func TestRepetitionsAreFoundAfterReopening(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, Options{Dir: dir})
	cs := captures(arrivals)
	for i, c := range cs {
		keep(t, s, c)
		if i%5 == 4 {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			s = openTest(t, Options{Dir: dir})
		}
	}
	checkAgain(t, s, cs)
}

func TestDeletedCaptureIsNotRepeated(t *testing.T) {
	s, ctx := openTest(t, Options{}), context.Background()
	first := keep(t, s, sample("live", "1", "a"))
	second := keep(t, s, sample("live", "1", "a"))
	if err := s.Delete(ctx, second.ID); err != nil {
		t.Fatal(err)
	}
	if c := keep(t, s, sample("live", "1", "a")); c.Again == nil || c.Again.Of != first.ID {
		t.Errorf("it repeats %+v, want the one that is left", c.Again)
	}
	if err := s.Delete(ctx, ids(page(t, s, ""))...); err != nil {
		t.Fatal(err)
	}
	if c := keep(t, s, sample("live", "1", "a")); c.Again != nil {
		t.Errorf("it repeats %+v, want nothing: all were deleted", c.Again)
	}
}

func ids(list []inspector.Summary) (out []ulid.ULID) {
	for _, s := range list {
		out = append(out, s.ID)
	}
	return out
}

// inOneCommit keeps captures in order and in a single commit: it holds the
// committer back until all are queued.
func inOneCommit(t *testing.T, s *Store, cs []*inspector.Capture) {
	t.Helper()
	ctx := context.Background()
	release := holdCommitter(t, s)
	results := make(chan error, len(cs))
	for i, c := range cs {
		go func() { results <- s.Keep(ctx, c) }()
		until(t, func() bool { return queued(s) == i+1 })
	}
	release()
	for range cs {
		if err := <-results; err != nil {
			t.Fatal(err)
		}
	}
	if n := s.Commits(); n != 2 {
		t.Fatalf("%d commits, want one to hold the committer and one for all captures", n)
	}
}
