package badgerstore

import (
	"context"
	"testing"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/providers/signature"
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
	{endpoint: "live", id: "1", body: "b", kind: inspector.SameIDOtherContent, of: 0},
	{endpoint: "live", id: "1", body: "b", kind: inspector.SameIDOtherContent, of: 0}, // as long as the original is known
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
	{endpoint: "live", id: "4", body: "d", kind: inspector.SameIDOtherContent, of: 12},
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

// forged is a capture that anybody could have sent.
func forged(id, body string) *inspector.Capture {
	c := sample("live", id, body)
	c.Outcome = signature.Missing
	c.Verdict = signature.Verdict{Provider: "tweed", Outcome: signature.Missing}
	return c
}

func TestForgedDeliveryDoesNotTaintTheGenuineOne(t *testing.T) {
	s := openTest(t, Options{})
	keep(t, s, forged("1", "forged"))
	if c := keep(t, s, sample("live", "1", "genuine")); c.Again != nil {
		t.Errorf("the genuine delivery repeats %+v", *c.Again)
	}
}

func TestForgedDeliveryDoesNotStandInForTheGenuineOne(t *testing.T) {
	s := openTest(t, Options{})
	genuine := keep(t, s, sample("live", "1", "genuine"))
	keep(t, s, forged("1", "other"))
	stolen := keep(t, s, sample("live", "1", "other")) // its signature covers the id alone
	if a := stolen.Again; a == nil || a.Kind != inspector.SameIDOtherContent || a.Of != genuine.ID {
		t.Errorf("other content under a known id repeats %+v, expected other content of %s", a, genuine.ID)
	}
}

func TestForgedDeliveriesRepeatWhatCameBefore(t *testing.T) {
	s := openTest(t, Options{})
	genuine := keep(t, s, sample("live", "1", "genuine"))
	first := keep(t, s, forged("1", "other"))
	if a := first.Again; a == nil || a.Kind != inspector.SameIDOtherContent || a.Of != genuine.ID {
		t.Errorf("the forgery repeats %+v, expected other content of the genuine one", a)
	}
	alone := keep(t, s, forged("2", "x"))
	if a := keep(t, s, forged("2", "x")).Again; a == nil || a.Kind != inspector.Duplicate || a.Of != alone.ID {
		t.Errorf("a forgery sent twice repeats %+v, expected a duplicate", a)
	}
}

func TestCaptureJudgedAgainChangesSides(t *testing.T) {
	s := openTest(t, Options{})
	kept := keep(t, s, forged("1", "a")) // the endpoint had the wrong secret
	err := s.Change(t.Context(), kept.ID, func(c *inspector.Capture) { c.Verdict.Outcome = signature.Verified })
	if err != nil {
		t.Fatal(err)
	}
	if a := keep(t, s, sample("live", "1", "a")).Again; a == nil || a.Kind != inspector.Duplicate || a.Of != kept.ID {
		t.Errorf("the same delivery repeats %+v, expected a duplicate of %s", a, kept.ID)
	}
}
