package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

const (
	dropRow   = 28 // height of a line
	dropLines = 8  // seen at once
	dropFrame = 4  // around the list, for its shadow: what can be scrolled is clipped
	dropEdge  = dropFrame + 4
)

// dropLine is one line of a dropList: what would be typed, and what it means.
type dropLine struct{ label, says string }

// dropList is the list of completions below a field. It is drawn in the window
// and not in front of it, so that the field keeps the keyboard.
type dropList struct {
	widget.BaseWidget
	onTake func(place int)

	lines  []dropLine
	marked int  // -1 is none
	top    int  // the first line seen
	held   bool // the pointer is pressed on it
	seen   [dropLines]dropTexts
}

// dropTexts is what draws one line.
type dropTexts struct{ label, says *look.Text }

var (
	_ desktop.Mouseable = (*dropList)(nil)
	_ desktop.Hoverable = (*dropList)(nil)
	_ fyne.Scrollable   = (*dropList)(nil)
)

func newDropList(onTake func(int)) *dropList {
	d := &dropList{onTake: onTake, marked: -1}
	for i := range d.seen {
		label, says := look.NewCode("", ""), small("", look.ColorMuted)
		says.Cut, says.Align = true, fyne.TextAlignTrailing
		d.seen[i] = dropTexts{label, says}
	}
	d.ExtendBaseWidget(d)
	d.Hide()
	return d
}

// offer shows lines, none of them marked; no lines hide the list.
func (d *dropList) offer(lines []dropLine) {
	d.lines, d.marked, d.top = lines, -1, 0
	setVisible(d, len(lines) > 0)
	d.Refresh()
}

func (d *dropList) open() bool { return d.Visible() && len(d.lines) > 0 }

// step moves the mark; from none it goes to the first or the last line.
func (d *dropList) step(by int) {
	n := len(d.lines)
	switch {
	case d.marked < 0 && by > 0:
		d.mark(0)
	case d.marked < 0:
		d.mark(n - 1)
	case by == 1 || by == -1:
		d.mark((d.marked + by + n) % n)
	default:
		d.mark(min(max(d.marked+by, 0), n-1))
	}
}

// mark marks a line and brings it into sight.
func (d *dropList) mark(place int) {
	d.marked = place
	d.top = min(max(d.top, place-dropLines+1), max(place, 0))
	d.Refresh()
}

// at is the place of the line at a height, -1 for none.
func (d *dropList) at(y float32) int {
	place := d.top + int((y-dropEdge)/dropRow)
	if y < dropEdge || place >= min(len(d.lines), d.top+dropLines) {
		return -1
	}
	return place
}

// MinSize is that of the lines seen at once.
func (d *dropList) MinSize() fyne.Size {
	return fyne.NewSize(160, float32(min(len(d.lines), dropLines))*dropRow+2*dropEdge)
}

// Tapped takes a line.
func (d *dropList) Tapped(at *fyne.PointEvent) {
	d.held = false
	if place := d.at(at.Position.Y); place >= 0 {
		d.onTake(place)
	}
}

// MouseDown keeps the list open although the field loses the keyboard now.
func (d *dropList) MouseDown(*desktop.MouseEvent) { d.held = true }

// MouseUp ends MouseDown.
func (d *dropList) MouseUp(*desktop.MouseEvent) { d.held = false }

// MouseIn marks the line under the pointer.
func (d *dropList) MouseIn(at *desktop.MouseEvent) { d.MouseMoved(at) }

// MouseMoved marks the line under the pointer.
func (d *dropList) MouseMoved(at *desktop.MouseEvent) {
	if place := d.at(at.Position.Y); place >= 0 && place != d.marked {
		d.mark(place)
	}
}

// MouseOut leaves the mark where it is.
func (d *dropList) MouseOut() {}

// Scrolled moves the lines.
func (d *dropList) Scrolled(by *fyne.ScrollEvent) {
	step := 1
	if by.Scrolled.DY > 0 {
		step = -1
	}
	d.top = min(max(d.top+step, 0), max(len(d.lines)-dropLines, 0))
	d.Refresh()
}

// CreateRenderer is called by the toolkit.
func (d *dropList) CreateRenderer() fyne.WidgetRenderer {
	r := &dropRenderer{drop: d, shade: canvas.NewRectangle(nil), back: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil), thumb: canvas.NewRectangle(nil)}
	r.shade.CornerRadius, r.back.CornerRadius, r.bar.CornerRadius, r.thumb.CornerRadius = 9, 8, 6, 2
	r.paint()
	return r
}

type dropRenderer struct {
	drop  *dropList
	shade *canvas.Rectangle // the shadow below it
	back  *canvas.Rectangle
	bar   *canvas.Rectangle // the mark
	thumb *canvas.Rectangle // where in a longer list
}

func (r *dropRenderer) MinSize() fyne.Size { return r.drop.MinSize() }

func (r *dropRenderer) paint() {
	d := r.drop
	r.back.FillColor, r.back.StrokeColor, r.back.StrokeWidth = shade(d, look.ColorPanel), shade(d, look.ColorBorder), 1
	r.shade.FillColor = shade(d, theme.ColorNameShadow)
	r.bar.FillColor, r.thumb.FillColor = shade(d, look.ColorSelected), shade(d, look.ColorBorder)
	r.bar.Hidden = d.marked < d.top || d.marked >= d.top+dropLines || d.marked >= len(d.lines)
	r.thumb.Hidden = len(d.lines) <= dropLines
	for i, texts := range d.seen {
		var line dropLine
		if place := d.top + i; place < len(d.lines) {
			line = d.lines[place]
		}
		texts.label.SetText(line.label)
		texts.says.SetText(line.says)
	}
}

func (r *dropRenderer) Layout(size fyne.Size) {
	d := r.drop
	r.back.Move(fyne.NewSquareOffsetPos(dropFrame))
	r.back.Resize(size.SubtractWidthHeight(2*dropFrame, 2*dropFrame))
	r.shade.Move(fyne.NewSquareOffsetPos(dropFrame - 1))
	r.shade.Resize(size.SubtractWidthHeight(2*dropFrame-2, 2*dropFrame-3))
	inner := size.Width - 2*dropEdge
	r.bar.Resize(fyne.NewSize(inner, dropRow))
	r.bar.Move(fyne.NewPos(dropEdge, dropEdge+float32(d.marked-d.top)*dropRow))
	if n := float32(len(d.lines)); n > dropLines {
		high := size.Height - 2*dropEdge
		r.thumb.Resize(fyne.NewSize(4, high*dropLines/n))
		r.thumb.Move(fyne.NewPos(size.Width-dropEdge-4, dropEdge+high*float32(d.top)/n))
	}
	style := fyne.TextStyle{Monospace: true}
	for i, texts := range d.seen {
		y := float32(dropEdge + i*dropRow)
		wide := fyne.MeasureText(texts.label.Text, d.Theme().Size(look.SizeCode), style).Width
		wide = min(wide+2, inner-24)
		texts.label.Move(fyne.NewPos(dropEdge+8, y))
		texts.label.Resize(fyne.NewSize(wide, dropRow))
		texts.says.Move(fyne.NewPos(dropEdge+wide+20, y))
		texts.says.Resize(fyne.NewSize(max(inner-wide-34, 0), dropRow))
	}
}

func (r *dropRenderer) Refresh() {
	r.paint()
	r.Layout(r.drop.Size())
	r.shade.Refresh()
	r.back.Refresh()
	r.bar.Refresh()
	r.thumb.Refresh()
}

func (r *dropRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.shade, r.back, r.bar, r.thumb}
	for i := range min(len(r.drop.lines), dropLines) {
		objects = append(objects, r.drop.seen[i].label, r.drop.seen[i].says)
	}
	return objects
}
func (r *dropRenderer) Destroy() {}

// below places its one part under a field at the top of a pane.
type below struct {
	field  fyne.CanvasObject
	across float32 // space at the sides
}

func (below) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (b below) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	y := float32(int(b.across + b.field.Size().Height))
	parts[0].Move(fyne.NewPos(b.across-dropFrame, y))
	parts[0].Resize(fyne.NewSize(size.Width-2*(b.across-dropFrame), parts[0].MinSize().Height))
}
