package signature

import (
	"slices"
	"strconv"
	"strings"
	"time"
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

// expects says what the signature has to look like.
func (c *check) expects() string {
	form := c.how.shape(c)
	if c.Prefix != "" && !c.PrefixOptional {
		form = strconv.Quote(c.Prefix) + " and " + form
	}
	if !c.List.isZero() {
		form = c.List.inWords() + " with " + form
		if c.Timestamp.At.Kind == PartKey && c.List.Equals != "" {
			form = c.Timestamp.At.Name + " and " + form
		}
	}
	return form
}

// placesInWords names where a signature may stand.
func (c *check) placesInWords() string { return placesInWords(c.At) }

// partInWords names the part by which a message tells its algorithm.
func (c *check) partInWords(a Algorithm) string {
	p, _ := a.named()
	return p.Name + " with a known algorithm"
}

func (c *check) foundInWords() string {
	if c.List.isZero() {
		return c.expects() + ", as " + c.how.inWords(c) + " gives"
	}
	keys := make([]string, 0, len(c.found))
	for _, f := range c.found {
		keys = append(keys, f.key)
	}
	each := ""
	if len(keys) > 1 {
		each = " each"
	}
	return strings.Join(keys, ", ") + ": " + c.how.shape(c) + each + ", as " + c.how.inWords(c) + " gives"
}

func (c *check) fieldInWords(p Part) string {
	plain := p
	plain.Filters = nil
	v := c.value(plain)
	line := p.Name
	if p.Name == "" {
		line = string(p.Kind)
	}
	if v.Times == 0 {
		return line + " is not there and left out"
	}
	line += " " + c.safe(v.Text)
	if v.Raw {
		line += " (not a JSON string: its raw JSON counts)"
	}
	return line
}

// textInWords shows what was hashed, with dots for the secret.
func (c *check) textInWords(t text) string {
	var b strings.Builder
	b.Grow(maxEvidence / 2)
	for _, p := range t.pieces {
		switch {
		case p.secret:
			b.WriteString(dots)
		case p.part.Kind == PartBody && len(p.bytes) > maxShown:
			b.WriteString(c.safe(string(p.bytes[:min(len(p.bytes), c.window)])) +
				" (body of " + itoa(int64(len(p.bytes))) + " bytes)")
		default:
			b.WriteString(c.safe(string(p.bytes)))
		}
	}
	return b.String()
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
	for _, k := range c.keys {
		longest = max(longest, len(k.text))
	}
	c.hidden = c.keys
	if len(c.keys) > 1 {
		c.hidden = slices.Clone(c.keys)
		slices.SortFunc(c.hidden, func(a, b key) int { return len(b.text) - len(a.text) })
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

// short shows both ends of a signature.
func (c *check) short(text string) string {
	text = c.safe(text)
	if utf8.RuneCountInString(text) <= 20 {
		return text
	}
	end := len(text)
	for range 6 {
		_, size := utf8.DecodeLastRuneInString(text[:end])
		end -= size
	}
	return cut(text, 9) + "…" + text[end:]
}

func (t Timestamp) evidence(text string, age time.Duration) string {
	where := " before"
	if age < 0 {
		where = " after"
	}
	out := text + "\nsigned " + spell(age) + where + " the time it was judged at; "
	if t.Tolerance <= 0 {
		return out + "any age is accepted"
	}
	out += "up to " + spell(t.Tolerance) + " either way is accepted"
	if t.Chosen != "" {
		out += " (" + t.Chosen + ")"
	}
	return out
}

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
	plain := true
	for i := 0; i < len(text) && plain; i++ {
		plain = text[i] >= ' ' && text[i] <= '~'
	}
	if plain {
		return text
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '·'
	}, text)
}
