package rows

import (
	"bytes"
	"math"
)

// Kind is how a document's tokens are found.
type Kind int

// The kinds of document.
const (
	Plain  Kind = iota
	JSON        // as received or indented
	XML         // and HTML
	Form        // a=1&b=2
	Fields      // name = value, one to a line
	HTTP        // a request or response head, then a body
	Hex         // a dump: offset, bytes, characters between bars
)

const (
	// MaxDocument is the most bytes that a Document shows, so that an offset
	// fits an int32. More is cut off.
	MaxDocument = math.MaxInt32 - 1
	// maxStarts bounds the index of lines to 16 MiB. A document of more lines
	// (a hostile one of line ends only) keeps every nth start.
	maxStarts = 4 << 20
	// longLine is from where on a line gets marks, markEvery bytes apart, so
	// that its far end is found without reading its whole length.
	longLine  = 8 << 10
	markEvery = 4 << 10
)

// Document is text cut into lines for a CodeView. It keeps the bytes that it
// was given, once, and nobody may change them after. Making one takes time
// (about 30 ms for 10 MB): make it off the UI goroutine when it is large.
type Document struct {
	body   []byte
	kind   Kind
	lines  int
	stride int              // starts holds the start of every stride-th line
	starts []int32          // byte offsets
	states []uint8          // lexer state at each line's start; nil when always 0
	marks  map[int32][]mark // by the start of a long line
	width  int              // columns of the widest line
}

// mark is a known place inside a long line.
type mark struct {
	offset int32 // in the document
	column int32
	state  uint8
}

// NewDocument cuts body into lines.
func NewDocument(body []byte, kind Kind) *Document {
	if len(body) > MaxDocument {
		body = body[:MaxDocument]
	}
	d := &Document{body: body, kind: kind, marks: map[int32][]mark{}}
	d.lines = 1 + bytes.Count(body, []byte{'\n'})
	d.stride = 1 + (d.lines-1)/maxStarts
	d.starts = make([]int32, 0, 1+d.lines/d.stride)
	if kind.carries() && d.stride == 1 {
		d.states = make([]uint8, 0, d.lines)
	}
	state, start := uint8(0), 0
	for i := range d.lines {
		end := d.endFrom(start)
		state = d.index(i, start, end, state)
		start = end + 1
	}
	return d
}

// index notes one line and returns the lexer state after it.
func (d *Document) index(i, start, end int, state uint8) uint8 {
	if i%d.stride == 0 {
		d.starts = append(d.starts, int32(start))
	}
	if !d.kind.carries() {
		state = 0
	}
	if d.states != nil {
		d.states = append(d.states, state)
	}
	text := trimReturn(d.body[start:end])
	if len(text) > longLine {
		d.marks[int32(start)] = markLine(d.kind, text, int32(start), state)
		last := d.marks[int32(start)]
		m := last[len(last)-1]
		d.width = max(d.width, int(m.column)+width(text[int(m.offset)-start:], int(m.column)))
	} else {
		d.width = max(d.width, width(text, 0))
	}
	if d.states == nil {
		return state
	}
	return lex(d.kind, state, d.body[start:min(end+1, len(d.body))], nil)
}

// markLine finds the marks of a long line; the first is its start.
func markLine(kind Kind, text []byte, start int32, state uint8) []mark {
	marks := []mark{{offset: start, state: state}}
	at, column := 0, 0
	for len(text)-at > markEvery {
		next := at + markEvery
		for next > at+markEvery-4 && text[next]&0xc0 == 0x80 { // not inside a character
			next--
		}
		column += width(text[at:next], column)
		state = lex(kind, state, text[at:next], nil)
		marks = append(marks, mark{offset: start + int32(next), column: int32(column), state: state})
		at = next
	}
	return marks
}

// Lines is the number of lines; an empty document has one.
func (d *Document) Lines() int { return d.lines }

// Bytes returns the document's bytes, not to be changed.
func (d *Document) Bytes() []byte { return d.body }

// start is the offset of the first byte of line i.
func (d *Document) start(i int) int {
	at := int(d.starts[i/d.stride])
	for range i % d.stride {
		at = d.endFrom(at) + 1
	}
	return at
}

// endFrom is the offset of the line end at or after offset.
func (d *Document) endFrom(offset int) int {
	if n := bytes.IndexByte(d.body[offset:], '\n'); n >= 0 {
		return offset + n
	}
	return len(d.body)
}

// Line returns line i without its line end, not to be changed.
func (d *Document) Line(i int) []byte {
	start := d.start(i)
	return trimReturn(d.body[start:d.endFrom(start)])
}

// lineOf is the number of the line that holds offset.
func (d *Document) lineOf(offset int) int {
	low, high := 0, len(d.starts)-1
	for low < high {
		mid := (low + high + 1) / 2
		if int(d.starts[mid]) <= offset {
			low = mid
		} else {
			high = mid - 1
		}
	}
	line := low * d.stride
	return line + bytes.Count(d.body[d.starts[low]:offset], []byte{'\n'})
}

// markAt is the last known place of the line from start at or before the
// column or, when column is negative, the offset.
func (d *Document) markAt(line, start, column, offset int) mark {
	best := mark{offset: int32(start)}
	if d.states != nil {
		best.state = d.states[line]
	}
	marks := d.marks[int32(start)]
	low, high := 0, len(marks)
	for low < high {
		mid := (low + high) / 2
		after := int(marks[mid].column) > column
		if column < 0 {
			after = int(marks[mid].offset) > offset
		}
		if after {
			high = mid
		} else {
			low = mid + 1
		}
	}
	if low > 0 {
		best = marks[low-1]
	}
	return best
}

func trimReturn(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		return line[:n-1]
	}
	return line
}

// Head is a document of the first lines, and at most so many bytes, of d.
func (d *Document) Head(lines, most int) *Document {
	end := len(d.body)
	if lines < d.lines {
		end = max(0, d.start(lines)-1)
	}
	return NewDocument(d.body[:min(end, most)], d.kind)
}
