package signature

import (
	"crypto/subtle"
	"encoding/hex"
)

// compare implements method: it computes one hash for each template and secret,
// never one for each signature, and takes the first that any signature equals.
func (s *Shared) compare(c *check) Verdict {
	if s.Secret.Derive != "" {
		if missing := c.derive(s.Secret); missing != nil {
			c.fail("Parts of the message", *missing)
			return c.verdict(Malformed)
		}
	}
	a := s.algorithm(c)
	var shown [shownBytes]byte
	count := 0
	for i := range c.texts {
		t := &c.texts[i]
		for j := range c.keys {
			k := &c.keys[j]
			sum := c.hasher.over(a, s.Keyed, k, t.pieces)
			if i := c.match(sum); i >= 0 {
				if c.plan == nil && k.ready != nil && !c.quiet {
					c.plan = c.makePlan(s)
					c.plan.keep(k)
				}
				return c.matched(t, label{k.label, true}, &c.found[i])
			}
			if count++; count == 1 {
				copy(shown[:], sum)
			}
		}
	}
	c.noteText(&c.texts[0])
	if !c.quiet {
		c.note(false, compared(s.inWords(c)), c.differs(shown, count))
	}
	return c.verdict(Mismatch)
}

// compared is the name of the last step.
func compared(algorithm string) string {
	if algorithm == "HMAC-SHA256" { // nearly all
		return "HMAC-SHA256 compared"
	}
	return algorithm + " compared"
}

// match returns the index of the signature that equals sum, -1 if none does.
// It looks at every one, in the same time wherever the match is.
func (c *check) match(sum []byte) int {
	at := -1
	for i := range c.found {
		at = subtle.ConstantTimeSelect(subtle.ConstantTimeCompare(sum, c.found[i].bytes), i, at)
	}
	return at
}

// label is how a verdict names what matched.
type label struct {
	name   string
	secret bool // a configured one, not a key from elsewhere
}

func (l label) kind() string {
	if l.secret {
		return "secret "
	}
	return "the key "
}

// matched is the verdict on a signature that is right.
func (c *check) matched(t *text, by label, f *found) Verdict {
	outcome := Verified
	if c.stale {
		outcome = Stale
	}
	c.noteText(t)
	plan := c.planned(t)
	j := c.jointsIn(t, plan)
	if j.moved != nil {
		return c.refuseMoved(j.moved)
	}
	if !c.quiet {
		c.noteMatch(t, by, f)
		c.noteCaveats(plan, &j)
	}
	v := c.verdict(outcome)
	if !c.quiet {
		v.Cover, v.Covered = c.proved(t, plan, &j)
	}
	if by.secret {
		v.Secret = by.name
	}
	return v
}

// noteMatch adds the step of the comparison, and keeps the variant.
func (c *check) noteMatch(t *text, by label, f *found) {
	from := len(c.words)
	if f.key != "" {
		c.words = append(append(c.words, f.key...), ' ')
	}
	c.writeShort(f.text)
	w := append(append(c.words, " matches with "...), by.kind()...)
	c.words = append(w, by.name...)
	if len(c.Templates) > 1 {
		c.write("\nform of the signed text: ")
		start := len(c.words)
		c.words = t.template.appendVariant(c.words)
		c.variant = extent{start, len(c.words)}
	}
	c.noted(true, compared(c.how.inWords(c)), from)
}

// shownBytes is how much of an expected hash is kept to be shown.
const shownBytes = 6

// differs shows the beginning of the expected value only: in full it would be
// a valid signature for a message of the sender's choice.
func (c *check) differs(expected [shownBytes]byte, count int) string {
	out := "expected " + hex.EncodeToString(expected[:4]) + "…"
	if c.Encoding == Base64 || c.Encoding == Base64URL {
		out = "expected " + c.Encoding.encode(expected[:])[:8] + "…"
	}
	if count > 1 {
		out += " (one of " + itoa(int64(count)) + " that would do)"
	}
	out += "\nreceived " + c.short(c.found[0].text)
	if n := len(c.found); n > 1 {
		out += " and " + itoa(int64(n-1)) + " more"
	}
	return out
}
