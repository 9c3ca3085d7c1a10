package rows

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	barThick = 11 // breadth of the track
	thumbMin = 28 // least length of the thumb, so that it can be caught
)

// bar is a scroll bar: drag the thumb, or press the track to jump by a page.
type bar struct {
	widget.BaseWidget
	across bool  // lies at the bottom
	axis   *axis // what it shows and moves
	moved  func()

	hovered, dragging bool
	grab              float32 // where in the thumb the pointer holds it
}

var (
	_ fyne.Draggable    = (*bar)(nil)
	_ fyne.Tappable     = (*bar)(nil)
	_ desktop.Hoverable = (*bar)(nil)
	_ desktop.Mouseable = (*bar)(nil)
)

func newBar(axis *axis, across bool, moved func()) *bar {
	b := &bar{axis: axis, across: across, moved: moved}
	b.ExtendBaseWidget(b)
	return b
}

// thumb is where the thumb begins and how long it is.
func (b *bar) thumb() (start, length float32) {
	track := b.along(fyne.NewPos(b.Size().Width, b.Size().Height))
	most := b.axis.most()
	if most == 0 || track <= thumbMin {
		return 0, track
	}
	length = float32(math.Max(thumbMin, float64(track)*float64(b.axis.room)/(most+float64(b.axis.room))))
	return float32(b.axis.distance() / most * float64(track-length)), length
}

func (b *bar) along(at fyne.Position) float32 {
	if b.across {
		return at.X
	}
	return at.Y
}

// MouseDown catches the thumb, or jumps a page towards the pointer.
func (b *bar) MouseDown(at *desktop.MouseEvent) {
	place := b.along(at.Position)
	start, length := b.thumb()
	b.grab = place - start
	if place >= start && place < start+length {
		return
	}
	page := b.axis.room - b.axis.unit
	if place < start {
		page = -page
	}
	b.axis.scroll(page)
	b.grab = length / 2
	b.moved()
}

// MouseUp lets go.
func (b *bar) MouseUp(*desktop.MouseEvent) {}

// Tapped keeps a press on the track from reaching what lies below.
func (b *bar) Tapped(*fyne.PointEvent) {}

// Dragged moves the thumb with the pointer.
func (b *bar) Dragged(at *fyne.DragEvent) {
	b.dragging = true
	track := b.along(fyne.NewPos(b.Size().Width, b.Size().Height))
	_, length := b.thumb()
	if track <= length {
		return
	}
	b.axis.seek(float64(b.along(at.Position)-b.grab) / float64(track-length) * b.axis.most())
	b.moved()
}

// DragEnd lets go.
func (b *bar) DragEnd() { b.dragging = false; b.Refresh() }

// MouseIn widens the thumb.
func (b *bar) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved does nothing.
func (b *bar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends MouseIn.
func (b *bar) MouseOut() { b.hovered = false; b.Refresh() }

// CreateRenderer is called by the toolkit.
func (b *bar) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	return &barRenderer{bar: b, thumb: canvas.NewRectangle(nil)}
}

type barRenderer struct {
	bar   *bar
	thumb *canvas.Rectangle
}

func (r *barRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(barThick) }

func (r *barRenderer) Layout(fyne.Size) {
	start, length := r.bar.thumb()
	thick := float32(4)
	if r.bar.hovered || r.bar.dragging {
		thick = 7
	}
	inset := (barThick - thick) / 2
	r.thumb.CornerRadius = thick / 2
	if r.bar.across {
		r.thumb.Move(fyne.NewPos(start+2, inset))
		r.thumb.Resize(fyne.NewSize(length-4, thick))
		return
	}
	r.thumb.Move(fyne.NewPos(inset, start+2))
	r.thumb.Resize(fyne.NewSize(thick, length-4))
}

func (r *barRenderer) Refresh() {
	r.thumb.FillColor = r.bar.Theme().Color(theme.ColorNameScrollBar, fyne.CurrentApp().Settings().ThemeVariant())
	r.Layout(r.bar.Size())
	r.thumb.Refresh()
}

func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.thumb} }
func (r *barRenderer) Destroy()                     {}
