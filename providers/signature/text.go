package signature

import (
	"strings"
	"unicode/utf8"
)

// text is a template filled in.
type text struct {
	template Template
	pieces   []piece
	at       int // of the template among those of the scheme
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
	from, lines := len(c.words), c.fixed.lines[:0]
	said := &lines
	if c.quiet {
		said = nil
	}
	var first *fault
	room := c.room.pieces[:]
	for at, t := range c.Templates {
		var pieces []piece
		if len(t) <= len(room) {
			pieces, room = room[:0:len(t)], room[len(t):]
		}
		pieces, missing := c.fill(pieces, t, said)
		if missing != nil {
			if first == nil {
				first = missing
			}
			continue
		}
		c.texts = append(c.texts, text{t, pieces, at})
	}
	if len(c.texts) == 0 {
		c.fail("Parts of the message", *first)
		return Malformed
	}
	if len(lines) > 0 {
		c.noted(true, "Fields in the message", from)
	}
	return ""
}

// fill collects the pieces of t in an empty list, without copying the body, and
// writes a line of evidence for each field; none when lines is nil.
func (c *check) fill(pieces []piece, t Template, lines *[]extent) ([]piece, *fault) {
	if pieces == nil {
		pieces = make([]piece, 0, len(t))
	}
	for i := range t {
		p := &t[i]
		switch p.Kind {
		case PartSecret:
			pieces = append(pieces, piece{p, nil, true})
			continue
		case PartLiteral:
			pieces = append(pieces, piece{p, c.copied(p.Name), false})
			continue
		case PartBody:
			if len(p.Filters) == 0 {
				pieces = append(pieces, piece{p, c.m.Body, false})
				continue
			}
		}
		b, v, missing := c.bytesOf(p)
		if missing != nil {
			return nil, missing
		}
		pieces = append(pieces, piece{p, b, false})
		if lines != nil && p.isField() {
			*lines = c.writeField(*lines, p, v)
		}
	}
	return pieces, nil
}

// isField tells whether p needs a line of evidence of its own: the body, the
// hash of it and the timestamp are shown elsewhere.
func (p *Part) isField() bool {
	return p.Kind != PartTimestamp && p.Kind != PartText && !p.wholeBody()
}

// bytesOf is what p comes to, and v its value without the filters, or why it
// can't be signed. The body itself is not copied.
func (c *check) bytesOf(p *Part) (b []byte, v Value, missing *fault) {
	switch p.Kind {
	case PartBody:
		b = c.m.Body
		// Of the value no more is shown.
		v = Value{Text: string(c.m.Body[:min(len(c.m.Body), c.window)]), Times: 1}
	case PartText:
		if b, missing = c.join(c.Text); missing != nil {
			return nil, v, missing
		}
	case PartTimestamp:
		b = c.copied(c.stamp)
	default:
		v = c.plain(p)
		if p.absent(v) {
			return nil, v, nil
		}
		if missing := c.unusable(p, v); missing != nil {
			return nil, v, missing
		}
		b = c.copied(v.Text)
	}
	if len(p.Filters) > 0 {
		b, missing = c.apply(p, filterInput{Fields: c.fields, Bytes: b, Raw: c.fields.raw(*p, v)})
	}
	return b, v, missing
}

// plain is the value of p without its filters.
func (c *check) plain(p *Part) Value {
	if p.Kind != PartKey {
		return c.fields.plain(p)
	}
	return c.listed(p.Name)
}

func (c *check) apply(p *Part, in filterInput) ([]byte, *fault) {
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
func (c *check) unusable(p *Part, v Value) *fault {
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
