package signature

import (
	"bytes"
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
		if prefix := c.Prefix; plain(prefix) && !strings.ContainsAny(prefix, "\"\\") {
			form = c.say("\"", prefix, "\" and ", form)
		} else {
			form = c.say(strconv.Quote(prefix), " and ", form)
		}
	}
	if !c.List.isZero() {
		form = c.say(c.List.inWords(), " with ", form)
		if c.Timestamp.At.Kind == PartKey && c.List.Equals != "" {
			form = c.say(c.Timestamp.At.Name, " and ", form)
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
	name := c.how.inWords(c)
	if c.List.isZero() {
		return c.say(c.expects(), ", as ", name, " gives")
	}
	keys := c.found[0].key
	each := ""
	for _, f := range c.found[1:] {
		keys, each = keys+", "+f.key, " each"
	}
	return c.say(keys, ": ", c.how.shape(c), each, ", as ", name, " gives")
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
	if len(t.pieces) == 1 && !t.pieces[0].secret {
		return c.pieceInWords(t.pieces[0])
	}
	var b strings.Builder
	b.Grow(maxEvidence / 2)
	for _, p := range t.pieces {
		if p.secret {
			b.WriteString(dots)
			continue
		}
		b.WriteString(c.pieceInWords(p))
	}
	return b.String()
}

func (c *check) pieceInWords(p piece) string {
	if p.part.Kind != PartBody || len(p.bytes) <= maxShown {
		return c.safeBytes(p.bytes)
	}
	from := c.evidence.Len()
	if shown := c.safeBytes(p.bytes); c.evidence.Len() == from {
		c.evidence.WriteString(shown)
	}
	c.say(" (body of ", itoa(int64(len(p.bytes))), " bytes)")
	return c.evidence.String()[from:]
}

// safeBytes is safe for bytes, which are copied only as far as they are shown.
func (c *check) safeBytes(b []byte) string {
	seen := b[:min(len(b), c.window)]
	shown := seen[:min(len(seen), maxShown)]
	asIs := plain(shown)
	for _, secret := range c.hidden {
		asIs = asIs && !bytes.Contains(seen, []byte(secret.text))
	}
	if !asIs {
		return c.safe(string(seen))
	}
	from, dots := c.evidence.Len(), ""
	if len(seen) > maxShown {
		shown, dots = shown[:maxShown-1], "…"
	}
	c.evidence.Write(shown)
	c.evidence.WriteString(dots)
	return c.evidence.String()[from:]
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
	if len(text) > 20 && len(text) <= maxShown && plain(text) {
		return c.say(text[:8], "…", text[len(text)-6:])
	}
	if utf8.RuneCountInString(text) <= 20 {
		return text
	}
	end := len(text)
	for range 6 {
		_, size := utf8.DecodeLastRuneInString(text[:end])
		end -= size
	}
	return c.say(cut(text, 9), "…", text[end:])
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

// plain tells whether text is printable ASCII.
func plain[T string | []byte](text T) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}
