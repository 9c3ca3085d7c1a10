package ui

import (
	"strings"
	"testing"
	"time"

	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

func embedded(t *testing.T) providers.Catalog {
	t.Helper()
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}

func TestRowSaysWhatBecameOfACapture(t *testing.T) {
	for _, c := range []struct {
		summary  inspector.Summary
		expected string
		tone     signature.Tone
	}{
		{inspector.Summary{State: inspector.Held}, "held", signature.Caution},
		{inspector.Summary{State: inspector.Waiting}, "waiting", signature.Caution},
		{inspector.Summary{State: inspector.Waiting, Attempts: 3, Error: "refused"}, "no answer, waiting ⟳ 3", signature.Bad},
		{inspector.Summary{State: inspector.Waiting, Attempts: 1, Error: inspector.AnswerUnknown, Unknown: true}, "answer unknown, waiting", signature.Caution},
		{inspector.Summary{State: inspector.Waiting, Attempts: 1, Status: 503}, "503, waiting", signature.Bad},
		{inspector.Summary{State: inspector.Done, Attempts: 1, Status: 200, Millis: 38}, "200 · 38 ms", signature.Good},
		{inspector.Summary{State: inspector.Done, Attempts: 2, Status: 500, Millis: 12_340}, "500 · 12.3 s ⟳ 2", signature.Bad},
		{inspector.Summary{State: inspector.Done, Attempts: 1, Error: "timeout"}, "no answer", signature.Bad},
		{inspector.Summary{State: inspector.Kept}, "kept", signature.Neutral},
	} {
		if got, tone := stateWords(&c.summary); got != c.expected || tone != c.tone {
			t.Errorf("%+v says %q in tone %d, expected %q", c.summary, got, tone, c.expected)
		}
	}
}

func TestSameIDWithOtherContentIsSaidFirst(t *testing.T) {
	s := inspector.Summary{
		Provider: "yshop", Endpoint: "yshop.pl", Outcome: signature.Verified, Cover: signature.CoverFields,
		Again: &inspector.Again{Kind: inspector.SameIDOtherContent},
	}
	row := describe(row{Summary: s}, embedded(t), sceneNow())
	if !row.strange || !strings.HasPrefix(row.second, "same id, other content") {
		t.Errorf("the row says %q", row.second)
	}
}

func TestRowWithoutEventNamesTheProviderOrTheRequest(t *testing.T) {
	catalog := embedded(t)
	known := inspector.Summary{Provider: "tweed", Method: "POST", Path: "/x"}
	if got := rowTitle(&known, catalog); got != "Tweed" {
		t.Errorf("the title is %q", got)
	}
	unknown := inspector.Summary{Method: "GET", Path: "/favicon.ico"}
	row := describe(row{Summary: unknown}, catalog, sceneNow())
	if row.title != "GET /favicon.ico" || !strings.HasPrefix(row.second, "no endpoint") || row.symbol != "–" {
		t.Errorf("the row is %+v", row)
	}
}

func TestVerdictIsAWordBesideTheColour(t *testing.T) {
	catalog := embedded(t)
	for _, o := range []signature.Outcome{signature.Stale, signature.Mismatch, signature.Missing, signature.Malformed, signature.NoSecret, signature.Unsigned} {
		s := inspector.Summary{Provider: "tweed", Endpoint: "tweed", Outcome: o}
		if row := describe(row{Summary: s}, catalog, sceneNow()); !strings.Contains(row.second, o.Word("")) || row.symbol == "" {
			t.Errorf("%s: the row says %q with symbol %q", o, row.second, row.symbol)
		}
	}
}

func TestRepetitionNamesTheTimeOfTheFirst(t *testing.T) {
	first := sceneNow().Add(-5*time.Minute - 300*time.Millisecond)
	for kind, expected := range map[inspector.AgainKind]string{
		inspector.Duplicate: "duplicate of 14:27:59", inspector.SameContent: "same content as 14:27:59",
		inspector.SameIDOtherContent: "first seen 14:27:59",
	} {
		r := row{Summary: inspector.Summary{Again: &inspector.Again{Kind: kind}}, first: first}
		if got := againWords(r, sceneNow()); got != expected {
			t.Errorf("%s: the row says %q, expected %q", kind, got, expected)
		}
		if r.first = (time.Time{}); !strings.HasSuffix(againWords(r, sceneNow()), "gone") {
			t.Errorf("%s: of one that is gone the row says %q", kind, againWords(r, sceneNow()))
		}
	}
}
