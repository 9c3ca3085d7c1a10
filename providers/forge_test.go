package providers

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"shopbell/providers/signature"
)

// form is one documented way of signing: a template of one of the schemes.
type form struct {
	layout   signature.Layout
	template signature.Template
	family   any // forms of one family sign the same text alike
}

// waysOf lists the forms of a scheme that signs templates.
func waysOf(s signature.Scheme) (out []form) {
	switch s := s.(type) {
	case signature.Either:
		for _, one := range s.Schemes {
			out = append(out, waysOf(one)...)
		}
	case signature.Shared:
		for _, t := range s.Templates {
			out = append(out, form{s.Layout, t, []any{s.Algorithm, s.Keyed, s.Secret}})
		}
	case signature.PublicKey:
		for _, t := range s.Templates {
			out = append(out, form{s.Layout, t, []any{s.Algorithm, s.Secret}})
		}
	}
	return out
}

// stretch is a piece of a template between two secrets.
type stretch []signature.Part

func (f form) stretches() (out []stretch) {
	var one stretch
	for _, p := range f.template {
		if p.Kind == signature.PartSecret {
			out, one = append(out, one), nil
			continue
		}
		one = append(one, p)
	}
	return append(out, one)
}

// value is what a part of f comes to in m, and whether it can be told.
func (f form) value(p signature.Part, m signature.Message) (string, bool) {
	if p.Kind == signature.PartLiteral {
		return p.Name, true
	}
	if p.Kind == signature.PartTimestamp {
		p = signature.Part{Kind: f.layout.Timestamp.At.Kind, Name: f.layout.Timestamp.At.Name, Filters: p.Filters}
	}
	if p.Kind == signature.PartKey {
		return f.key(p.Name, m), len(p.Filters) == 0
	}
	if p.Kind == signature.PartBody && len(p.Filters) == 0 {
		return string(m.Body), true
	}
	v := signature.ReadFields(m).Get(p)
	if v.Times == 0 || v.Null {
		return "", p.Optional
	}
	return v.Text, v.Times == 1 && p.Kind != signature.PartText
}

// key is a value of the signature's list.
func (f form) key(name string, m signature.Message) string {
	for _, at := range f.layout.At {
		for pair := range strings.SplitSeq(signature.ReadFields(m).Get(at).Text, orNever(strings.TrimSpace(f.layout.List.Pairs))) {
			if k, v, _ := strings.Cut(strings.TrimSpace(pair), orNever(f.layout.List.Equals)); k == name {
				return v
			}
		}
	}
	return ""
}

// values are the texts of each stretch, part by part.
func (f form) values(m signature.Message) (out [][]string, ok bool) {
	for _, s := range f.stretches() {
		texts := make([]string, len(s))
		for i, p := range s {
			if texts[i], ok = f.value(p, m); !ok {
				return nil, false
			}
		}
		out = append(out, texts)
	}
	return out, true
}

func glue(values [][]string) (out []string) {
	for _, texts := range values {
		out = append(out, strings.Join(texts, ""))
	}
	return out
}

// maxCuts bounds the ways in which one text is cut.
const maxCuts = 120

// cuts yields ways to read text as the parts of s. was are those of the genuine
// delivery, nil for another form.
func (s stretch) cuts(text string, was []string) (out [][]string) {
	var walk func(rest string, from []string)
	walk = func(rest string, from []string) {
		i := len(from)
		switch {
		case len(out) >= maxCuts:
		case i == len(s):
			if rest == "" {
				out = append(out, slices.Clone(from))
			}
		case s[i].Kind == signature.PartLiteral:
			if behind, ok := strings.CutPrefix(rest, s[i].Name); ok {
				walk(behind, append(from, s[i].Name))
			}
		case i == len(s)-1:
			walk("", append(from, rest))
		default:
			for _, n := range s.ends(i, rest, was) {
				walk(rest[n:], append(from, rest[:n]))
			}
		}
	}
	walk(text, nil)
	return out
}

// ends are places where part i may end in rest.
func (s stretch) ends(i int, rest string, was []string) (out []int) {
	if s[i+1].Kind == signature.PartLiteral {
		for n := range rest {
			if strings.HasPrefix(rest[n:], s[i+1].Name) && len(out) < 12 {
				out = append(out, n)
			}
		}
		return out
	}
	near := []int{10, 13, len(rest) - 10, len(rest) - 13, len(rest) / 2, len(rest)}
	if was != nil {
		near = append([]int{len(was[i]) - 1, len(was[i]) + 1, len(was[i]), 0}, near...)
	} else {
		near = append([]int{0, 1, 2}, near...)
	}
	for _, n := range near {
		if n >= 0 && n <= len(rest) && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// forged builds the message in which the parts of g read as values, and tells
// whether it does: not every part can hold every text.
func (g form) forged(m signature.Message, values [][]string) (signature.Message, bool) {
	for i, s := range g.stretches() {
		for k, p := range s {
			m = g.written(m, p, values[i][k])
		}
	}
	got, ok := g.values(m)
	return m, ok && slices.Equal(glue(got), glue(values))
}

// forge tries to read a genuine delivery of form f as one of form g.
func (s spoilable) forge(t *testing.T, f, g form, m signature.Message, secrets []signature.Secret) (tried int) {
	t.Helper()
	was, ok := f.values(m)
	stretches := g.stretches()
	if !ok || len(stretches) != len(was) {
		return 0
	}
	same := reflect.DeepEqual(f, g)
	base := m
	if !same {
		digest := f.digest(m)
		for _, at := range f.layout.At {
			base = without(base, at)
		}
		base = g.resigned(base, digest)
	}
	for i, text := range glue(was) {
		var genuine []string
		if same {
			genuine = was[i]
		}
		for _, cut := range stretches[i].cuts(text, genuine) {
			values := slices.Clone(was)
			if !same {
				values = emptied(stretches, glue(was))
			}
			values[i] = cut
			if slices.EqualFunc(values, was, slices.Equal[[]string]) {
				continue
			}
			forged, ok := g.forged(base, values)
			if !ok || reflect.DeepEqual(forged, m) {
				continue
			}
			tried++
			v := s.p.Judge(forged, secrets, s.e.At)
			proved := v.Outcome == signature.Verified || v.Outcome == signature.Stale
			if proved && !slices.ContainsFunc(v.Steps, func(step signature.Step) bool { return step.Name == signature.StepCaveat }) {
				t.Errorf("%s read as %q with %q: %s, cover %s %v, without a caveat\n%v", s.e.File, g.template, values, v.Outcome, v.Cover, v.Covered, v.Steps)
				return tried
			}
		}
	}
	return tried
}

// emptied cuts each text somehow.
func emptied(stretches []stretch, texts []string) [][]string {
	out := make([][]string, len(texts))
	for i, text := range texts {
		if cuts := stretches[i].cuts(text, nil); len(cuts) > 0 {
			out[i] = cuts[0]
		} else {
			out[i] = make([]string, len(stretches[i]))
		}
	}
	return out
}
