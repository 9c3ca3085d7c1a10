package rows

import "iter"

// piece is a run of characters of one token, at a column.
type piece struct {
	column, span int
	text         string
	token        token
}

// span is the end of a token in the bytes lexed.
type spanEnd struct {
	to    int
	token token
}

// pieces yields what is drawn of line i between two columns. The work done is
// bounded by the columns, not by the line.
func (d *Document) pieces(i, from, to int) iter.Seq[piece] {
	start := d.start(i)
	end := start + len(d.Line(i))
	m := d.markAt(i, start, from, 0)
	text := d.body[m.offset:d.far(int(m.offset), end, to-int(m.column))]
	var spans []spanEnd
	lex(d.kind, m.state, text, func(_, to int, t token) { spans = append(spans, spanEnd{to, t}) })
	return func(yield func(piece) bool) {
		var p piece
		for c := range walk(text, int(m.column)) {
			if c.column >= to {
				break
			}
			for len(spans) > 0 && spans[0].to <= c.offset {
				spans = spans[1:]
			}
			if c.column+c.span <= from && c.span > 0 {
				continue
			}
			t := tokenOf(c, spans)
			// A wide character gets a text of its own, because no font draws it
			// exactly two columns wide, and what follows must line up.
			if p.text != "" && (t != p.token || c.wide || p.span < 0) {
				if !yield(p.closed()) {
					return
				}
				p = piece{}
			}
			p.take(c, t)
		}
		if p.text != "" {
			yield(p.closed())
		}
	}
}

// far is where to stop lexing: behind the bytes that can fill the columns, with
// some more to tell a key from a string.
func (d *Document) far(from, end, columns int) int {
	const longestRune = 4
	return min(end, from+longestRune*max(0, columns)+markEvery)
}

func tokenOf(c cell, spans []spanEnd) token {
	switch {
	case c.strange:
		return strange
	case len(spans) == 0:
		return plainText
	}
	return spans[0].token
}

// take adds a character to the piece; a wide one closes it, told by a negative
// span.
func (p *piece) take(c cell, t token) {
	if p.text == "" {
		p.column, p.token = c.column, t
	}
	p.text += c.text
	p.span += c.span
	if c.wide {
		p.span = -p.span
	}
}

func (p piece) closed() piece {
	if p.span < 0 {
		p.span = -p.span
	}
	return p
}
