package providers

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"shopbell/providers/signature"
)

// FreshID returns a copy of m with a new delivery id of the same shape, written
// where p reads it; ok is false when there is nowhere to write one: p has none,
// or put it together itself. What m was signed with fits no more where the
// signature covers the id: sign it again.
func (p Provider) FreshID(m signature.Message) (fresh signature.Message, ok bool) {
	old := p.DeliveryID(m)
	if old.Text == "" || old.Derived {
		return m, false
	}
	f, twice := signature.ReadFields(m).Inner()
	if twice {
		return m, false
	}
	at, found := p.deliveries.idPart(f)
	if !found {
		return m, false
	}
	was := f.Get(at).Text
	id := freshLike(was)
	fresh, err := signature.SetValue(m, at, id)
	if err != nil {
		return m, false
	}
	if len(was) >= leastCopied {
		fresh = copied(fresh, was, id)
	}
	return fresh, p.DeliveryID(fresh).Text != old.Text
}

// leastCopied is the length from which an id that stands in a second place is
// taken for the same id there, not for some number that is alike.
const leastCopied = 8

// copied puts the new id wherever else a header or a JSON string is the old one.
func copied(m signature.Message, old, id string) signature.Message {
	m.Header = slices.Clone(m.Header)
	for i, field := range m.Header {
		if field.Value == old {
			m.Header[i].Value = id
		}
	}
	before, err := json.Marshal(old)
	after, wrong := json.Marshal(id)
	if err == nil && wrong == nil {
		m.Body = bytes.ReplaceAll(m.Body, before, after)
	}
	return m
}

// idPart is the part of the rule that names the delivery in which its id stands.
func (rs labelRules) idPart(f *signature.Fields) (at signature.Part, found bool) {
	for _, r := range rs {
		if !r.When.hold(f) {
			continue
		}
		if _, ok := r.fill(f, nil); !ok {
			continue
		}
		several := 0
		for _, p := range r.Text {
			switch p.Kind {
			case signature.PartHeader, signature.PartJSON, signature.PartForm, signature.PartQuery:
				if several++; len(p.Filters) == 0 && p.Name != "" && (several == 1 || strings.HasSuffix(strings.ToLower(p.Name), "id")) {
					at, found = p, true
				}
			}
		}
		at.Optional = false
		return at, found && (several == 1 || strings.HasSuffix(strings.ToLower(at.Name), "id"))
	}
	return at, false
}
