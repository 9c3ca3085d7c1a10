package inspector

import (
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Need is a condition that every capture that matches a query meets: one of its
// clues holds. It lets an index rule captures out without reading them.
type Need []Clue

// Clue is what a capture has: Text stands somewhere in one of its texts (see
// Capture.Texts); or, if there is a Kind, its summary has the term of that kind
// with that Value (see Summary.Terms). Neither regards case, see FoldRune.
type Clue struct{ Text, Kind, Value string }

// Needs returns what every capture that matches q has. It says less than q:
// what meets all needs must still be asked with Matches and MatchesWhole.
func (q Query) Needs() []Need {
	var needs []Need
	for _, t := range q.terms {
		if !t.negated {
			needs = append(needs, t.needs...)
		}
	}
	return needs
}

// Within tells whether a capture can match q that was received between oldest
// and newest, both included.
func (q Query) Within(oldest, newest time.Time) bool {
	for _, t := range q.terms {
		if t.span != nil && !t.negated && !t.span(oldest, newest) {
			return false
		}
	}
	return true
}

// Anytime tells that q does not ask when a capture was received.
func (q Query) Anytime() bool {
	return !slices.ContainsFunc(q.terms, func(t queryTerm) bool { return t.span != nil && !t.negated })
}

// The kinds of terms of a summary.
const (
	termProvider = "provider"
	termEndpoint = "endpoint"
	termEvent    = "event"
	termOutcome  = "outcome"
	termState    = "state"
	termIs       = "is"
	termStatus   = "status"
	termClass    = "class"
	termSize     = "size"
)

// Terms calls f with each term of s: what a query can ask to be equal.
func (s *Summary) Terms(f func(kind, value string)) {
	f(termProvider, s.Provider)
	f(termEndpoint, s.Endpoint)
	f(termEvent, s.Event)
	f(termOutcome, string(s.Outcome))
	f(termState, string(s.State))
	f(termStatus, strconv.Itoa(s.Status))
	f(termClass, strconv.Itoa(statusClass(s.Status)))
	f(termSize, strconv.Itoa(sizeClass(s.Size)))
	if s.Pinned {
		f(termIs, "pinned")
	}
	if s.Again != nil {
		f(termIs, "again")
	}
}

func termClue(kind, value string) Clue { return Clue{Kind: kind, Value: value} }

func (w queryWord) textNeeds() []Need { return []Need{{{Text: w.value}}} }

// maxClass is the class of all statuses from 1000 on, which no answer over HTTP
// has but an import might.
const maxClass = 10

func statusClass(status int) int { return min(max(status/100, 0), maxClass) }

// statusClues are the terms of all statuses that v, which test understands,
// can mean.
func statusClues(v string, test func(int) bool) (clues []Clue) {
	if n, err := strconv.Atoi(strings.TrimPrefix(v, "=")); err == nil {
		return []Clue{termClue(termStatus, strconv.Itoa(n))}
	}
	if v == "none" {
		return []Clue{termClue(termStatus, "0")}
	}
	for class := range maxClass + 1 {
		low, high := class*100, class*100+99
		switch class {
		case 0:
			low = math.MinInt32
		case maxClass:
			high = math.MaxInt32
		}
		if test(low) || test(high) {
			clues = append(clues, termClue(termClass, strconv.Itoa(class)))
		}
	}
	return clues
}

// maxSizeClass is the class of all sizes from 64 MiB on.
const maxSizeClass = 27

// sizeClass is the number of binary digits.
func sizeClass(size int64) int { return min(bits.Len64(uint64(max(size, 0))), maxSizeClass) }

// sizeClues are the terms of all sizes that compare with n as sign says.
func sizeClues(sign string, n float64) (clues []Clue) {
	for class := range maxSizeClass + 1 {
		low, high := math.Ldexp(1, class-1), math.Ldexp(1, class)
		switch class {
		case 0:
			low, high = math.Inf(-1), 0
		case maxSizeClass:
			high = math.Inf(1)
		}
		if compares(low, sign, n) || compares(high, sign, n) || low <= n && n <= high {
			clues = append(clues, termClue(termSize, strconv.Itoa(class)))
		}
	}
	return clues
}

// bodyNeeds are the names in a path, and the value where it stands in the text
// as it is typed.
func (w queryWord) bodyNeeds(path string) (needs []Need) {
	names := strings.Split(path, ".")
	for _, name := range names {
		if strings.Trim(name, "0123456789") != "" && !strings.ContainsAny(name, `\*?#`) {
			needs = append(needs, Need{{Text: name}}) // neither an index nor a pattern
		}
	}
	if names[len(names)-1] == "#" { // a count, which stands nowhere
		return needs
	}
	sign, rest := cutComparison(w.value)
	n, number := parsePlain(strings.TrimPrefix(rest, "-"))
	switch {
	case w.quoted || !number:
		return append(needs, w.textNeeds()...)
	case sign != "=":
		return needs
	}
	if strings.HasPrefix(rest, "-") {
		n = -n
	}
	return append(needs, Need{{Text: w.value}, {Text: plainNumber(n)}})
}

// plainNumber is the text under which a number is found however it is written.
func plainNumber(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
