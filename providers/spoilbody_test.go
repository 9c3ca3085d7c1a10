package providers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"shopbell/providers/signature"
)

// Bits of the body are flipped one by one; each must be noticed exactly where
// the verdict of the genuine delivery says that it would be.
func TestAFlippedBitIsNoticedWhereTheSignatureCoversIt(t *testing.T) {
	signed(t, func(t *testing.T, s spoilable) {
		before := s.values(s.e.Message)
		step := s.step()
		if len(s.e.Message.Body) > 2048 {
			step = 7 * step
		}
		for i := 0; i < len(s.e.Message.Body); i += step {
			m := s.e.Message
			m.Body = bytes.Clone(m.Body)
			m.Body[i] ^= 1 << (i % 8)
			switch {
			case s.genuine.Cover == signature.CoverBody || s.everyByteCounts():
				s.noticed(t, m, i)
			case slices.Equal(s.values(m), before):
				s.refused(t, m, "with a bit flipped outside the covered parts at byte "+itoa(i), signature.Verified)
			case s.layout.List.Pairs != "" && slices.Equal(s.covered(m), s.covered(s.e.Message)):
				// In the list of signatures: a name or one that is not ours may change.
			default:
				s.refused(t, m, "with a covered bit flipped at byte "+itoa(i))
			}
			if t.Failed() {
				return
			}
		}
	})
}

// everyByteCounts tells whether all of the body goes into the signed text
// although the verdict makes less of it: by a checksum, or without separators.
func (s spoilable) everyByteCounts() bool {
	caveat := slices.ContainsFunc(s.genuine.Steps, func(step signature.Step) bool { return step.Name == signature.StepCaveat })
	return caveat && slices.ContainsFunc(s.layout.Templates, func(t signature.Template) bool {
		return slices.ContainsFunc(t, func(p signature.Part) bool {
			return p.Kind == signature.PartBody && len(p.Filters) < 2 || p.Kind == signature.PartForm && p.Name == ""
		})
	})
}

// allValues are the values of a JSON body in their order.
func allValues(body []byte) string {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return "no JSON"
	}
	var out []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		default:
			out = append(out, fmt.Sprint(v))
		}
	}
	walk(v)
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// noticed wants a changed body to be refused, unless it still means the same.
func (s spoilable) noticed(t *testing.T, m signature.Message, at int) {
	t.Helper()
	v := s.p.Judge(m, s.e.secrets(), s.e.At)
	if v.Outcome == signature.Verified && !s.sameMeaning(m, s.e.Message) {
		t.Errorf("%s with a bit flipped at byte %d still verifies:\n%s", s.e.File, at, m.Body)
	}
}

// sameMeaning tells whether two bodies are the same JSON or the same form, but
// for the case of a signature in hex.
func (s spoilable) sameMeaning(m, n signature.Message) bool {
	for _, at := range s.facts.At {
		if f, g := signature.ReadFields(m).Get(at), signature.ReadFields(n).Get(at); s.lower() && f.Text != g.Text && strings.EqualFold(f.Text, g.Text) {
			return true
		}
	}
	var x, y any
	if json.Unmarshal(m.Body, &x) == nil && json.Unmarshal(n.Body, &y) == nil {
		return reflect.DeepEqual(x, y)
	}
	p, err := url.ParseQuery(string(m.Body))
	q, wrong := url.ParseQuery(string(n.Body))
	return err == nil && wrong == nil && reflect.DeepEqual(p, q)
}

// lower tells whether the signature reads the same in either case.
func (s spoilable) lower() bool {
	return s.layout.Encoding == signature.Hex || s.layout.Encoding == signature.HexOrBase64
}

// values are what a receiver reads in the covered parts, the signature and the
// time of m.
func (s spoilable) values(m signature.Message) []string {
	f := signature.ReadFields(m)
	out := s.covered(m)
	for _, p := range s.facts.At {
		v := f.Get(p)
		if s.lower() {
			v.Text = strings.ToLower(v.Text)
		}
		out = append(out, v.Text, itoa(v.Times))
	}
	return out
}

// covered are values without the signature.
func (s spoilable) covered(m signature.Message) (out []string) {
	f := signature.ReadFields(m)
	// Of an array that must be single, only its length counts.
	for _, p := range s.layout.Single {
		var list []json.RawMessage
		err := json.Unmarshal([]byte(f.Get(p).Text), &list)
		out = append(out, fmt.Sprint(len(list), err == nil))
	}
	var parts []signature.Part
	if !s.facts.Timestamp.IsZero() {
		parts = append(parts, s.facts.Timestamp)
	}
	for _, name := range s.genuine.Covered {
		if p, err := signature.ParsePart(name); err == nil {
			parts = append(parts, p)
		}
	}
	for _, p := range parts {
		v := f.Get(p)
		if p.Name == signature.EveryValue {
			v.Text = allValues(m.Body)
		}
		out = append(out, v.Text, itoa(v.Times))
	}
	return out
}
