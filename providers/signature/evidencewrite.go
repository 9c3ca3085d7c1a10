package signature

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// write adds to the words of a check. What a check that succeeds has to say is
// written there piece by piece, and becomes one text in the end.
func (c *check) write(texts ...string) {
	for _, t := range texts {
		c.words = append(c.words, t...)
	}
}

// taken is what was written since then, taken back as a text of its own.
func (c *check) taken(from int) string {
	text := string(c.words[from:])
	c.words = c.words[:from]
	return text
}

// expects says what the signature has to look like.
func (c *check) expects() string { return string(c.appendExpected(nil)) }

func (c *check) appendExpected(w []byte) []byte {
	if !c.List.isZero() {
		if c.Timestamp.At.Kind == PartKey && c.List.Equals != "" {
			w = append(append(w, c.Timestamp.At.Name...), " and "...)
		}
		w = append(append(w, c.List.inWords()...), " with "...)
	}
	if c.Prefix != "" && !c.PrefixOptional {
		if plain(c.Prefix) && !strings.ContainsAny(c.Prefix, `"\`) {
			w = append(append(append(w, '"'), c.Prefix...), '"')
		} else {
			w = strconv.AppendQuote(w, c.Prefix)
		}
		w = append(w, " and "...)
	}
	return append(w, c.how.shape(c)...)
}

// writeFound says where signatures are, and of what kind.
func (c *check) writeFound(where string) {
	w := append(append(c.words, where...), '\n')
	if c.List.isZero() {
		w = c.appendExpected(w)
	} else {
		w = append(w, c.found[0].key...)
		for i := range c.found[1:] {
			w = append(append(w, ", "...), c.found[1+i].key...)
		}
		w = append(append(w, ": "...), c.how.shape(c)...)
		if len(c.found) > 1 {
			w = append(w, " each"...)
		}
	}
	w = append(append(w, ", as "...), c.how.inWords(c)...)
	c.words = append(w, " gives"...)
}

// writeTime says how old the message is.
func (c *check) writeTime(text string) {
	t := &c.Timestamp
	w := append(append(c.words, text...), "\nsigned "...)
	w = appendSpelled(w, c.age)
	if c.age < 0 {
		w = append(w, " after the time it was judged at; "...)
	} else {
		w = append(w, " before the time it was judged at; "...)
	}
	if t.Tolerance <= 0 {
		c.words = append(w, "any age is accepted"...)
		return
	}
	w = appendSpelled(append(w, "up to "...), t.Tolerance)
	w = append(w, " either way is accepted"...)
	if t.Chosen != "" {
		w = append(append(append(w, " ("...), t.Chosen...), ')')
	}
	c.words = w
}

// writeField adds a line on a part that is signed: v is its value without the
// filters. A line that stands there already is not said twice.
func (c *check) writeField(lines []extent, p *Part, v Value) []extent {
	from, w := len(c.words), c.words
	if len(lines) > 0 {
		w = append(w, '\n')
	}
	line := len(w)
	w = append(w, p.Name...)
	if p.Name == "" {
		w = append(w, p.Kind...)
	}
	if v.Times == 0 {
		c.words = append(w, " is not there and left out"...)
	} else {
		c.words = append(w, ' ')
		c.writeSafe(v.Text)
	}
	if v.Times > 0 && v.Raw {
		c.write(" (not a JSON string: its raw JSON counts)")
	}
	for _, other := range lines {
		if bytes.Equal(c.words[other.from:other.to], c.words[line:]) {
			c.words = c.words[:from]
			return lines
		}
	}
	return append(lines, extent{line, len(c.words)})
}

// noteText shows what was hashed.
func (c *check) noteText(t *text) {
	if c.quiet {
		return
	}
	from := len(c.words)
	c.writeText(t)
	c.noted(true, "Signed text", from)
}

// textInWords shows what was hashed.
func (c *check) textInWords(t text) string {
	from := len(c.words)
	c.writeText(&t)
	return c.taken(from)
}

// writeText has dots for the secret.
func (c *check) writeText(t *text) {
	for i := range t.pieces {
		p := &t.pieces[i]
		if p.secret {
			c.write(dots)
			continue
		}
		c.writeSafeBytes(p.bytes)
		if p.part.Kind == PartBody && len(p.bytes) > maxShown {
			w := strconv.AppendInt(append(c.words, " (body of "...), int64(len(p.bytes)), 10)
			c.words = append(w, " bytes)"...)
		}
	}
}

// writeSafe writes what safe makes of a value.
func (c *check) writeSafe(text string) {
	if len(text) > maxShown || !plain(text) || c.tellsSecret(text) {
		text = c.safe(text)
	}
	c.write(text)
}

func (c *check) tellsSecret(text string) bool {
	for i := range c.hidden {
		if strings.Contains(text, c.hidden[i].text) {
			return true
		}
	}
	return false
}

// writeSafeBytes writes what safe makes of bytes, which are copied only as far
// as they are shown.
func (c *check) writeSafeBytes(b []byte) {
	seen := b[:min(len(b), c.window)]
	shown := seen[:min(len(seen), maxShown)]
	asIs := plain(shown)
	for i := 0; asIs && i < len(c.hidden); i++ {
		asIs = !bytes.Contains(seen, c.hidden[i].bytes)
	}
	switch {
	case !asIs:
		c.write(c.safe(string(seen)))
	case len(seen) > maxShown:
		c.words = append(append(c.words, shown[:maxShown-1]...), "…"...)
	default:
		c.words = append(c.words, shown...)
	}
}

// writeShort shows both ends of a signature.
func (c *check) writeShort(text string) {
	if len(text) <= 20 || len(text) > maxShown || !plain(text) || c.tellsSecret(text) {
		c.write(c.short(text))
		return
	}
	w := append(append(c.words, text[:8]...), "…"...)
	c.words = append(w, text[len(text)-6:]...)
}

func (c *check) short(text string) string {
	text = c.safe(text)
	if len(text) > 20 && len(text) <= maxShown && plain(text) {
		return text[:8] + "…" + text[len(text)-6:]
	}
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
