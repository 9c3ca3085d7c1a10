package signature

import (
	"crypto/subtle"
	"fmt"
	"slices"
)

// Equal is a part that must be equal to something else of the message, such as
// a signed query parameter to the hash of the body. Through the signature over
// the part, what it is equal to is covered too.
type Equal struct {
	// Part is left out of the check when it is optional and isn't there.
	Part  Part
	Value Template
}

func (e Equal) check() error {
	if !e.Part.Kind.OfMessage() && e.Part.Kind != PartKey || len(e.Value) == 0 {
		return fmt.Errorf("check scheme: %q must be equal to %q, expected a part of the message and a template", e.Part, e.Value)
	}
	return nil
}

// readEquals compares what must be equal. A signature over other values says
// nothing of this message.
func (c *check) readEquals() Outcome {
	for i := range c.Equals {
		e := &c.Equals[i]
		got := c.value(e.Part)
		if got.Times == 0 && e.Part.Optional {
			continue
		}
		if missing := c.unusable(&e.Part, got); missing != nil {
			c.fail(stepEqual, *missing)
			return Malformed
		}
		want, missing := c.join(e.Value)
		if missing != nil {
			c.fail(stepEqual, *missing)
			return Malformed
		}
		if subtle.ConstantTimeCompare([]byte(got.Text), want) != 1 {
			where := e.Part.inWords()
			c.fail(stepEqual, fault{aboutAnything, where, c.quoteBytes(want), c.quote(got.Text),
				where + " is " + c.quote(got.Text) + ": expected " + c.quoteBytes(want) + " (" + e.Value.Variant() + ")"})
			return Mismatch
		}
		c.note(true, stepEqual, e.Part.inWords()+" is "+e.Value.Variant()+": "+c.short(got.Text))
		c.equals = append(c.equals, *e)
	}
	return ""
}

// join fills in a template without a secret.
func (c *check) join(t Template) ([]byte, *fault) {
	pieces, missing := c.fill(nil, t, nil)
	if missing != nil {
		return nil, missing
	}
	if len(pieces) == 1 {
		return pieces[0].bytes, nil
	}
	var out []byte
	for _, p := range pieces {
		out = append(out, p.bytes...)
	}
	return out, nil
}

func (c *check) quoteBytes(b []byte) string { return c.quote(string(b[:min(len(b), c.window)])) }

// covers is what a signature over t protects, with what is equal to a part of it.
func (l *Layout) covers(t Template, equals []Equal) (Cover, []string) {
	cover, parts := l.unfolded(t).cover(l.Timestamp.At)
	for i := range equals {
		more, names := equals[i].Value.cover(l.Timestamp.At)
		if more == CoverBody || cover == CoverNone {
			cover = more
		}
		for _, name := range names {
			if !slices.Contains(parts, name) {
				parts = append(parts, name)
			}
		}
	}
	return cover, parts
}

// unfolded is t with the parts of the intermediate text in its place.
func (l *Layout) unfolded(t Template) Template {
	if !t.has(PartText) {
		return t
	}
	var out Template
	for _, p := range t {
		if p.Kind == PartText {
			out = append(out, l.Text...)
		} else {
			out = append(out, p)
		}
	}
	return out
}
