package inspector

import (
	"strings"
	"time"
	"unicode"
)

// Term is one condition of a Query, for a surface that shows what was
// understood: plain data, no sentence.
type Term struct {
	// Start and End are the bytes of Query.String that the term takes, with its
	// "-" and its quotes.
	Start, End int
	Negated    bool
	// Field is the field in lower case, "" for a word, "header" or "body" with
	// Name for what follows the dot.
	Field, Name string
	// Values are the alternatives; all other fields have one. Whole tells that it
	// stood in quotes: a field has to equal it, not to contain it.
	Values []string
	Whole  bool
	// Sign is "=", ">", ">=", "<" or "<=" of a size, of a status with one value
	// and of a body value that begins with one, and Operand what follows it. Both
	// are "" elsewhere.
	Sign, Operand string
	// Ago and At are the time of since and until: At always, Ago when it was
	// typed as a time ago. Day tells that At is a whole day.
	Ago time.Duration
	At  time.Time
	Day bool
	// Vain tells that the term is of no use beside the others.
	Vain Vain
	// Against is the term, by its place in the list, that excludes this one; its
	// own place when the others together do, or no other is to blame.
	Against int
}

// Vain is why a term is of no use.
type Vain string

// The kinds of vain terms.
const (
	Useful   Vain = ""
	Excluded Vain = "excluded" // nothing can match it and the others
	Implied  Vain = "implied"  // all that matches the others matches it too
)

// Terms returns the conditions of q in the order in which they stand.
func (q Query) Terms() []Term {
	var terms []Term
	for _, w := range q.words {
		terms = append(terms, w.shown(q.now))
	}
	q.judge(terms)
	return terms
}

// shown is w as a Term.
func (w queryWord) shown(now time.Time) Term {
	head, name, dotted := strings.Cut(w.field, ".")
	t := Term{Start: w.start, End: w.start + len(w.text), Negated: w.negated, Field: strings.ToLower(head), Values: []string{w.value}, Whole: w.quoted}
	if dotted {
		t.Name = name
	}
	switch t.Field {
	case "provider", "endpoint", "event", "outcome", "status":
		t.Values = w.alternatives()
	case "since", "until":
		t.At, t.Day, _ = parseMoment(w.value, now)
		t.Ago, _ = parseAgo(w.value)
	}
	compared := t.Field == "size" || t.Field == "status" && len(t.Values) == 1 || t.Field == "body" && w.compared() && !w.quoted
	if compared {
		t.Sign, t.Operand = cutComparison(w.value)
	}
	return t
}

// Without returns the text of q without its term at a place, and without the
// space that it leaves behind.
func (q Query) Without(place int) string {
	if place < 0 || place >= len(q.words) {
		return q.text
	}
	w := q.words[place]
	before, after := q.text[:w.start], strings.TrimLeftFunc(q.text[w.start+len(w.text):], unicode.IsSpace)
	if after == "" {
		before = strings.TrimRightFunc(before, unicode.IsSpace)
	}
	return before + after
}
