package signature

import "slices"

// textPlan is what is known of a template before a message is there.
type textPlan struct {
	stretches []stretch
	cover     Cover
	covered   []string
	checksums []string // caveats on parts of which only a checksum is signed
}

func (l *Layout) textPlan(t Template) textPlan {
	p := textPlan{stretches: l.stretches(t)}
	p.cover, p.covered = l.covers(t, nil)
	p.covered = slices.Clip(p.covered) // verdicts share it
	for i := range t {
		if name := t[i].checksum(); name != "" {
			p.checksums = append(p.checksums, t[i].inWords()+" goes in by its "+name+
				" only, a checksum and no hash: anybody can make another one with the same, so it is not protected")
		}
	}
	return p
}

// planned is the plan of a text, made when none is at hand.
func (c *check) planned(t *text) *textPlan {
	if c.plan != nil {
		return &c.plan.texts[t.at]
	}
	p := c.textPlan(t.template)
	return &p
}
