package detail

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/app/ui/outline"
)

const (
	treeIndent  = 16  // breadth of a level
	treeDeepest = 20  // levels that are indented; the rest stand under the last
	treeArrow   = 18  // breadth of the arrow
	treeName    = 360 // most breadth of a name
)

// treeRow is one value: an arrow if it opens, its name, its value, a remark.
type treeRow struct {
	widget.BaseWidget
	arrow *foldArrow
	mark  *canvas.Rectangle // a signature covers it
	name  *look.Text
	value *look.Text
	note  *look.Text
	depth int
}

func newTreeRow(turn func(row int)) *treeRow {
	r := &treeRow{
		arrow: newFoldArrow(turn), mark: canvas.NewRectangle(nil),
		name: look.NewCode("", look.ColorCodeKey), value: look.NewCode("", ""),
		note: look.NewStyled("", look.ColorMuted, look.SizeSmall, fyne.TextStyle{}),
	}
	r.note.Cut = true
	r.ExtendBaseWidget(r)
	return r
}

func (r *treeRow) fill(row int, n outline.Node, depth int, open, covered bool) {
	r.depth = min(depth, treeDeepest)
	r.arrow.set(row, n.Opens, open)
	r.mark.Hidden = !covered
	r.name.SetText(nodeName(n))
	r.value.Set(n.Value, classColor(n.Class))
	if open {
		r.value.Set("", "")
	}
	r.note.SetText(n.Remark)
	r.Refresh()
}

func classColor(c outline.Class) fyne.ThemeColorName {
	switch c {
	case outline.Number:
		return look.ColorCodeNumber
	case outline.Word:
		return look.ColorCodeWord
	case outline.Group:
		return look.ColorMuted
	}
	return look.ColorCodeString
}

// CreateRenderer is called by the toolkit.
func (r *treeRow) CreateRenderer() fyne.WidgetRenderer {
	r.ExtendBaseWidget(r)
	return &treeRowRenderer{row: r}
}

type treeRowRenderer struct{ row *treeRow }

func (t *treeRowRenderer) MinSize() fyne.Size { return fyne.NewSize(80, treeRowHeight) }

func (t *treeRowRenderer) Layout(size fyne.Size) {
	r := t.row
	x := float32(8 + r.depth*treeIndent)
	r.mark.Move(fyne.NewPos(0, 0))
	r.mark.Resize(fyne.NewSize(size.Width, size.Height))
	r.arrow.Move(fyne.NewPos(x, 0))
	r.arrow.Resize(fyne.NewSize(treeArrow, size.Height))
	x += treeArrow
	put := func(text *look.Text, most float32) {
		room := max(0, min(most, size.Width-x-14))
		wide := fyne.MeasureText(text.Text, r.Theme().Size(text.SizeName), text.Style).Width + 1
		high := text.MinSize().Height
		text.Move(fyne.NewPos(x, (size.Height-high)/2))
		text.Resize(fyne.NewSize(min(wide, room), high))
		if text.Text != "" {
			x += min(wide, room) + 10
		}
	}
	put(r.name, treeName)
	note := fyne.MeasureText(r.note.Text, r.Theme().Size(r.note.SizeName), r.note.Style).Width
	if r.note.Text != "" {
		put(r.value, max(60, size.Width-x-note-24))
	} else {
		put(r.value, size.Width)
	}
	put(r.note, size.Width)
}

func (t *treeRowRenderer) Refresh() {
	r := t.row
	th, variant := r.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.mark.FillColor = th.Color(look.ColorGoodSoft, variant)
	r.mark.StrokeColor, r.mark.StrokeWidth = th.Color(look.ColorGood, variant), 1
	t.Layout(r.Size())
	canvas.Refresh(r)
}

func (t *treeRowRenderer) Objects() []fyne.CanvasObject {
	r := t.row
	return []fyne.CanvasObject{r.mark, r.arrow, r.name, r.value, r.note}
}

func (t *treeRowRenderer) Destroy() {}

// foldArrow is the arrow before a value that opens: press it to open or shut.
type foldArrow struct {
	widget.BaseWidget
	turn func(row int)
	row  int
	open bool
}

var _ desktop.Cursorable = (*foldArrow)(nil)

func newFoldArrow(turn func(row int)) *foldArrow {
	a := &foldArrow{turn: turn}
	a.ExtendBaseWidget(a)
	return a
}

func (a *foldArrow) set(row int, opens, open bool) {
	a.row, a.open, a.Hidden = row, open, !opens
	a.Refresh()
}

// Tapped opens or shuts the value.
func (a *foldArrow) Tapped(*fyne.PointEvent) { a.turn(a.row) }

// Cursor is a hand.
func (a *foldArrow) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is called by the toolkit.
func (a *foldArrow) CreateRenderer() fyne.WidgetRenderer {
	a.ExtendBaseWidget(a)
	return &foldArrowRenderer{arrow: a, sign: canvas.NewText("", nil)}
}

type foldArrowRenderer struct {
	arrow *foldArrow
	sign  *canvas.Text
}

func (f *foldArrowRenderer) MinSize() fyne.Size { return fyne.NewSize(treeArrow, treeRowHeight) }

func (f *foldArrowRenderer) Layout(size fyne.Size) { f.sign.Resize(size) }

func (f *foldArrowRenderer) Refresh() {
	f.sign.Text = "▸"
	if f.arrow.open {
		f.sign.Text = "▾"
	}
	f.sign.TextStyle.Monospace = true
	f.sign.TextSize = f.arrow.Theme().Size(theme.SizeNameText)
	f.sign.Color = f.arrow.Theme().Color(look.ColorMuted, fyne.CurrentApp().Settings().ThemeVariant())
	f.sign.Refresh()
}

func (f *foldArrowRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{f.sign} }
func (f *foldArrowRenderer) Destroy()                     {}
