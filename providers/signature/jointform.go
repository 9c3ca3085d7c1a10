package signature

import (
	"bytes"
	"slices"
	"strings"
)

// otherForm is a documented form, other than that of t, whose parts could come
// to the same text; nil when there is none. Forms that sign a single part are
// left out: as another part it says the same.
func (c *check) otherForm(t *text) Template {
	if len(c.Templates) < 2 {
		return nil
	}
	var stretches [][]byte
	for i := range c.Templates {
		other := c.Templates[i]
		if other.sameParts(t.template) || len(other) == 1 && (len(t.template) == 1 || other[0].ends("members")) {
			continue // the names of members are signed with their values
		}
		if stretches == nil {
			stretches = t.stretches()
		}
		if c.fits(stretches, other) {
			return other
		}
	}
	return nil
}

// sameParts tells whether t and other have the same parts in the same order,
// whatever filters change and literals stand around.
func (t Template) sameParts(other Template) bool {
	i, k := 0, 0
	for {
		for i < len(t) && t[i].Kind == PartLiteral {
			i++
		}
		for k < len(other) && other[k].Kind == PartLiteral {
			k++
		}
		if i == len(t) || k == len(other) {
			return i == len(t) && k == len(other)
		}
		if !t[i].same(other[k]) {
			return false
		}
		i, k = i+1, k+1
	}
}

// stretches are the pieces of a text between secrets, joined.
func (t *text) stretches() [][]byte {
	out := [][]byte{{}}
	for i := range t.pieces {
		p := &t.pieces[i]
		if p.secret {
			out = append(out, []byte{})
			continue
		}
		out[len(out)-1] = append(out[len(out)-1], p.bytes...)
	}
	return out
}

// fits tells whether parts of some message could make t those stretches.
func (c *check) fits(stretches [][]byte, t Template) bool {
	from, n := 0, 0
	for i := range len(t) + 1 {
		if i < len(t) && t[i].Kind != PartSecret {
			continue
		}
		if n == len(stretches) || !c.fitsParts(stretches[n], t[from:i]) {
			return false
		}
		from, n = i+1, n+1
	}
	return n == len(stretches)
}

// fitsParts looks at the literals and times at both ends, then for the literals
// in between.
func (c *check) fitsParts(text []byte, parts []Part) bool {
	for len(parts) > 0 {
		n := c.fixedSize(text, &parts[0], false)
		if n < 0 {
			break
		}
		if n > len(text) {
			return false
		}
		text, parts = text[n:], parts[1:]
	}
	for len(parts) > 0 {
		last := len(parts) - 1
		n := c.fixedSize(text, &parts[last], true)
		if n < 0 {
			break
		}
		if n > len(text) {
			return false
		}
		text, parts = text[:len(text)-n], parts[:last]
	}
	switch {
	case len(parts) == 0:
		return len(text) == 0
	case len(text) == 0 && slices.Contains([]PartKind{PartURL, PartPath, PartTarget, PartMethod, PartTimestamp}, parts[0].Kind):
		return false
	case len(parts) == 1 && parts[0].Kind == PartBody && len(parts[0].Filters) == 0 && c.JSONObject:
		return structured(text)
	}
	for i := range parts {
		if parts[i].Kind == PartLiteral {
			_, behind, found := bytes.Cut(text, []byte(parts[i].Name))
			if !found {
				return false
			}
			text = behind
		}
	}
	return true
}

// fixedSize is how many bytes p takes at one end of text: -1 when that is not
// fixed, more than there are when it cannot stand there.
func (c *check) fixedSize(text []byte, p *Part, atEnd bool) int {
	j := joints{c: c}
	switch {
	case p.hasFilter("empty"):
		return 0
	case p.Kind == PartLiteral && (atEnd && bytes.HasSuffix(text, []byte(p.Name)) || !atEnd && bytes.HasPrefix(text, []byte(p.Name))):
		return len(p.Name)
	case p.Kind == PartLiteral:
		return len(text) + 1
	case p.ends("is") && p.isForm().selfContained() && p.isForm().check(text) == nil:
		return len(text)
	case !j.timed(p) || !j.formed(p):
		return -1
	}
	for n := shortestTime; n <= min(len(text), longestTime); n++ {
		piece := text[:n]
		if atEnd {
			piece = text[len(text)-n:]
		}
		if _, ok := c.Timestamp.Format.parse(string(piece)); ok {
			return n
		}
	}
	return len(text) + 1
}

// The sizes of times that no other time begins or ends with.
const (
	shortestTime = 10
	longestTime  = 40
)

// partsInWords names the parts of t: "url, form".
func (t Template) partsInWords() string {
	var names []string
	for _, p := range t.Parts() {
		if !p.hasFilter("empty") {
			names = append(names, p.where())
		}
	}
	return strings.Join(names, ", ")
}
