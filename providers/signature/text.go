package signature

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
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
	var fields, problems []string
	for _, t := range c.Templates {
		pieces, problem := c.fill(t, &fields)
		if problem != "" {
			problems = append(problems, problem)
			continue
		}
		c.texts = append(c.texts, text{t, pieces})
	}
	if len(c.texts) == 0 {
		c.note(false, "Parts of the message", problems[0])
		return Malformed
	}
	if len(fields) > 0 {
		c.note(true, "Fields in the message", strings.Join(fields, "\n"))
	}
	return ""
}

// fill collects the pieces of t without copying the body, and adds a line of
// evidence for each field.
func (c *check) fill(t Template, fields *[]string) (pieces []piece, problem string) {
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
			if problem := c.unusable(p, v); problem != "" {
				return nil, problem
			}
			pieces = append(pieces, piece{p, []byte(v.Text), false})
			if line := c.fieldInWords(p, v); !slices.Contains(*fields, line) {
				*fields = append(*fields, line)
			}
		}
	}
	return pieces, ""
}

// unusable says why v can't go into a signed text, "" if it can.
func (c *check) unusable(p Part, v Value) string {
	switch {
	case v.Times > 1 && p.Kind == PartHeader:
		return p.inWords() + " stands there " + itoa(int64(v.Times)) + " times: expected once"
	case v.Times > 0:
		return ""
	case p.Kind == PartJSON && !c.fields.valid:
		return "the body is not JSON that can be read, " + p.Name + " is needed from it: got " + c.bodyInWords()
	}
	return p.inWords() + " is not there: the signature needs it"
}
