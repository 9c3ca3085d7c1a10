package providers

import (
	"fmt"
	"slices"
	"strings"

	"shopbell/providers/signature"
)

// condition asks one thing of a message: that a part is there
// ("json:action"), that it is not ("!json:action"), that it has a value
// ("json:eventType = payment.statusCheck") or holds a text ("header:Signature ~ ts=").
type condition struct {
	part  signature.Part
	not   bool
	op    string // "", "=" or "~"
	value string
}

// askableKind tells whether a condition or a label can be made of such parts.
func askableKind(k signature.PartKind) bool {
	switch k {
	case signature.PartBody, signature.PartHash, signature.PartMethod, signature.PartPath,
		signature.PartHeader, signature.PartJSON, signature.PartForm, signature.PartQuery:
		return true
	}
	return false
}

// UnmarshalText reads a condition as it is written in a catalogue file.
func (c *condition) UnmarshalText(text []byte) error {
	rest, not := strings.CutPrefix(string(text), "!")
	*c = condition{not: not}
	if words := strings.SplitN(rest, " ", 3); len(words) == 3 {
		rest, c.op, c.value = words[0], words[1], words[2]
	}
	var err error
	if c.part, err = signature.ParsePart(rest); err != nil {
		return err
	}
	if !askableKind(c.part.Kind) {
		return fmt.Errorf("read condition %q: expected a part of the message", text)
	}
	if c.op != "" && c.op != "=" && c.op != "~" {
		return fmt.Errorf("read condition %q: operator %q, expected = or ~", text, c.op)
	}
	return nil
}

func (c condition) holds(f *signature.Fields) bool {
	v := f.Get(c.part)
	yes := v.Times > 0 && !v.Null
	switch c.op {
	case "=":
		yes = yes && v.Text == c.value
	case "~":
		yes = yes && strings.Contains(v.Text, c.value)
	}
	return yes != c.not
}

// conditions hold when each of them does.
type conditions []condition

func (cs conditions) hold(f *signature.Fields) bool {
	for _, c := range cs {
		if !c.holds(f) {
			return false
		}
	}
	return true
}

// rule is a table with nothing but conditions.
type rule struct {
	When conditions `toml:"when"`
}

type rules []rule

func (rs rules) any(f *signature.Fields) bool {
	return slices.ContainsFunc(rs, func(r rule) bool { return r.When.hold(f) })
}

// score is the weight of the best rule that holds, 0 if none does.
func (rs rules) score(f *signature.Fields) int {
	best := 0
	for _, r := range rs {
		if !r.When.hold(f) {
			continue
		}
		sum := 0
		for _, c := range r.When {
			switch {
			case c.not:
			case c.part.Kind == signature.PartHeader:
				sum += 3
			default:
				sum++
			}
		}
		best = max(best, sum)
	}
	return best
}
