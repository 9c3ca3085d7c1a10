package inspector

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/providers/signature"
)

// Bounds on what is judged, so that it takes milliseconds for any query: terms
// of one property, and captures that they are tried on. Beyond, nothing is said.
const (
	mostAlike  = 12
	maxSamples = 1000
)

// apart stands between texts that are put together, so that none arises across
// the seam: a character that nothing is typed with.
const apart = "\U0010fffe"

// judge marks the terms that are of no use. Terms are compared with those that
// ask for the same property of a capture. They are tried on captures that
// differ in that property alone, chosen so that one of them matches if any
// capture can.
func (q Query) judge(terms []Term) {
	groups := map[string][]int{}
	for i, t := range terms {
		groups[t.property()] = append(groups[t.property()], i)
	}
	for property, group := range groups {
		if len(group) > mostAlike {
			continue
		}
		satisfier{q: q, terms: terms, property: property}.judge(group)
	}
}

// property names what t asks for.
func (t Term) property() string {
	switch t.Field {
	case "since", "until":
		return "received"
	case "header":
		return "header." + strings.ToLower(t.Name)
	case "body":
		return "body." + t.Name
	}
	return t.Field
}

// satisfier finds out whether terms of one property can hold together.
type satisfier struct {
	q        Query
	terms    []Term
	property string
}

// want is a term at its place in the query, or its opposite.
type want struct {
	place    int
	opposite bool
}

// judge marks what is vain among the terms at some places: first what excludes
// an earlier one, else what the others imply.
func (s satisfier) judge(group []int) {
	for n, place := range group {
		if s.possible(wants(group[:n+1])...) {
			continue
		}
		t := &s.terms[place]
		t.Vain, t.Against = Excluded, place
		for _, earlier := range group[:n] {
			if !s.possible(want{place: earlier}, want{place: place}) {
				t.Against = earlier
				break
			}
		}
		return
	}
	left := slices.Clone(group)
	for _, place := range slices.Backward(group) {
		others := slices.DeleteFunc(slices.Clone(left), func(p int) bool { return p == place })
		if !s.possible(append(wants(others), want{place, true})...) {
			s.terms[place].Vain, s.terms[place].Against = Implied, place
			left = others
		}
	}
}

func wants(places []int) (list []want) {
	for _, p := range places {
		list = append(list, want{place: p})
	}
	return list
}

// possible tells whether a capture can meet all of the wants. In doubt it can.
func (s satisfier) possible(list ...want) bool {
	if strings.Contains(s.property, ".") {
		return s.possibleText(list)
	}
	samples, sure := s.samples(list)
	if !sure {
		return true
	}
	return slices.ContainsFunc(samples, func(c Summary) bool {
		for _, w := range list {
			if s.q.terms[w.place].brief(&c) != (s.terms[w.place].Negated == w.opposite) {
				return false
			}
		}
		return true
	})
}

// possibleText is for a header or a value of the body, of which a capture can
// have several: only the same condition, once so and once opposite, excludes.
func (s satisfier) possibleText(list []want) bool {
	for i, a := range list {
		for _, b := range list[:i] {
			one, other := s.terms[a.place], s.terms[b.place]
			same := one.Whole == other.Whole && strings.EqualFold(one.Values[0], other.Values[0])
			if same && (one.Negated == a.opposite) != (other.Negated == b.opposite) {
				return false
			}
		}
	}
	return true
}

// samples are captures of which one meets the wants if any can.
func (s satisfier) samples(list []want) (samples []Summary, sure bool) {
	switch s.property {
	case "provider":
		return each(s.texts(list), func(c *Summary, v string) { c.Provider = v })
	case "endpoint":
		return each(s.texts(list), func(c *Summary, v string) { c.Endpoint = v })
	case "event":
		return each(s.texts(list), func(c *Summary, v string) { c.Event = v })
	case "path":
		return each(s.texts(list), func(c *Summary, v string) { c.Path = v })
	case "":
		return each(s.texts(list), func(c *Summary, v string) { c.Hint = v })
	case "outcome":
		return each([]signature.Outcome{"", signature.Verified, signature.Stale, signature.Mismatch, signature.Missing,
			signature.Malformed, signature.NoSecret, signature.Unsigned}, func(c *Summary, v signature.Outcome) { c.Outcome = v })
	case "status":
		return each(s.statuses(list), func(c *Summary, v int) { c.Status = v })
	case "size":
		return each(s.sizes(list), func(c *Summary, v int64) { c.Size = v })
	case "received":
		return each(s.moments(list), func(c *Summary, v time.Time) { c.Received = v })
	case "is":
		return states(), true
	}
	return nil, false // id: it is one of two, so that all can hold
}

func each[V any](values []V, set func(*Summary, V)) (samples []Summary, sure bool) {
	if len(values) == 0 || len(values) > maxSamples {
		return nil, false
	}
	for _, v := range values {
		var c Summary
		set(&c, v)
		samples = append(samples, c)
	}
	return samples, true
}

// texts are each value alone, and for each choice among the alternatives of the
// terms that ask for a text all of them side by side. None when there are too
// many choices, or when a word could be an id of ours, which matches otherwise.
func (s satisfier) texts(list []want) (texts []string) {
	sides := []string{""}
	for _, w := range list {
		t := s.terms[w.place]
		if _, err := ulid.ParseStrict(t.Values[0]); err == nil && s.property == "" {
			return nil
		}
		texts = append(texts, t.Values...)
		if t.Negated != w.opposite {
			continue
		}
		var more []string
		for _, side := range sides {
			for _, v := range t.Values {
				more = append(more, side+v+apart)
			}
		}
		if len(more) > maxSamples/4 {
			return nil
		}
		sides = more
	}
	return append(append(texts, sides...), apart)
}

// statuses are no answer, the ends of each class, and the codes that the terms
// name with their neighbours.
func (s satisfier) statuses(list []want) []int {
	codes := []int{0, 1000}
	for class := 100; class < 1000; class += 100 {
		codes = append(codes, class, class+99)
	}
	for _, w := range list {
		for _, v := range s.terms[w.place].Values {
			_, operand := cutComparison(v)
			if n, err := strconv.Atoi(operand); err == nil {
				codes = append(codes, max(n-1, 100), n, n+1)
			}
		}
	}
	return codes
}

// sizes are the numbers that the terms name and their neighbours.
func (s satisfier) sizes(list []want) []int64 {
	sizes := []int64{0}
	for _, w := range list {
		n, _ := parseSize(s.terms[w.place].Operand)
		if n > 1<<60 {
			return nil
		}
		for _, near := range []int64{int64(n) - 1, int64(n), int64(n) + 1} {
			sizes = append(sizes, max(near, 0))
		}
	}
	return sizes
}

// moments are the times that the terms name and a moment around them, up to the
// end of today: what is received later does not concern who asks now.
func (s satisfier) moments(list []want) []time.Time {
	year, month, day := s.q.now.Date()
	end := time.Date(year, month, day+1, 0, 0, 0, 0, s.q.now.Location())
	moments := []time.Time{{}, end}
	for _, w := range list {
		at := s.terms[w.place].At
		if s.terms[w.place].Day {
			moments = append(moments, at.AddDate(0, 0, 1).Add(-1), at.AddDate(0, 0, 1))
		}
		moments = append(moments, at.Add(-1), at, at.Add(1))
	}
	return slices.DeleteFunc(moments, func(t time.Time) bool { return t.After(end) })
}

// states are all that "is" can ask for.
func states() (samples []Summary) {
	for _, state := range []State{Kept, Held, Waiting, Done} {
		for _, pinned := range []bool{false, true} {
			samples = append(samples, Summary{State: state, Pinned: pinned}, Summary{State: state, Pinned: pinned, Again: &Again{}})
		}
	}
	return samples
}
