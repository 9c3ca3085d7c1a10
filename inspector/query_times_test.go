package inspector_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"shopbell/inspector"
)

func TestTimesAreCutOutOfASearch(t *testing.T) {
	now := time.Date(2026, 11, 22, 14, 33, 0, 0, time.UTC)
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		text, rest   string
		since, until time.Time
	}{
		{"", "", time.Time{}, time.Time{}},
		{"since:1h", "", now.Add(-time.Hour), time.Time{}},
		{" twisto  since:1h until:2026-11-20 x", "twisto x", now.Add(-time.Hour), day.AddDate(0, 0, 1).Add(-1)},
		{"SINCE:2h since:1h", "", now.Add(-time.Hour), time.Time{}},
		{"until:1h until:2h", "", time.Time{}, now.Add(-2 * time.Hour)},
		{`-since:1h "since:1h" event:"since:2h x"`, `-since:1h "since:1h" event:"since:2h x"`, time.Time{}, time.Time{}},
	} {
		rest, since, until, err := inspector.CutTimes(c.text, now)
		if err != nil || rest != c.rest || !since.Equal(c.since) || !until.Equal(c.until) {
			t.Errorf("%q: left %q, from %v to %v, %v; expected %q, from %v to %v", c.text, rest, since, until, err, c.rest, c.since, c.until)
		}
	}
	if _, _, _, err := inspector.CutTimes("since:soon", now); err == nil {
		t.Error("a wrong time is taken")
	}
}

func TestBetweenIsTheHalfOpenRange(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 1))
	now := time.Date(2026, 11, 22, 14, 33, 0, 0, time.FixedZone("", 5*3600+1800))
	for range 500 {
		from := now.Add(-time.Duration(random.Int64N(1e16)))
		to := from.Add(time.Duration(1 + random.Int64N(1e14)))
		q, err := inspector.ParseQuery(inspector.Between(from, to), now)
		if err != nil {
			t.Fatal(err)
		}
		for at, want := range map[time.Time]bool{from.Add(-1): false, from: true, to.Add(-1): true, to: false} {
			if got, _ := q.Matches(&inspector.Summary{Received: at}); got != want {
				t.Errorf("%s: what was received at %v matches: %v", q, at, got)
			}
		}
	}
}

func TestWhatIsLeftAndTheTimesSayWhatTheSearchSaid(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 1))
	now := time.Date(2026, 11, 22, 14, 33, 0, 0, time.UTC)
	terms := []string{
		"since:3h", "until:1h", "since:2026-11-22", "until:2026-11-21", "SINCE:2026-11-22T11:00:00.5Z", "-since:2h", "-until:2h",
		`event:"a b"`, "event:paid", "-event:paid", `"since:1h"`, "status:200", `until:"30m"`,
	}
	for range 2000 {
		text := ""
		for range random.IntN(5) {
			text += terms[random.IntN(len(terms))] + "  "[:1+random.IntN(2)]
		}
		rest, since, until, err := inspector.CutTimes(text, now)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := inspector.ParseQuery(text, now)
		if err != nil {
			t.Fatal(err)
		}
		left, err := inspector.ParseQuery(rest, now)
		if err != nil {
			t.Fatalf("%q left %q: %v", text, rest, err)
		}
		s := inspector.Summary{Received: now.Add(-time.Duration(random.Int64N(int64(40 * time.Hour)))), Event: []string{"paid", "a b"}[random.IntN(2)], Status: 200}
		want, _ := whole.Matches(&s)
		got, _ := left.Matches(&s)
		got = got && (since.IsZero() || !s.Received.Before(since)) && (until.IsZero() || !s.Received.After(until))
		if got != want {
			t.Fatalf("%q is cut into %q, %v and %v; of what was received at %v it says %v, expected %v", text, rest, since, until, s.Received, got, want)
		}
	}
}
