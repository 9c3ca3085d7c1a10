package signature

import (
	"crypto/subtle"
	"encoding/hex"
)

// compare implements method: it computes one hash for each template and secret,
// never one for each signature, and takes the first that any signature equals.
func (s *Shared) compare(c *check) Verdict {
	if missing := c.derive(s.Secret); missing != nil {
		c.fail("Parts of the message", *missing)
		return c.verdict(Malformed)
	}
	a := s.algorithm(c)
	var shown []byte
	count := 0
	for _, t := range c.texts {
		for _, k := range c.keys {
			sum := a.over(s.Keyed, k, t.pieces)
			if i := c.match(sum); i >= 0 {
				return c.matched(t, label{k.label, true}, c.found[i])
			}
			if shown == nil {
				shown = sum
			}
			count++
		}
	}
	c.note(true, "Signed text", c.textInWords(c.texts[0]))
	c.note(false, s.inWords(c)+" compared", c.differs(shown, count))
	return c.verdict(Mismatch)
}

// match returns the index of the signature that equals sum, -1 if none does.
// It looks at every one, in the same time wherever the match is.
func (c *check) match(sum []byte) int {
	at := -1
	for i, f := range c.found {
		at = subtle.ConstantTimeSelect(subtle.ConstantTimeCompare(sum, f.bytes), i, at)
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
func (c *check) matched(t text, by label, f found) Verdict {
	c.note(true, "Signed text", c.textInWords(t))
	evidence := c.say(f.key, space(f.key), c.short(f.text), " matches with ", by.kind(), by.name)
	outcome := Verified
	if c.stale {
		outcome = Stale
	}
	variant := ""
	if len(c.Templates) > 1 {
		variant = t.template.Variant()
		evidence = c.say(evidence, "\nform of the signed text: ", variant)
	}
	c.note(true, c.say(c.how.inWords(c), " compared"), evidence)
	v := c.verdict(outcome)
	v.Cover, v.Covered = c.covers(t.template, c.equals)
	v.Variant = variant
	if by.secret {
		v.Secret = by.name
	}
	return v
}

// space is what separates a word from the next one, if there is a word.
func space(word string) string {
	if word == "" {
		return ""
	}
	return " "
}

// differs shows the beginning of the expected value only: in full it would be
// a valid signature for a message of the sender's choice.
func (c *check) differs(expected []byte, count int) string {
	out := "expected " + hex.EncodeToString(expected[:4]) + "…"
	if c.Encoding == Base64 || c.Encoding == Base64URL {
		out = "expected " + c.Encoding.encode(expected[:6])[:8] + "…"
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
