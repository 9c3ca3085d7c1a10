package signature

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxEvidence bounds the evidence of one step, in characters.
	maxEvidence = 300
	// maxShown bounds one value inside it.
	maxShown = 100
	// dots stand for a secret, whatever its length.
	dots = "••••••••"
)

// placesInWords names where a signature may stand.
func (c *check) placesInWords() string { return placesInWords(c.At) }

// partInWords names the part by which a message tells its algorithm.
func (c *check) partInWords(a Algorithm) string {
	p, _ := a.named()
	return p.Name + " with a known algorithm"
}

func (c *check) bodyInWords() string {
	if len(c.m.Body) == 0 {
		return "an empty body"
	}
	out := c.quote(string(c.m.Body[:min(len(c.m.Body), c.window)]))
	if e := c.m.Header.Get("Content-Encoding"); e != "" {
		out += " with Content-Encoding " + c.quote(e)
	}
	return out
}

// hide sorts out what evidence must not show: the secrets, the longest first,
// because one may stand inside another.
func (c *check) hide() {
	longest := 0
	c.hidden = c.hidden[:0]
	for i := range c.keys {
		text := c.keys[i].text
		longest = max(longest, len(text))
		c.hidden = append(c.hidden, hidden{text, c.copied(text)})
	}
	if len(c.hidden) > 1 {
		slices.SortFunc(c.hidden, func(a, b hidden) int { return len(b.text) - len(a.text) })
	}
	// Dots for a secret are 8 characters, so that at most 13 stand among those shown.
	c.window = maxShown*utf8.UTFMax + 13*longest
}

// safe makes a value of the message fit for evidence: cut, in one line, and
// without a secret that stands in it, as happens when somebody sends the secret itself for a signature.
func (c *check) safe(text string) string {
	text = text[:min(len(text), c.window)]
	for _, secret := range c.hidden {
		text = strings.ReplaceAll(text, secret.text, dots)
	}
	if kept := cut(text, maxShown); len(kept) < len(text) {
		return printable(kept) + "…"
	}
	return printable(text)
}

func (c *check) quote(text string) string { return strconv.Quote(c.safe(text)) }

// clip cuts text to at most limit characters and shows that it did.
func clip(text string, limit int) string {
	if kept := cut(text, limit); len(kept) < len(text) {
		return kept + "…"
	}
	return text
}

// cut returns text if it has at most limit characters, else one less than
// limit of them: room for dots.
func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	n, last := 0, 0
	for i := range text {
		if n++; n == limit {
			last = i
		} else if n > limit {
			return text[:last]
		}
	}
	return text
}

// printable replaces what would disturb or forge a line on screen: a value of
// the message must not look like evidence of ours.
func printable(text string) string {
	if plain(text) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '·'
	}, text)
}

// plain tells whether text is printable ASCII. It looks at eight bytes at once:
// for a short body this is a good part of what a check takes.
func plain[T string | []byte](text T) bool {
	const each = 0x0101010101010101
	for len(text) >= 8 {
		x := uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
			uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56
		text = text[8:]
		below, above := (x-each*' ')&^x, x+each|x // over '~' in the highest bit of a byte
		if (below|above)&(each<<7) != 0 {
			return false
		}
	}
	for i := range len(text) {
		if text[i]-' ' > '~'-' ' {
			return false
		}
	}
	return true
}
