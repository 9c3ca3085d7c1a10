package detail

import (
	"fmt"

	"shopbell/app/ui/look"
	"shopbell/app/ui/rows"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// The modes of a body, in the order of their buttons.
const (
	modePretty = iota
	modeText
	modeHex
)

// content is a body with what decides how it is read.
type content struct {
	header   signature.Header
	body     []byte
	size     int64 // of the whole body, where less was kept
	provider providers.Provider
	of       string // what the body is called in notes
}

// subject is how a viewer shows the body.
func (c content) subject() subject {
	s := subject{make: c.page, size: len(c.body), reveal: c.reveal}
	if len(encodings(c.header)) > 0 && len(c.body) > 0 {
		s.size = max(s.size, atOnce+1) // a few bytes can become many
	} else if binary(c.body) {
		s.mode = modeHex
	}
	return s
}

func (c content) reveal(shown bool) string {
	if !c.provider.HidesBody() {
		return ""
	}
	return revealWords(c.provider, shown)
}

// page lays the body out in a mode.
func (c content) page(mode int, shown bool) page {
	var notes []string
	say := func(note string) {
		if note != "" {
			notes = append(notes, note)
		}
	}
	if len(c.body) == 0 {
		say(fmt.Sprintf("%s has no body.", c.of))
		return page{doc: rows.NewDocument(nil, rows.Plain), notes: notes}
	}
	if c.size > int64(len(c.body)) {
		say(fmt.Sprintf("Only the first %s were kept.", look.Bytes(int64(len(c.body)))))
	}
	masked := !shown && c.provider.HidesBody()
	if mode == modeHex && !masked {
		p := dump(c.body)
		say(p.note)
		return page{doc: rows.NewDocument(p.text, p.kind), notes: notes}
	}
	read := decode(c.header, c.body)
	say(read.note)
	if masked {
		say(maskedWords(c.provider))
	}
	p := c.laidOut(mode, bodyOrMask(read.body, c.provider, shown))
	say(p.note)
	return page{doc: rows.NewDocument(p.text, p.kind), notes: notes}
}

func (c content) laidOut(mode int, body []byte) prettied {
	kind := kindOf(c.header, body)
	switch mode {
	case modeHex:
		return dump(body)
	case modeText:
		return prettied{text: body, kind: kind}
	}
	return pretty(body, kind)
}
