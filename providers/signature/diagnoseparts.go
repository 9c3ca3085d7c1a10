package signature

import (
	"iter"
	"slices"
	"strings"
)

const (
	// maxTemplates is how many other forms of the signed text are tried.
	maxTemplates = 600
	// templateBatch is how many of them one check takes.
	templateBatch = 32
)

// separators stand between the parts of a signed text.
func separators() []string {
	return []string{"", ".", ":", "|", "\n", ",", "&", ";", "-", "_", "+", " ", "\r\n", "/"}
}

// partsOrder tries the parts of the signed text in other orders, with other
// separators, with one missing and with one more.
func (q *search) partsOrder() *Diagnosis {
	before := q.compared
	for _, l := range q.layouts {
		for batch := range slices.Chunk(q.otherTemplates(l), templateBatch) {
			if q.over() {
				return nil
			}
			if d := q.ordered(l, batch); d != nil {
				return d
			}
		}
	}
	q.note(before, q.compared, "the parts of the signed text in other orders, with other separators, with one less and with one more")
	return nil
}

// ordered tries a batch of templates at once.
func (q *search) ordered(l layout, batch []Template) *Diagnosis {
	s, ok := withTemplates(l.scheme, batch)
	if !ok {
		return nil
	}
	if d := q.with(func(yield func(change) bool) { yield(change{scheme: s}) }); d == nil {
		return nil
	}
	for _, t := range batch {
		one, _ := withTemplates(l.scheme, []Template{t})
		if r := q.try(one, q.Message, q.own); r.ok {
			return q.explained(accident{cause: PartsOrder, says: "when " + t.inWords() + " is signed",
				why:      "this provider signs " + l.Templates[0].inWords(),
				do:       "Compare the provider's documentation: another version of its signature may be set for this webhook.",
				evidence: func() string { return "signed text: " + t.String() }})
		}
	}
	return nil
}

// otherTemplates lists them, without those that the scheme knows.
func (q *search) otherTemplates(l layout) (out []Template) {
	own := l.Templates
	seen := map[string]bool{}
	for _, t := range own {
		seen[t.String()] = true
	}
	add := func(pieces []Template, separators []string) {
		for _, separator := range separators {
			t := glued(separator, pieces...)
			if name := t.String(); !seen[name] && len(t) > 0 && len(out) < maxTemplates && l.secretCounts(t) {
				seen[name] = true
				out = append(out, t)
			}
		}
	}
	for _, t := range own[:min(len(own), 2)] {
		q.rearranged(l, t, add)
	}
	return out
}

// rearranged yields the pieces of t in other orders, then with one less, then
// with one more.
func (q *search) rearranged(l layout, t Template, add func([]Template, []string)) {
	pieces := t.pieces("")
	near := slices.Compact([]string{t.separator(), "", "."})
	add(pieces, separators())
	if len(pieces) <= 4 {
		for order := range arrangements(pieces) {
			add(order, near)
		}
		for order := range arrangements(pieces) {
			add(order, separators())
		}
	}
	for i := range pieces {
		add(slices.Delete(slices.Clone(pieces), i, i+1), near)
	}
	for _, p := range pieces {
		add([]Template{p}, near[:1])
	}
	if digest := withDigest(pieces); digest != nil {
		add(digest, near)
	}
	for _, extra := range q.extraParts(l, t) {
		add([]Template{extra, t}, separators())
		add([]Template{t, extra}, separators())
	}
}

// arrangements yields every order of pieces.
func arrangements(pieces []Template) iter.Seq[[]Template] {
	return func(yield func([]Template) bool) {
		if len(pieces) <= 1 {
			yield(pieces)
			return
		}
		for i := range pieces {
			for rest := range arrangements(slices.Delete(slices.Clone(pieces), i, i+1)) {
				if !yield(slices.Insert(slices.Clone(rest), 0, pieces[i])) {
					return
				}
			}
		}
	}
}

// extraParts lists what else of the message may have been signed: the time, the
// address, and headers that name an id, a time or a nonce.
func (q *search) extraParts(l layout, t Template) (out []Template) {
	parts := []Part{{Kind: PartURL}, {Kind: PartPath}, {Kind: PartMethod}}
	if !l.Timestamp.At.IsZero() {
		parts = append([]Part{{Kind: PartTimestamp}}, parts...)
	}
	for _, f := range q.Message.Header[:min(len(q.Message.Header), maxHeaders)] {
		name := strings.ToLower(f.Name)
		if strings.Contains(name, "sign") || len(parts) > 8 {
			continue
		}
		for _, word := range []string{"id", "time", "nonce", "date", "delivery", "event", "topic"} {
			if strings.Contains(name, word) {
				parts = append(parts, Part{Kind: PartHeader, Name: f.Name})
				break
			}
		}
	}
	for _, p := range parts {
		if !t.has(p.Kind) {
			out = append(out, Template{p})
		}
	}
	return out
}

// withDigest is pieces with the digest of the body in the body's place.
func withDigest(pieces []Template) []Template {
	out := slices.Clone(pieces)
	for i, p := range out {
		if p[0].Kind == PartBody {
			out[i] = Template{{Kind: PartHash, Name: "body"}}
			return out
		}
	}
	return nil
}

// pieces are the parts of t without its literals and the parts of kind but. A
// literal before the first part stays with it: "v0:".
func (t Template) pieces(but PartKind) (out []Template) {
	for i, p := range t {
		switch {
		case p.Kind == PartLiteral && i > 0, p.Kind == but:
		case p.Kind == PartLiteral:
			out = append(out, Template{p})
		default:
			out = append(out, Template{p})
		}
	}
	return out
}

// separator is the literal that stands between the first two parts of t.
func (t Template) separator() string {
	for i, p := range t {
		if i > 0 && i+1 < len(t) && p.Kind == PartLiteral {
			return p.Name
		}
	}
	return ""
}

// glued joins pieces with a literal between them.
func glued(separator string, pieces ...Template) (out Template) {
	for i, p := range pieces {
		if i > 0 && separator != "" {
			out = append(out, Part{Kind: PartLiteral, Name: separator})
		}
		out = append(out, p...)
	}
	return out
}

// inWords shows t on one line: a line end as \n.
func (t Template) inWords() string {
	return strings.NewReplacer("\r", `\r`, "\n", `\n`).Replace(t.String())
}
