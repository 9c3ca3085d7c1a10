package providers

import (
	"slices"
	"strings"

	"shopbell/providers/signature"
)

// Candidate is a provider that a message could come from.
type Candidate struct {
	Provider Provider
	// Score grows with what speaks for it. Two with the same score can't be
	// told apart by the message.
	Score int
}

const (
	// detectBody is the largest body that is looked into, in bytes; of larger
	// ones only the head counts.
	detectBody = 1 << 20
	// detectKeys is the same for one with so many keys that each question
	// takes a walk over all of it.
	detectKeys = 64 << 10
)

// detector finds the providers that are worth a look, so that the time does
// not grow with the size of the catalogue.
type detector struct {
	byHeader map[string][]int // by header name in lower case
	rest     []int            // providers with a rule that needs no header
	// signs lists those that sign in a header, for a message that no rule knows.
	signs map[string][]int
}

func newDetector(list []Provider) detector {
	d := detector{byHeader: make(map[string][]int, len(list)), signs: make(map[string][]int, len(list))}
	for i, p := range list {
		for _, r := range derivedRules(p.Scheme) {
			if name := r.header(); name != "" {
				d.signs[name] = append(d.signs[name], i)
			}
		}
		for _, r := range p.detect {
			name := r.header()
			switch {
			case name != "":
				d.byHeader[name] = append(d.byHeader[name], i)
			case !slices.Contains(d.rest, i):
				d.rest = append(d.rest, i)
			}
		}
	}
	return d
}

// header is a header without which r does not hold, "" when it needs none.
func (r rule) header() string {
	for _, c := range r.When {
		if c.part.Kind == signature.PartHeader && !c.not {
			return strings.ToLower(c.part.Name)
		}
	}
	return ""
}

// look lists the providers to ask about m, each once, in catalogue order.
func (d detector) look(m signature.Message) []int {
	asked := slices.Clone(d.rest)
	for _, f := range m.Header {
		asked = append(asked, d.byHeader[strings.ToLower(f.Name)]...)
	}
	slices.Sort(asked)
	return slices.Compact(asked)
}

// DetectAll returns the providers that m could come from, likeliest first. A
// header counts more than a key in the body, which others may use too.
func (c Catalog) DetectAll(m signature.Message) []Candidate {
	f := lookInside(m)
	if len(m.Body) > detectBody || len(m.Body) > detectKeys && !f.Quick() {
		m.Body = nil
		f = signature.ReadFields(m)
	}
	var found []Candidate
	for _, i := range c.detector.look(m) {
		if score := c.providers[i].detect.score(f); score > 0 {
			found = append(found, Candidate{c.providers[i], score})
		}
	}
	slices.SortStableFunc(found, func(a, b Candidate) int { return b.Score - a.Score })
	return found
}

// Signing returns the providers that sign in a header which m has, though
// nothing else of it may look like theirs: for a message that DetectAll does
// not know. None is likelier than another.
func (c Catalog) Signing(m signature.Message) (found []Candidate) {
	var at []int
	for _, f := range m.Header {
		at = append(at, c.detector.signs[strings.ToLower(f.Name)]...)
	}
	slices.Sort(at)
	for _, i := range slices.Compact(at) {
		found = append(found, Candidate{c.providers[i], 1})
	}
	return found
}

// Detect is DetectAll without the scores.
func (c Catalog) Detect(m signature.Message) []Provider {
	found := c.DetectAll(m)
	out := make([]Provider, len(found))
	for i, f := range found {
		out[i] = f.Provider
	}
	return out
}

// derivedRules are those of a file without [[detect]]: where the signature
// stands. A header that everybody uses says nothing, nor does a token's field.
func derivedRules(s signature.Scheme) (out rules) {
	_, isToken := s.(signature.Token)
	for _, at := range signature.FactsOf(s).At {
		at.Filters, at.Optional = nil, false
		switch {
		case at.Kind == signature.PartHeader && !strings.EqualFold(at.Name, "Authorization"):
			at.Name = strings.Replace(at.Name, "*", "1", 1)
		case isToken || at.Kind != signature.PartJSON && at.Kind != signature.PartForm:
			continue
		}
		out = append(out, rule{When: conditions{{part: at}}})
	}
	return out
}
