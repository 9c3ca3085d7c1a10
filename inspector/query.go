package inspector

import "time"

// Query is a parsed search: design "Search". The zero Query matches everything.
type Query struct{ text string }

// ParseQuery reads the search grammar: words, then field:value, "-" negates.
// now is what relative times ("since:1h") count from.
func ParseQuery(text string, now time.Time) (Query, error) { panic("contract") }

// String returns the text that was parsed.
func (q Query) String() string { return q.text }

// Matches tells whether s matches as far as its summary can tell; whole is
// true when the capture itself (headers, body, note) must be read to decide.
func (q Query) Matches(s *Summary) (match, whole bool) { panic("contract") }

// MatchesWhole decides with the whole capture at hand.
func (q Query) MatchesWhole(c *Capture) bool { panic("contract") }
