package providers

import (
	"slices"
	"strconv"

	"shopbell/providers/signature"
)

// hitMAC makes a scheme of a keyed hash over c that stands in one of the places.
func (q *inference) hitMAC(c []*atom, places []int, h keyedHash) bool {
	form := h.form
	for _, a := range c {
		if a.secret != nil { // a part of the secret is signed: the rest is the key
			if form.After != ":" || form.Encoding != "" || form.Derive != "" {
				return false
			}
			form = *a.secret
		}
	}
	for _, at := range places {
		if l, ok := layoutOfText(c, q.withKeys(at, places)); ok {
			l.Equals = q.equals(l)
			s := signature.Shared{Layout: l, Keyed: true, Algorithm: h.algorithm, Secret: form}
			if q.verifies(s) {
				return q.keepText(s, l, c)
			}
		}
	}
	return false
}

// hitHash is hitMAC for a plain hash with the secret in c.
func (q *inference) hitHash(c []*atom, places []int, h plainHash) bool {
	s := signature.Shared{Algorithm: h.algorithm}
	for _, a := range c {
		if a.isSecret() {
			s.Secret = *a.secret
		}
	}
	for _, at := range places {
		l, ok := layoutOfText(c, q.withKeys(at, places))
		l.Equals = q.equals(l)
		if s.Layout = l; ok && q.verifies(s) {
			return q.keepText(s, l, c)
		}
	}
	return false
}

// hitKey is hitMAC for a signature with a private key.
func (q *inference) hitKey(c []*atom, p probe, a signature.PublicAlgorithm) bool {
	l, ok := layoutOfText(c, q.places[p.place])
	l.Equals = q.equals(l)
	s := signature.PublicKey{Layout: l, Algorithm: a, Secret: p.form}
	return ok && q.verifies(s) && q.keepText(s, l, c)
}

// withKeys is a place with the keys of all those places that are in its list:
// the same signature may stand there under several.
func (q *inference) withKeys(at int, places []int) place {
	out := q.places[at]
	out.list.Keys = slices.Clone(out.list.Keys)
	for _, i := range places {
		other := q.places[i].list
		if out.list.Pairs != "" && q.places[i].at.String() == out.at.String() && other.Pairs == out.list.Pairs && other.Equals == out.list.Equals &&
			other.After == out.list.After && !slices.Contains(out.list.Keys, other.Keys[0]) {
			out.list.Keys = append(out.list.Keys, other.Keys[0])
		}
	}
	return out
}

func (q *inference) keepText(s signature.Scheme, l signature.Layout, c []*atom) bool {
	says := signature.FactsOf(s).Name + " over " + l.Templates[0].String()
	if l.Text != nil {
		says += ", {text} being " + l.Text.String()
	}
	for _, e := range l.Equals {
		says += ", where " + e.Part.String() + " is " + e.Value.String()
	}
	return q.keep(s, says, append(q.open(c), q.others(l.At[0])...)...)
}

// others names parts that are called a signature too and are not looked at.
func (q *inference) others(at signature.Part) (notes []string) {
	for _, p := range q.places {
		note := "The delivery has another signature in " + p.at.String() + ", which is not looked at."
		if p.at.Name != at.Name && calledSignature(p.at.Name) && len(notes) < 2 && !slices.Contains(notes, note) {
			notes = append(notes, note)
		}
	}
	return notes
}

// layoutOfText describes a signature over c at a place; ok is false when c has
// keys of another list.
func layoutOfText(c []*atom, at place) (l signature.Layout, ok bool) {
	l = at.layout()
	t, ok := templateOf(c, at, &l)
	l.Templates = []signature.Template{t}
	return l, ok
}

// equals finds a signed part of the message that is a digest of the body: then
// that is covered too.
func (q *inference) equals(l signature.Layout) []signature.Equal {
	signed := map[signature.PartKind]bool{}
	for _, p := range l.Templates[0] {
		if len(p.Filters) == 0 {
			signed[p.Kind] = true
		}
	}
	if len(q.m.Body) == 0 || signed[signature.PartBody] || !signed[signature.PartURL] && !signed[signature.PartTarget] && !signed[signature.PartQuery] {
		return nil
	}
	for _, v := range q.values {
		if v.part.Kind != signature.PartQuery || len(v.part.Filters) > 0 {
			continue
		}
		for _, a := range q.pool.forms {
			if string(a.text) == v.text {
				return []signature.Equal{{Part: v.part, Value: a.parts}}
			}
		}
	}
	return nil
}

// templateOf names the parts of c. The first time in it becomes the timestamp
// of the layout.
func templateOf(c []*atom, at place, l *signature.Layout) (t signature.Template, ok bool) {
	for _, a := range c {
		if a.list != nil && (a.list.at.Name != at.at.Name || a.list.pairs != at.list.Pairs || a.list.equals != at.list.Equals) {
			return nil, false
		}
		parts := a.parts
		switch {
		case a.inner != nil:
			if l.Text, ok = templateOf(a.inner, at, l); !ok {
				return nil, false
			}
		case a.stamp != nil && (l.Timestamp.At.IsZero() || l.Timestamp.At.String() == a.stamp.at.String()):
			l.Timestamp = a.stamp.timestamp()
			parts = signature.Template{{Kind: signature.PartTimestamp}}
		}
		for _, p := range parts {
			if n := len(t) - 1; n >= 0 && p.Kind == signature.PartLiteral && t[n].Kind == signature.PartLiteral {
				t[n].Name += p.Name
				continue
			}
			t = append(t, p)
		}
	}
	return t, true
}

// open says what this delivery leaves open about c.
func (q *inference) open(c []*atom) (notes []string) {
	for _, a := range c {
		if a.inner != nil {
			notes = append(notes, q.open(a.inner)...)
		}
		body := slices.ContainsFunc(a.parts, func(p signature.Part) bool { return p.Kind == signature.PartBody })
		if body && len(q.m.Body) == 0 {
			notes = append(notes, "The body of this delivery is empty: only another delivery shows whether it is signed.")
		} else if len(a.same) > 0 {
			notes = append(notes, "In this delivery "+a.String()+" is the same text as "+a.same[0]+more(len(a.same)-1)+"; the first was taken.")
		}
	}
	return notes
}

func more(n int) string {
	if n == 0 {
		return ""
	}
	return " and " + strconv.Itoa(n) + " more"
}
