package signature

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// text is a template filled in.
type text struct {
	template Template
	pieces   []piece
}

// piece is one part of a text; of a secret only the place is kept.
type piece struct {
	part   *Part
	bytes  []byte
	secret bool
}

// readParts fills in the templates. One that lacks a part is left out; when
// all do, the message is malformed.
func (c *check) readParts() Outcome {
	var fields []string
	var first *fault
	for _, t := range c.Templates {
		pieces, missing := c.fill(t, &fields)
		if missing != nil {
			if first == nil {
				first = missing
			}
			continue
		}
		c.texts = append(c.texts, text{t, pieces})
	}
	if len(c.texts) == 0 {
		c.fail("Parts of the message", *first)
		return Malformed
	}
	if len(fields) > 0 {
		c.note(true, "Fields in the message", strings.Join(fields, "\n"))
	}
	return ""
}

// fill collects the pieces of t without copying the body, and adds a line of
// evidence for each field.
func (c *check) fill(t Template, fields *[]string) (pieces []piece, missing *fault) {
	if pieces = c.room.pieces[:0]; len(c.texts) > 0 || len(t) > len(c.room.pieces) {
		pieces = make([]piece, 0, len(t))
	}
	for i := range t {
		p := &t[i]
		switch p.Kind {
		case PartSecret:
			pieces = append(pieces, piece{p, nil, true})
			continue
		case PartLiteral:
			pieces = append(pieces, piece{p, []byte(p.Name), false})
			continue
		}
		b, missing := c.bytesOf(*p)
		if missing != nil {
			return nil, missing
		}
		pieces = append(pieces, piece{p, b, false})
		if c.isField(*p) {
			if line := c.fieldInWords(*p); !slices.Contains(*fields, line) {
				*fields = append(*fields, line)
			}
		}
	}
	return pieces, nil
}

// isField tells whether p needs a line of evidence of its own: the body, the
// hash of it and the timestamp are shown elsewhere.
func (c *check) isField(p Part) bool {
	return p.Kind != PartTimestamp && p.Kind != PartText && !p.wholeBody()
}

// bytesOf is what p comes to, or why it can't be signed. The body itself is
// not copied.
func (c *check) bytesOf(p Part) ([]byte, *fault) {
	if p.Kind == PartBody && len(p.Filters) == 0 {
		return c.m.Body, nil
	}
	if p.Kind == PartText {
		text, missing := c.join(c.Text)
		if missing != nil {
			return nil, missing
		}
		return c.apply(p, filterInput{Bytes: text, Fields: c.fields})
	}
	if p.Kind == PartTimestamp {
		return c.apply(p, filterInput{Bytes: []byte(c.stamp), Fields: c.fields})
	}
	plain := p
	plain.Filters = nil
	in := filterInput{Fields: c.fields}
	if p.Kind == PartBody {
		in.Bytes = c.m.Body
		return c.apply(p, in)
	}
	v := c.value(plain)
	if p.absent(v) {
		return nil, nil
	}
	if missing := c.unusable(p, v); missing != nil {
		return nil, missing
	}
	in.Bytes, in.Raw = []byte(v.Text), c.fields.raw(p, v)
	return c.apply(p, in)
}

func (c *check) apply(p Part, in filterInput) ([]byte, *fault) {
	out, err := p.apply(in)
	if err != nil {
		where, want := p.inWords(), "what "+filtersInWords(p.Filters)+" can take"
		got := c.quote(string(in.Bytes[:min(len(in.Bytes), c.window)]))
		return nil, &fault{aboutAnything, where, want, got, where + ": " + c.safe(err.Error())}
	}
	return out, nil
}

func filtersInWords(filters []Filter) string {
	names := make([]string, len(filters))
	for i, f := range filters {
		names[i] = f.Name
	}
	return strings.Join(names, " and ")
}

// unusable tells why v can't go into a signed text, nil if it can. A part that
// stands there twice is two values, and the shop may act on the one that was
// not signed; the same goes for bytes that each parser mends in its own way.
func (c *check) unusable(p Part, v Value) *fault {
	parsed := p.Name != "" && (p.Kind == PartJSON || p.Kind == PartForm || p.Kind == PartQuery)
	if v.Times == 1 && (!parsed || utf8.ValidString(v.Text)) {
		return nil
	}
	where := p.inWords()
	switch {
	case v.Times > 1:
		got := times(v.Times) + " one, and programs differ in which of them they take"
		return &fault{aboutAnything, where, "one value", got, where + " stands there " + times(v.Times) +
			": expected once, because the shop may act on one that was not signed"}
	case v.Times == 1:
		return &fault{aboutAnything, where, "text in UTF-8", "bytes that programs read in different ways",
			where + " is not UTF-8: the shop may read it as another text than the signed one"}
	case p.Kind == PartJSON && !c.fields.valid:
		got := c.bodyInWords()
		return &fault{aboutAnything, "the body", "JSON with " + p.Name + " in it", got,
			"the body is not JSON that can be read, " + p.Name + " is needed from it: got " + got}
	}
	return &fault{aboutAnything, where, "a value", "", where + " is not there: the signature needs it"}
}
