package rows

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/ui/look"
)

// Span is a range of bytes of a document: [From, To).
type Span struct{ From, To int32 }

// Mark is what a marked place means.
type Mark int

// The marks, in the order in which they are drawn over each other. Each differs
// from the others and from plain text in more than its colour: a line below, a
// frame, a strip beside the line numbers.
const (
	Covered Mark = iota // a signature protects it
	Found               // a search found it
	Fault               // reading stopped here
	allMarks
)

// SetMarks marks places, which must be in order and not overlap; they are those
// of the document that is shown, and SetDocument forgets them. A Covered mark
// over the whole document is drawn beside the lines only.
func (v *CodeView) SetMarks(m Mark, spans []Span) {
	v.marks[m] = spans
	for i, l := range v.used {
		v.paintMarks(l, i)
	}
	canvas.Refresh(v.texts)
	canvas.Refresh(v.nums)
}

// Marks returns the marked places.
func (v *CodeView) Marks(m Mark) []Span { return v.marks[m] }

// within returns the marks that reach into [from, to).
func within(spans []Span, from, to int) []Span {
	first := sort.Search(len(spans), func(i int) bool { return int(spans[i].To) > from })
	n := sort.Search(len(spans)-first, func(i int) bool { return int(spans[first+i].From) >= to })
	return spans[first : first+n]
}

// mostMarks bounds the marks drawn on one line: no screen shows more.
const mostMarks = 256

// paintMarks draws the marks of line i between the columns of l.
func (v *CodeView) paintMarks(l *codeLine, i int) {
	l.edge.Hidden, l.under.Hidden = true, true
	if len(v.marks[Covered])+len(v.marks[Found])+len(v.marks[Fault]) == 0 {
		return
	}
	start := v.doc.start(i)
	end := start + len(v.doc.Line(i))
	from, to := start, end
	if len(v.doc.marks[int32(start)]) > 0 { // a long line: only what is drawn of it
		from, to = v.doc.offsetAt(i, float32(l.base)), v.doc.offsetAt(i, float32(l.end))
	}
	n := 0
	for m := range allMarks {
		if m == Covered && v.coversAll() {
			continue
		}
		spans := within(v.marks[m], from, max(to, from+1))
		for _, s := range spans[:min(len(spans), mostMarks)] {
			first := max(l.base, v.doc.columnOf(i, max(int(s.From), from)))
			last := min(l.end, max(first+1, v.doc.columnOf(i, min(int(s.To), to))))
			if last <= first {
				continue
			}
			n = v.paintMark(l, m, n, float32(first-l.base)*v.cell, float32(last-first)*v.cell)
		}
	}
	for _, r := range l.marks[n:] {
		r.Hidden = true
	}
	l.under.Hidden = n == 0
	l.edge.Hidden = len(within(v.marks[Covered], start, max(end, start+1))) == 0
	l.edge.FillColor = v.color(look.ColorGood)
}

// coversAll tells whether a signature protects the whole document.
func (v *CodeView) coversAll() bool {
	spans := v.marks[Covered]
	return len(spans) == 1 && spans[0].From == 0 && int(spans[0].To) >= len(v.doc.body)
}

// paintMark draws a mark with the rectangles from number n on and returns the
// number of the next one.
func (v *CodeView) paintMark(l *codeLine, m Mark, n int, x, breadth float32) int {
	fill, line := look.ColorGoodSoft, look.ColorGood
	switch m {
	case Found:
		fill, line = look.ColorCautionSoft, look.ColorCaution
	case Fault:
		fill, line = look.ColorBadSoft, look.ColorBad
	}
	back := l.rectangle(n)
	back.FillColor, back.StrokeWidth = v.color(fill), 0
	back.Move(fyne.NewPos(x, 0))
	back.Resize(fyne.NewSize(breadth, v.line))
	if m == Found {
		back.StrokeColor, back.StrokeWidth = v.color(line), 1
		return n + 1
	}
	below := l.rectangle(n + 1)
	below.FillColor, below.StrokeWidth = v.color(line), 0
	thick := float32(1)
	if m == Fault {
		thick = 3
	}
	below.Move(fyne.NewPos(x, v.line-thick))
	below.Resize(fyne.NewSize(breadth, thick))
	return n + 2
}

// rectangle returns the nth rectangle of the line, seen.
func (l *codeLine) rectangle(n int) *canvas.Rectangle {
	for n >= len(l.marks) {
		r := canvas.NewRectangle(nil)
		l.marks = append(l.marks, r)
		l.under.Objects = append(l.under.Objects, r)
	}
	l.marks[n].Hidden = false
	return l.marks[n]
}

// ShowFault marks the byte at an offset, or the last one, as the place where
// reading stopped, and scrolls to it.
func (v *CodeView) ShowFault(offset int) {
	if len(v.doc.body) == 0 {
		return
	}
	offset = min(max(0, offset), len(v.doc.body)-1)
	v.SetMarks(Fault, []Span{{int32(offset), int32(offset + 1)}})
	v.reveal(offset)
	v.centre(v.doc.lineOf(offset))
}

// centre brings a line near the middle of the view.
func (v *CodeView) centre(line int) {
	v.down.seek(float64(line)*float64(v.line) - float64(v.down.room)/2)
	v.moved()
}

// ShowSpan selects a range of bytes and scrolls to it.
func (v *CodeView) ShowSpan(from, to int) {
	line := v.doc.lineOf(min(max(0, from), len(v.doc.body)))
	first, last := v.down.seen()
	seen := line >= first && line < last-1
	v.reveal(min(to, len(v.doc.body)))
	v.SelectBytes(from, to)
	if !seen {
		v.centre(line)
	}
}

// Caret is the offset to which the selection was taken, or where the view was
// pressed.
func (v *CodeView) Caret() int { return v.caret }
