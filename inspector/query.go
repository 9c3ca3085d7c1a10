package inspector

import (
	"fmt"
	"time"
)

// Bounds of a query: what a person types, not what a program could send.
const (
	maxQueryText  = 4 << 10
	maxQueryTerms = 64
)

// Query is a parsed search. The zero Query matches everything.
//
// A query is words and field:value pairs, all of which must hold; "-" in front
// of one negates it. A word or a "quoted phrase" is looked for in the summary,
// the headers, the body and the note, without regard to case, as it stands
// there and as people read it (see Capture.Texts).
//
//	provider:yshop,tweed   endpoint:"yshop live"   event:order   path:/hooks
//	outcome:mismatch,missing   status:5xx   status:>=400   status:none   id:ord_123
//	header.Content-Type:json   body.data.status:paid   body.amount:>100
//	size:>10k   since:2h   since:2026-11-20   until:2026-11-20T12:00:00Z
//	is:pinned   is:held   is:waiting   is:duplicate
//
// A text value matches what contains it; in quotes it must be all of it, so
// that endpoint:"" is the captures without an endpoint. Provider ids always
// match whole. A header or body field with nothing after the colon asks
// whether it is there. Several values with commas between them are
// alternatives, for provider, endpoint, event, outcome and status.
type Query struct {
	text  string
	now   time.Time
	words []queryWord
	terms []queryTerm // of words
}

// queryTerm is one condition. Fields that the summary decides have brief, the
// others whole; a word has both, and whole is asked when brief says no.
type queryTerm struct {
	negated bool
	brief   func(*Summary) bool
	whole   func(*Capture) bool
	needs   []Need                              // what an index may look for, see Query.Needs
	span    func(oldest, newest time.Time) bool // nil: any time will do, see Query.Within
}

// ParseQuery reads the search grammar, see Query. now is what relative times
// ("since:1h") count from; dates are days of its zone. The error names the word
// that is wrong and what is allowed.
func ParseQuery(text string, now time.Time) (Query, error) {
	if len(text) > maxQueryText {
		return Query{}, fmt.Errorf("search text has %d bytes, expected at most %d", len(text), maxQueryText)
	}
	words, err := scanQuery(text)
	if err != nil {
		return Query{}, err
	}
	if len(words) > maxQueryTerms {
		return Query{}, fmt.Errorf("search has %d words, expected at most %d", len(words), maxQueryTerms)
	}
	q := Query{text: text, now: now, words: words}
	for _, w := range words {
		t, err := w.term(now)
		if err != nil {
			return Query{}, err
		}
		t.negated = w.negated
		q.terms = append(q.terms, t)
	}
	return q, nil
}

// String returns the text that was parsed.
func (q Query) String() string { return q.text }

// Matches tells whether s matches as far as its summary can tell; whole is
// true when the capture itself (headers, body, note) must be read to decide.
func (q Query) Matches(s *Summary) (match, whole bool) {
	for _, t := range q.terms {
		yes := t.brief != nil && t.brief(s)
		switch {
		case t.whole != nil && !yes:
			whole = true // not here, but perhaps in the rest
		case yes == t.negated:
			return false, false
		}
	}
	return true, whole
}

// MatchesWhole decides with the whole capture at hand. It does not look at the
// deliveries.
func (q Query) MatchesWhole(c *Capture) bool {
	for _, t := range q.terms {
		yes := t.brief != nil && t.brief(&c.Summary)
		if !yes && t.whole != nil {
			yes = t.whole(c)
		}
		if yes == t.negated {
			return false
		}
	}
	return true
}
