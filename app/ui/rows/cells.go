package rows

import (
	"fmt"
	"iter"
	"unicode"
	"unicode/utf8"

	textwidth "golang.org/x/text/width"
)

// tabStop is how many columns a tab reaches to the next multiple of.
const tabStop = 4

// maxMarks is how many combining marks may stand on one letter; a hostile
// pile of them would be drawn all over the neighbours.
const maxMarks = 3

// cell is one character of a line and the columns that it takes.
type cell struct {
	offset, size int    // in the bytes walked
	column, span int    // where it stands and how many columns it takes
	text         string // what is drawn
	strange      bool   // text is an escape, because the character cannot be shown
	wide         bool
}

// walk yields the characters of text, the first of which stands at column.
func walk(text []byte, column int) iter.Seq[cell] {
	return func(yield func(cell) bool) {
		piled := 0
		for at := 0; at < len(text); {
			c := cell{offset: at, column: column}
			r, size := rune(text[at]), 1
			if r >= utf8.RuneSelf {
				r, size = utf8.DecodeRune(text[at:])
			}
			c.size = size
			if r >= 0x300 && unicode.In(r, unicode.Mn, unicode.Me) {
				piled++
			} else {
				piled = 0
			}
			c.draw(text[at:at+size], r, piled)
			if !yield(c) {
				return
			}
			at += size
			column += c.span
		}
	}
}

// draw decides what stands on screen for r.
func (c *cell) draw(raw []byte, r rune, piled int) {
	switch {
	case r >= ' ' && r < 0x7f:
		c.text, c.span = ascii[r-' ':r-' '+1], 1
	case r == '\t':
		c.span = tabStop - c.column%tabStop
		c.text = "    "[:c.span]
	case r == utf8.RuneError && len(raw) == 1, r < ' ', r == 0x7f:
		c.escape(fmt.Sprintf(`\x%02x`, raw[0]))
	case piled > 0 && piled <= maxMarks:
		c.text = string(r)
	case piled > 0, !unicode.IsGraphic(r), unicode.Is(unicode.Zs, r) && r != 0xa0:
		c.escape(fmt.Sprintf(`\u%04x`, r))
	default:
		c.text, c.span = string(r), 1
		if k := textwidth.LookupRune(r).Kind(); k == textwidth.EastAsianWide || k == textwidth.EastAsianFullwidth {
			c.span, c.wide = 2, true
		}
	}
}

func (c *cell) escape(text string) { c.text, c.span, c.strange = text, len(text), true }

// ascii holds the printable characters, so that drawing one allocates nothing.
const ascii = ` !"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_` + "`abcdefghijklmnopqrstuvwxyz{|}~"

// width is the columns that text takes when it begins at column.
func width(text []byte, column int) int {
	if printable(text) {
		return len(text)
	}
	end := column
	for c := range walk(text, column) {
		end = c.column + c.span
	}
	return end - column
}

// printable tells whether every byte is a character of one column.
func printable(text []byte) bool {
	for _, b := range text {
		if b < ' ' || b >= 0x7f {
			return false
		}
	}
	return true
}

// columnOf is the column at which the character at offset begins.
func (d *Document) columnOf(line, offset int) int {
	start := d.start(line)
	m := d.markAt(line, start, -1, offset)
	offset = min(offset, start+len(d.Line(line)))
	return int(m.column) + width(d.body[m.offset:max(int(m.offset), offset)], int(m.column))
}

// offsetAt is the offset of the character boundary nearest to a column.
func (d *Document) offsetAt(line int, column float32) int {
	start := d.start(line)
	end := start + len(d.Line(line))
	m := d.markAt(line, start, max(0, int(column)), 0)
	for c := range walk(d.body[m.offset:end], int(m.column)) {
		if float32(c.column)+float32(c.span)/2 > column && c.span > 0 {
			return int(m.offset) + c.offset
		}
	}
	return end
}
