package signature

import (
	"net/url"
	"strings"
)

// readSignatures collects the signatures of the message from every place where
// one may stand.
func (c *check) readSignatures() Outcome {
	step := stepHeader
	if c.At[0].Kind != PartHeader {
		step = stepSignature
	}
	where := ""
	var first, wrong *fault
	for i := range c.At {
		at := &c.At[i]
		one, values, times := c.fields.standing(at)
		if times == 0 {
			continue
		}
		if times > 1 && !c.Repeated && !at.numbered() {
			f := c.twice(*at, times)
			c.fail(step, f)
			return Malformed
		}
		for i := range times {
			if i > 0 {
				one = values[i-1]
			}
			wrong = c.readValue(at, one)
			if first == nil {
				first = wrong
			}
			if len(c.found) > maxSignatures {
				break
			}
			if wrong != nil && len(c.found) > 0 {
				c.note(false, step, wrong.evidence+"; the others count")
			}
		}
		if where != "" {
			where += ", " + at.Name
		} else {
			where = at.Name
		}
	}
	switch {
	case where == "":
		at, want := c.placesInWords(), c.expects()
		c.fail(step, fault{aboutSignature, at, want, "", at + " is not there: expected " + want})
		return Missing
	case len(c.found) == 0 || len(c.found) > maxSignatures:
		c.fail(step, *first)
		return Malformed
	}
	if !c.quiet {
		c.noteFound(step, where)
	}
	return ""
}

// noteFound adds the step on where signatures are, and of what kind.
func (c *check) noteFound(step, where string) {
	if c.plan.finds(where, c.found) {
		c.note(true, step, c.plan.says)
		return
	}
	from := len(c.words)
	c.writeFound(where)
	c.noted(true, step, from)
}

func (c *check) twice(at Part, n int) fault {
	where := at.inWords()
	return fault{aboutSignature, where, "one signature", "it " + times(n), where + " stands there " + times(n) + ": expected once"}
}

// readValue adds the signatures of one value, and tells what is wrong with it
// when it has none.
func (c *check) readValue(at *Part, value string) *fault {
	var want, got string
	switch {
	case len(c.found) > maxSignatures:
		want, got = c.tooMany()
	case c.List.isZero():
		want, got = c.readWhole(strings.TrimSpace(value))
	default:
		want, got = c.readList(value)
	}
	if want == "" {
		return nil
	}
	where := at.inWords()
	return &fault{aboutSignature, where, want, got, where + ": expected " + want + ", got " + got}
}

func (c *check) tooMany() (want, got string) {
	return "a few signatures", "more than " + itoa(maxSignatures) + " signatures"
}

// readWhole returns what was expected and what stands there when the value is
// no signature, nothing when it is.
func (c *check) readWhole(value string) (want, got string) {
	rest, ok := c.cut(value)
	if ok {
		if b, ok := c.decode(rest); ok {
			if len(c.found) == maxSignatures {
				c.found = append(c.found, found{})
				return c.tooMany()
			}
			c.found = append(c.found, found{"", rest, b})
			return "", ""
		}
	}
	return c.expects(), c.quote(value)
}

// readList is readWhole for a list.
func (c *check) readList(value string) (want, got string) {
	// Some room beside the signatures: a timestamp and keys of later versions.
	pairs := c.room.pairs[:0]
	if len(c.pairs) > 0 { // they are those of an earlier value
		pairs = nil
	}
	pairs, more := c.List.appendPairs(pairs, value, maxSignatures+16)
	if len(c.pairs) == 0 {
		c.pairs = pairs
	}
	signs, before, bad := 0, len(c.found), ""
	for i := range pairs {
		p := &pairs[i]
		if !c.List.signs(p.key) || c.Timestamp.At.Kind == PartKey && p.key == c.Timestamp.At.Name {
			continue
		}
		if signs++; signs+before > maxSignatures {
			c.found = make([]found, maxSignatures+1)
			return c.tooMany()
		}
		rest, ok := c.cut(c.List.cut(p.value))
		b, fits := c.decode(rest)
		if !ok || !fits {
			bad = p.key + " " + c.quote(p.value)
			continue
		}
		c.found = append(c.found, found{p.key, rest, b})
	}
	switch {
	case more:
		c.found = c.found[:before]
		return c.expects(), "more than " + itoa(maxSignatures+16) + " parts"
	case signs == 0:
		return c.expects(), "no " + c.List.inWords() + " in " + c.quote(value)
	case len(c.found) == before:
		return c.expects(), bad
	case bad != "":
		c.note(false, "Signature in the list", bad+": expected "+c.how.shape(c)+"; the others count")
	}
	return "", ""
}

// cut takes off what stands around a signature.
func (c *check) cut(value string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(value, c.Prefix)
	if !ok && !c.PrefixOptional {
		return value, false
	}
	if c.Suffix != "" {
		rest, _, _ = strings.Cut(rest, c.Suffix)
	}
	if c.Unescape {
		plain, err := url.PathUnescape(rest)
		if err != nil {
			return rest, false
		}
		rest = plain
	}
	return rest, true
}

// decode reads one signature; it must have a length that the method gives.
func (c *check) decode(text string) ([]byte, bool) {
	if len(text) > maxSignature {
		return nil, false
	}
	if c.Encoding != HexOrBase64 {
		return c.decodeAs(c.Encoding, text)
	}
	if b, ok := c.decodeAs(Hex, text); ok {
		return b, true
	}
	return c.decodeAs(Base64, text)
}

func (c *check) decodeAs(e Encoding, text string) ([]byte, bool) {
	from := len(c.copies)
	out, err := e.appendDecoded(c.copies, text)
	if err != nil || !c.how.fits(c, len(out)-from) {
		return nil, false
	}
	c.copies = out
	return out[from:len(out):len(out)], true
}

// maxSignature is the length of the longest signature that is read, as text:
// twice what RSA with 16,384 bits needs in hex.
const maxSignature = 8 << 10

// signatures returns what stands at p, of a header each of its values, and how
// often it stands there.
func (f *Fields) signatures(p Part) (values []string, times int) {
	first, others, times := f.standing(&p)
	if times == 0 {
		return nil, 0
	}
	return append([]string{first}, others...), times
}

// standing returns what stands at p, and how often: the first value and, of a
// header, the others, up to a few more than may stand there.
func (f *Fields) standing(p *Part) (first string, others []string, times int) {
	if p.Kind != PartHeader || len(p.Filters) > 0 {
		v := f.Get(*p)
		if v.Times == 0 || v.Null {
			return "", nil, 0
		}
		return v.Text, make([]string, v.Times-1), v.Times
	}
	h := f.m.Header
	for i := p.nextIn(h, 0); i < len(h); i = p.nextIn(h, i+1) {
		switch times++; {
		case times == 1:
			first = h[i].Value
		case times <= maxSignatures+2:
			others = append(others, h[i].Value)
		}
	}
	return first, others, min(times, maxSignatures+2)
}

// nextIn is where the first header that p means stands at or behind i.
func (p *Part) nextIn(h Header, i int) int {
	if !p.numbered() {
		return h.next(p.Name, i)
	}
	for i < len(h) && !p.names(h[i].Name) {
		i++
	}
	return i
}

// names tells whether a header called name is the one that p means.
func (p *Part) names(name string) bool {
	if sameName(name, p.Name) {
		return true
	}
	stem, open := strings.CutSuffix(p.Name, "*")
	return open && len(name) > len(stem) && sameName(name[:len(stem)], stem) && digits(name[len(stem):])
}
