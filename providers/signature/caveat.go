package signature

import (
	"slices"
	"strconv"
	"strings"
)

// StepCaveat is the step that says what a matching signature leaves open
// although the parts are signed.
const StepCaveat = "Not protected"

// joined begins the caveat on parts that meet without a border.
const joinedWithout = "the parts are joined without a separator"

// checksums are filters that anybody can make another body for: what goes into
// the signed text through one alone is not protected.
var checksums = [...]string{"crc32"}

// checksum names the checksum that is all that the filters leave of p, "" when
// they leave more.
func (p *Part) checksum() string {
	for _, f := range p.Filters {
		if _, digest := digestSize(f.Name); digest {
			return ""
		}
		if slices.Contains(checksums[:], f.Name) {
			return strings.Replace(strings.ToUpper(f.Name), "CRC", "CRC-", 1)
		}
	}
	return ""
}

// says is the caveat on the parts that run on into one another, "" when none does.
func (j *joints) says() string {
	switch {
	case j.other != nil:
		return "the signed text could also be that of another form, so what is which part is not protected: " + j.other.partsInWords()
	case len(j.loose) == 0:
		return ""
	}
	out := joinedWithout
	if j.held != "" {
		out = "the separator " + strconv.Quote(j.held) + " stands inside a part as well"
	}
	return out + ", so where one ends and the next begins is not protected: " + strings.Join(j.loose, ", ")
}

// noteCaveats adds the step on what a signature over a text leaves open.
func (c *check) noteCaveats(plan *textPlan, j *joints) {
	lines := plan.checksums
	if said := j.says(); said != "" {
		lines = append(slices.Clip(lines), said)
	}
	if len(lines) > 0 {
		c.note(true, StepCaveat, strings.Join(lines, "\n"))
	}
}

// refuseMoved ends the check of a message whose signed text has another cut
// that goes before this one.
func (c *check) refuseMoved(p *Part) Verdict {
	if p.Kind == PartTimestamp {
		p = &c.Timestamp.At
	}
	where, want := p.inWords(), "a value that is not mixed up with the time beside it"
	c.fail("Parts of the message", fault{aboutAnything, where, want, "one by which the signed text could be read in two ways",
		where + ": the signed text could be read with another time as well, expected " + want})
	return c.verdict(Malformed)
}

// proved is what a signature over t protects in this message.
func (c *check) proved(t *text, plan *textPlan, j *joints) (Cover, []string) {
	cover, parts := plan.cover, plan.covered
	if len(c.equals) > 0 {
		cover, parts = c.covers(t.template, c.equals)
	}
	if len(j.loose) == 0 && j.other == nil {
		return cover, parts
	}
	if cover == CoverBody {
		cover = CoverFields
	}
	for i := range t.template {
		names := c.joinedNames(&t.template[i])
		at := slices.Index(parts, string(PartBody))
		if names == nil || at < 0 {
			continue
		}
		for n, name := range names {
			names[n] = string(PartForm) + ":" + name
		}
		parts = slices.Concat(parts[:at], names, parts[at+1:])
	}
	return cover, parts
}

// looseAlways tells whether parts of t run on into one another whatever a
// message holds.
func (l *Layout) looseAlways(t Template) bool {
	c := &check{findings: findings{Layout: l}}
	j := joints{c: c}
	for i := range t {
		p := &t[i]
		if p.Kind == PartText && l.looseAlways(l.Text) || p.glued() {
			return true
		}
		if p.Kind != PartSecret {
			j.pieces = append(j.pieces, piece{part: p})
		}
		if p.Kind == PartSecret || i == len(t)-1 {
			if _, cost := j.leftOver(); cost >= byNothing.cost(p) {
				return true
			}
			j.pieces = nil
		}
	}
	return false
}

// glued tells whether p joins names and values with nothing between them.
func (p *Part) glued() bool {
	return slices.ContainsFunc(p.Filters, func(f Filter) bool {
		return f.Name == "sorted" && (f.Arg == "" || strings.HasPrefix(f.Arg, ":"))
	})
}
