package rows

import (
	"image/color"
	"maps"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

const (
	codeTop    = 8  // space above the first line and below the last
	codeSide   = 10 // space beside gutter and text
	lineExtra  = 3  // space between lines
	drawBeyond = 48 // columns drawn on either side of what is seen
)

// CodeView shows a Document: coloured lines with their numbers, of which only
// the part on screen is ever drawn. Text is selected by dragging, by double
// tap, by Shift and arrows or by Ctrl+A, and copied with Ctrl+C, byte for byte.
type CodeView struct {
	widget.BaseWidget
	// Rows is the least height in lines; 0 is three.
	Rows int
	// OnOverscroll is offered the wheel when everything is seen already, so
	// that a small view inside a scrolled pane does not swallow it.
	OnOverscroll func(*fyne.ScrollEvent)
	// OnMenu adds to the menu of the second button; offset is the place under
	// the pointer.
	OnMenu func(offset int) []*fyne.MenuItem
	// OnShortcut is offered the shortcuts that the view does not use.
	OnShortcut func(fyne.Shortcut)
	// OnCopied is told of what was put on the clipboard.
	OnCopied func(text string)

	doc          *Document
	down, across axis
	cell, line   float32 // width of a column, height of a line

	selection
	marks   [allMarks][]Span
	focused bool
	shift   bool
	pull    pull

	gutter *canvas.Rectangle
	strip  *canvas.Rectangle // marks a focused view
	nums   *fyne.Container
	texts  *fyne.Container
	barV   *bar
	barH   *bar
	used   map[int]*codeLine
	free   []*codeLine
}

// NewCode returns an empty view.
func NewCode() *CodeView {
	v := &CodeView{
		doc: NewDocument(nil, Plain), used: map[int]*codeLine{},
		down: axis{unit: 1}, across: axis{unit: 1},
		gutter: canvas.NewRectangle(nil), strip: canvas.NewRectangle(nil), nums: &fyne.Container{}, texts: &fyne.Container{},
	}
	v.barV = newBar(&v.down, false, v.moved)
	v.barH = newBar(&v.across, true, v.moved)
	v.ExtendBaseWidget(v)
	return v
}

// SetDocument shows d from its start, with nothing selected.
func (v *CodeView) SetDocument(d *Document) {
	v.doc = d
	v.selection, v.marks = selection{}, [allMarks][]Span{}
	v.down.first, v.down.part, v.across.first, v.across.part = 0, 0, 0, 0
	v.Refresh()
}

// Document returns what is shown.
func (v *CodeView) Document() *Document { return v.doc }

// SetText makes a Document of a small text and shows it.
func (v *CodeView) SetText(text []byte, kind Kind) { v.SetDocument(NewDocument(text, kind)) }

// MinSize is the height of Rows lines and room for a few columns.
func (v *CodeView) MinSize() fyne.Size {
	v.measure()
	rows := v.Rows
	if rows == 0 {
		rows = 3
	}
	return fyne.NewSize(160, float32(rows)*v.line+2*codeTop)
}

// measure asks the theme for the size of a character.
func (v *CodeView) measure() {
	const many = "0000000000000000000000000000000000000000000000000000000000000000"
	size := v.Theme().Size(look.SizeCode)
	all := fyne.MeasureText(many, size, fyne.TextStyle{Monospace: true})
	v.cell = all.Width / float32(len(many))
	v.line = all.Height + lineExtra
	v.down.unit, v.across.unit = v.line, v.cell
}

// gutterWidth is the room for line numbers.
func (v *CodeView) gutterWidth() float32 {
	digits := 1 + int(math.Log10(float64(max(1, v.doc.Lines()))))
	return float32(max(2, digits))*v.cell + 2*codeSide
}

// arrange gives the axes their room, bars included.
func (v *CodeView) arrange() {
	size := v.Size()
	v.down.count, v.across.count = v.doc.Lines(), v.doc.width+1
	v.across.room = max(0, size.Width-v.gutterWidth()-2*codeSide)
	v.down.room = max(0, size.Height-2*codeTop)
	if !v.across.fits() {
		v.down.room = max(0, v.down.room-barThick+codeTop)
	}
	v.down.clamp()
	v.across.clamp()
	v.barV.Hidden, v.barH.Hidden = v.down.fits(), v.across.fits()
	v.barV.Move(fyne.NewPos(size.Width-barThick, 0))
	v.barV.Resize(fyne.NewSize(barThick, size.Height))
	v.barH.Move(fyne.NewPos(v.gutterWidth(), size.Height-barThick))
	v.barH.Resize(fyne.NewSize(max(0, size.Width-v.gutterWidth()-barThick), barThick))
	v.gutter.Resize(fyne.NewSize(v.gutterWidth(), size.Height))
	v.strip.Resize(fyne.NewSize(2, size.Height))
}

// moved draws the view at its new place.
func (v *CodeView) moved() {
	v.place()
	v.barV.Refresh()
	v.barH.Refresh()
	canvas.Refresh(v.texts)
}

// place puts the lines that are seen where they belong.
func (v *CodeView) place() {
	from, to := v.down.seen()
	// The space above and below shows lines too, once the view is scrolled.
	if v.down.first > 0 || v.down.part > 0 {
		from = max(0, from-1)
	}
	to = min(to+1, v.doc.Lines())
	v.retire(from, to)
	for i := from; i < to; i++ {
		v.put(v.take(i), i)
	}
}

// retire frees the lines outside from to to, the last one first, so that what
// is drawn by what does not depend on the order of a map.
func (v *CodeView) retire(from, to int) {
	for _, i := range slices.Backward(slices.Sorted(maps.Keys(v.used))) {
		if l := v.used[i]; i < from || i >= to {
			delete(v.used, i)
			l.hide()
			v.free = append(v.free, l)
		}
	}
}

// take returns what draws line i, used again if possible.
func (v *CodeView) take(i int) *codeLine {
	if l, on := v.used[i]; on {
		return l
	}
	var l *codeLine
	if n := len(v.free); n > 0 {
		l, v.free = v.free[n-1], v.free[:n-1]
		l.show()
	} else {
		l = newCodeLine()
		v.texts.Objects = append(v.texts.Objects, l.box)
		v.nums.Objects = append(v.nums.Objects, l.number, l.edge)
	}
	v.used[i] = l
	return l
}

// color is the theme's colour called name.
func (v *CodeView) color(name fyne.ThemeColorName) color.Color {
	return v.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}

// textLeft is where column 0 stands when nothing is scrolled away.
func (v *CodeView) textLeft() float32 { return v.gutterWidth() + codeSide }

// CreateRenderer is called by the toolkit.
func (v *CodeView) CreateRenderer() fyne.WidgetRenderer {
	v.ExtendBaseWidget(v)
	v.measure()
	return newCodeRenderer(v)
}
