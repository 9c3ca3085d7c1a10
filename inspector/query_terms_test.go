package inspector

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"shopbell/providers/signature"
)

func parsed(t *testing.T, text string) Query {
	t.Helper()
	q, err := ParseQuery(text, queryNow)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return q
}

func TestTermsStandWhereTheyWereTyped(t *testing.T) {
	text := `  paid -endpoint:"yshop \"live\""  Outcome:missing,mismatch header.X-Id:ż size:>=10k since:2h  `
	terms := parsed(t, text).Terms()
	var got []string
	for _, term := range terms {
		got = append(got, text[term.Start:term.End])
	}
	want := []string{"paid", `-endpoint:"yshop \"live\""`, "Outcome:missing,mismatch", "header.X-Id:ż", "size:>=10k", "since:2h"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("got  %q\nwant %q", got, want)
	}
	if e := terms[1]; !e.Negated || !e.Whole || e.Field != "endpoint" || e.Values[0] != `yshop "live"` {
		t.Errorf("the endpoint is %+v", e)
	}
	if o := terms[2]; o.Field != "outcome" || fmt.Sprint(o.Values) != "[missing mismatch]" {
		t.Errorf("the outcome is %+v", o)
	}
	if h := terms[3]; h.Field != "header" || h.Name != "X-Id" {
		t.Errorf("the header is %+v", h)
	}
	if s := terms[4]; s.Sign != ">=" || s.Operand != "10k" {
		t.Errorf("the size is %+v", s)
	}
	if s := terms[5]; s.Ago != 2*time.Hour || !s.At.Equal(queryNow.Add(-2*time.Hour)) || s.Day {
		t.Errorf("the time is %+v", s)
	}
}

func TestATermIsTakenOutExactly(t *testing.T) {
	for text, want := range map[string][]string{
		"paid":                     {""},
		"a  b c":                   {"b c", "a  c", "a  b"},
		` a:"b" `:                  nil,
		`"a b" -outcome:missing x`: {"-outcome:missing x", `"a b" x`, `"a b" -outcome:missing`},
		"\tevent:ż\u00a0x":         {"\tx", "\tevent:ż"},
	} {
		q, err := ParseQuery(text, queryNow)
		if err != nil {
			continue
		}
		for i := range q.Terms() {
			if got := q.Without(i); got != want[i] {
				t.Errorf("%q without %d is %q, expected %q", text, i, got, want[i])
			}
		}
		if q.Without(-1) != text || q.Without(99) != text {
			t.Errorf("%q loses a term that it has not", text)
		}
	}
}

func TestTermsThatExcludeEachOtherAreSaid(t *testing.T) {
	for _, text := range []string{
		"outcome:mismatch outcome:verified", "outcome:mismatch -outcome:mismatch,missing", "provider:yshop provider:tweed",
		`endpoint:"a" endpoint:"b"`, `endpoint:"a" endpoint:b`, "event:order -event:rde", "is:held is:waiting", "is:pinned -is:pinned",
		"status:200 status:5xx", "status:none status:>=100", "size:>10k size:<1k", "since:1h until:2h", "since:2026-11-21 until:2026-11-20",
		"paid -PAID", `"a b" -"a b"`, "header.X:1 -header.x:1", "body.a:1 -body.a:1", `endpoint:"" endpoint:a`,
	} {
		terms := parsed(t, text).Terms()
		if terms[1].Vain != Excluded || terms[1].Against != 0 || terms[0].Vain != Useful {
			t.Errorf("%s: %+v", text, terms)
		}
	}
	if terms := parsed(t, "since:2026-12-24").Terms(); terms[0].Vain != Excluded || terms[0].Against != 0 {
		t.Errorf("a time to come: %+v", terms)
	}
	if terms := parsed(t, "event:a,b -event:a -event:b").Terms(); terms[2].Vain != Excluded || terms[2].Against != 2 {
		t.Errorf("three together: %+v", terms)
	}
}

func TestTermsThatAddNothingAreSaid(t *testing.T) {
	for text, which := range map[string]int{
		"outcome:mismatch outcome:mismatch,missing": 1, "outcome:mismatch,missing outcome:missing": 0, "outcome:mismatch -outcome:verified": 1,
		"paid paid": 1, "paid pai": 1, "provider:yshop -provider:tweed": 1, "status:502 status:5xx": 1, "size:>10k size:>1k": 1,
		"since:1h since:2h": 1, "since:2h since:1h": 0, "until:2026-12-24": 0, "status:>=100 -status:none": 1, `endpoint:"live" endpoint:liv`: 1,
		"header.X:1 header.X:1": 1, "-paid -unpaid": 1, "is:held -is:waiting": 1,
	} {
		terms := parsed(t, text).Terms()
		for i, term := range terms {
			if (term.Vain == Implied) != (i == which) {
				t.Errorf("%s: term %d is %q", text, i, term.Vain)
			}
		}
	}
}

func TestTermsThatCanHoldTogetherAreNotBlamed(t *testing.T) {
	for _, text := range []string{
		"", "paid open", "event:ab -event:ba", "event:a event:b -event:ab", "event:x,y event:z -event:x", `event:a -event:"a"`,
		"outcome:mismatch provider:yshop", "id:1 id:2", "-outcome:verified -outcome:missing", "status:>=400 status:<500", "status:4xx,5xx -status:404",
		"since:1h until:30m", "since:2026-11-22 until:2026-11-22", "size:>10 size:<12", "is:pinned is:held is:duplicate", "body.a:1 body.a:2",
		"header.X:a header.X:ab", "-a -b", "01JDAAAAAAAAAAAAAAAAAAAAAA -01JD", "path:/a path:/b", `"1042" size:>1.5k`,
	} {
		for i, term := range parsed(t, text).Terms() {
			if term.Vain != Useful {
				t.Errorf("%s: term %d is %q against %d", text, i, term.Vain, term.Against)
			}
		}
	}
}

// FuzzTerms: terms lie in the text in order, taking one out leaves the others,
// nothing matches what excludes itself, and what is implied can go.
func FuzzTerms(f *testing.F) {
	for _, text := range []string{
		`a -"b c" event:"x" event:x,y`, "outcome:mismatch outcome:verified", "status:5xx -status:502 status:>100", "size:>10k size:<1M",
		"since:2h until:1h since:2026-11-22", "is:held -is:waiting is:pinned", "header.content-type:json -header.X-Empty:", "body.live:true body.live:true",
		"yshop -ysho live", "provider:yshop,a -provider:a", "\u00a0a\u2003b ", "id:1 -id:12", "-ord -\"order.paid\"", "event:order.paid -event:\"order.paid\"",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := ParseQuery(text, queryNow)
		if err != nil || len(q.words) > 12 {
			return
		}
		c, at := searched(), 0
		c.Verdict = signature.Verdict{}
		all := q.MatchesWhole(c)
		for i, term := range q.Terms() {
			if term.Start < at || term.End <= term.Start || term.End > len(text) || term.Negated != strings.HasPrefix(text[term.Start:], "-") && term.Negated {
				t.Fatalf("%q: term %d is at %d to %d", text, i, term.Start, term.End)
			}
			at = term.End
			rest, err := ParseQuery(q.Without(i), queryNow)
			if err != nil || len(rest.words) != len(q.words)-1 {
				t.Fatalf("%q without term %d is %q: %v", text, i, q.Without(i), err)
			}
			if term.Vain == Excluded && all {
				t.Errorf("%q matches although term %d is excluded", text, i)
			}
			if term.Vain == Implied && rest.MatchesWhole(c) != all {
				t.Errorf("%q: term %d is said to add nothing, but it does", text, i)
			}
		}
	})
}
