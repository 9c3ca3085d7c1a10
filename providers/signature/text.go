package signature

import (
	"crypto/sha256"
	"encoding/hex"
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
	part   Part
	bytes  []byte
	secret bool
}

// readParts fills in the templates. One that lacks a part is left out; when
// all do, the message is malformed.
func (c *check) readParts() Outcome {
	var fields []string
	var faults []fault
	for _, t := range c.Templates {
		pieces, missing := c.fill(t, &fields)
		if missing != nil {
			faults = append(faults, *missing)
			continue
		}
		c.texts = append(c.texts, text{t, pieces})
	}
	if len(c.texts) == 0 {
		c.fail("Parts of the message", faults[0])
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
	pieces = make([]piece, 0, len(t))
	for _, p := range t {
		switch p.Kind {
		case PartBody:
			pieces = append(pieces, piece{p, c.m.Body, false})
		case PartSecret:
			pieces = append(pieces, piece{p, nil, true})
		case PartTimestamp:
			pieces = append(pieces, piece{p, []byte(c.stamp), false})
		case PartText:
			pieces = append(pieces, piece{p, []byte(p.Name), false})
		case PartHash:
			sum := sha256.Sum256(c.m.Body)
			pieces = append(pieces, piece{p, []byte(hex.EncodeToString(sum[:])), false})
		default:
			v := c.fields.Get(p)
			if missing := c.unusable(p, v); missing != nil {
				return nil, missing
			}
			pieces = append(pieces, piece{p, []byte(v.Text), false})
			if line := c.fieldInWords(p, v); !slices.Contains(*fields, line) {
				*fields = append(*fields, line)
			}
		}
	}
	return pieces, nil
}

// unusable tells why v can't go into a signed text, nil if it can. A part that
// stands there twice is two values, and the shop may act on the one that was
// not signed; the same goes for bytes that each parser mends in its own way.
func (c *check) unusable(p Part, v Value) *fault {
	parsed := p.Kind == PartJSON || p.Kind == PartForm || p.Kind == PartQuery
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
