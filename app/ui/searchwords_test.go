package ui

import (
	"strings"
	"testing"
	"time"

	"shopbell/inspector"
)

func TestEveryTermIsSaidInWords(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.Local)
	name := func(id string) string { return map[string]string{"tweed": "Tweed"}[id] + "" }
	for text, want := range map[string]string{
		"1042": "contains 1042", `"a b"`: "contains a b", "provider:tweed": "provider Tweed", "-provider:tweed": "not: provider Tweed",
		`endpoint:"yshop live"`: "endpoint is yshop live", "endpoint:live,test": "endpoint contains live or test", `endpoint:""`: "no endpoint has its path",
		"event:paid": "event contains paid", `event:"paid"`: "event is paid", "path:/x": "path contains /x", `id:"1"`: "id is 1",
		"outcome:mismatch": "outcome is mismatch", "outcome:mismatch,missing,stale": "outcome is mismatch, missing or stale",
		"status:5xx": "shop answered 5xx", "status:>=400": "shop answered 400 or above", "status:none": "the shop did not answer", "status:200,5xx": "shop answered 200 or 5xx",
		"size:>10k": "body larger than 10k", "size:<=2M": "body of 2M or less", "size:5": "body of exactly 5",
		"since:1h": "received in the last hour", "since:2d": "received in the last 2 days", "since:1w": "received in the last week", "since:90m": "received in the last 90 minutes",
		"since:0.5h": "received in the last 30 minutes", "since:2026-11-20": "received on 20 Nov 2026 or later", "until:2026-11-20": "received on 20 Nov 2026 or earlier",
		"until:1h": "received more than 1 h 0 min ago", "is:pinned": "is pinned", "is:duplicate": "repeats an earlier one", "-is:held": "not: is held",
		"header.X-Id:": "has the header X-Id", "header.X-Id:7": "header X-Id contains 7", `header.X-Id:"7"`: "header X-Id is 7",
		"body.a.b:": "has a.b in the body", "body.a.b:paid": "a.b in the body contains paid", "body.a.b:>=100": "a.b in the body is at least 100",
	} {
		q, err := inspector.ParseQuery(text, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := termWords(q.Terms()[0], name); got != want {
			t.Errorf("%s says %q, expected %q", text, got, want)
		}
	}
	q, err := inspector.ParseQuery(strings.Repeat("ł", 400), now)
	if err != nil {
		t.Fatal(err)
	}
	if got := []rune(termWords(q.Terms()[0], name)); len(got) > 60 {
		t.Errorf("a long word makes a chip of %d characters", len(got))
	}
}

func TestTheStateOfASearchIsSaid(t *testing.T) {
	clock := func(time.Time) string { return "12:00" }
	for _, c := range []struct {
		f    found
		want string
	}{
		{found{looking: true}, "Searching… nothing back to 12:00"},
		{found{looking: true, rows: 3, matches: 3}, "3 found back to 12:00, still searching…"},
		{found{rows: 200, matches: 3400, counting: true}, "first 200 shown, 3\u2009400 counted so far…"},
		{found{rows: 200, matches: 1284, took: 12 * time.Millisecond}, "1\u2009284 captures in 12 ms"},
		{found{rows: 1, matches: 1}, "1 capture in <1 ms"},
		{found{}, "nothing found in <1 ms"},
	} {
		if got := foundWords(c.f, clock); got != c.want {
			t.Errorf("got %q, expected %q", got, c.want)
		}
	}
}
