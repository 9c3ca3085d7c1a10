package rows

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/ui/look"
)

// edgeWidth is the breadth of the strip beside a covered line.
const edgeWidth = 3

// codeLine draws one line: its number, its selection, and a text for each run
// of one colour.
type codeLine struct {
	box    *fyne.Container // marks, selection and texts, at columns from base on
	under  *fyne.Container // the marks
	marks  []*canvas.Rectangle
	edge   *canvas.Rectangle // beside the number of a line that a signature protects
	sel    *canvas.Rectangle
	number *canvas.Text
	texts  []*canvas.Text
	drawn  bool
	base   int // the column at which the box begins
	end    int // the column up to which it is drawn
}

func newCodeLine() *codeLine {
	l := &codeLine{under: &fyne.Container{}, edge: canvas.NewRectangle(nil), sel: canvas.NewRectangle(nil), number: canvas.NewText("", nil)}
	l.number.Alignment = fyne.TextAlignTrailing
	l.box = &fyne.Container{Objects: []fyne.CanvasObject{l.under, l.sel}}
	return l
}

func (l *codeLine) hide() {
	l.drawn = false
	l.box.Hide()
	l.number.Hide()
	l.edge.Hide()
}

func (l *codeLine) show() {
	l.box.Show()
	l.number.Show()
}

// put draws line i where it belongs, anew only if it has to.
func (v *CodeView) put(l *codeLine, i int) {
	from, to := v.across.seen()
	if !l.drawn || from < l.base || to > l.end && l.end < v.across.count {
		v.draw(l, i, max(0, from-drawBeyond), min(v.across.count, to+drawBeyond))
	}
	y := codeTop + v.down.place(i)
	l.box.Move(fyne.NewPos(float32(l.base-v.across.first)*v.cell-v.across.part, y))
	l.box.Resize(fyne.NewSize(float32(l.end-l.base)*v.cell, v.line))
	l.number.Move(fyne.NewPos(codeSide, y+lineExtra/2))
	l.number.Resize(fyne.NewSize(v.gutterWidth()-2*codeSide, v.line))
	l.edge.Move(fyne.NewPos(v.gutterWidth()-edgeWidth, y))
	l.edge.Resize(fyne.NewSize(edgeWidth, v.line))
	v.paintMarks(l, i)
	v.shade(l, i)
}

// draw makes the texts of the columns from base to end of line i.
func (v *CodeView) draw(l *codeLine, i, base, end int) {
	l.drawn, l.base, l.end = true, base, end
	size := v.Theme().Size(look.SizeCode)
	l.number.Text, l.number.TextSize, l.number.TextStyle.Monospace = fmt.Sprint(i+1), size, true
	l.number.Color = v.color(look.ColorMuted)
	l.number.Refresh()
	n := 0
	for p := range v.doc.pieces(i, base, end) {
		t := l.text(n)
		n++
		t.Text, t.TextSize, t.TextStyle.Monospace = p.text, size, true
		t.Color = v.color(p.token.color())
		t.Move(fyne.NewPos(float32(p.column-base)*v.cell, lineExtra/2))
		t.Resize(fyne.NewSize(float32(p.span)*v.cell, v.line-lineExtra))
		t.Hidden = false
		t.Refresh()
	}
	for _, t := range l.texts[n:] {
		t.Hidden = true
		t.Text = ""
	}
}

// text returns the nth text of the line.
func (l *codeLine) text(n int) *canvas.Text {
	if n == len(l.texts) {
		t := canvas.NewText("", nil)
		l.texts = append(l.texts, t)
		l.box.Objects = append(l.box.Objects, t)
	}
	return l.texts[n]
}

// shade draws the selected part of line i.
func (v *CodeView) shade(l *codeLine, i int) {
	from, to := v.selected()
	start := v.doc.start(i)
	end := start + len(v.doc.Line(i))
	l.sel.Hidden = from == to || to <= start || from > end
	if l.sel.Hidden {
		return
	}
	first := max(l.base, v.doc.columnOf(i, max(from, start)))
	last := v.doc.columnOf(i, min(to, end))
	if to > end { // the line end is selected too
		last++
	}
	last = min(l.end, last)
	l.sel.FillColor = v.color(look.ColorCodeSelect)
	l.sel.Move(fyne.NewPos(float32(first-l.base)*v.cell, 0))
	l.sel.Resize(fyne.NewSize(max(0, float32(last-first)*v.cell), v.line))
	l.sel.Refresh()
}
