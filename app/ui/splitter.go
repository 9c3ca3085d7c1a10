package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

const (
	gripWidth     = 9 // the thin line is hard to hit, so a strip takes the drag
	splitDefault  = 470
	splitLeast    = 260
	splitLeastTwo = 300
	splitNarrow   = 372 // of the right pane, before the list takes splitDefault
)

// splitter puts two panes side by side with a line between them that can be
// dragged. The left pane keeps its width when the window grows.
type splitter struct {
	widget.BaseWidget
	left, right fyne.CanvasObject
	width       float32 // of the left pane, as the user wants it
	onMoved     func(width float32)
	grip        *grip
}

func newSplitter(left, right fyne.CanvasObject, width float32, onMoved func(float32)) *splitter {
	s := &splitter{left: left, right: right, width: width, onMoved: onMoved}
	s.grip = &grip{over: s}
	s.grip.ExtendBaseWidget(s.grip)
	s.ExtendBaseWidget(s)
	return s
}

// moveBy makes the left pane wider by dx.
func (s *splitter) moveBy(dx float32) {
	s.width = s.fit(s.fit(s.width) + dx)
	s.Refresh()
}

// fit is the width of the left pane that leaves both panes room. Where nobody has
// moved the line yet, the right one gets the larger part of a narrow window.
func (s *splitter) fit(width float32) float32 {
	if width == splitDefault {
		width = min(width, s.Size().Width-splitNarrow)
	}
	return max(min(width, s.Size().Width-splitLeastTwo), splitLeast)
}

// CreateRenderer is called by the toolkit.
func (s *splitter) CreateRenderer() fyne.WidgetRenderer {
	return &splitterRenderer{splitter: s, line: canvas.NewRectangle(shade(s, look.ColorBorder))}
}

type splitterRenderer struct {
	splitter *splitter
	line     *canvas.Rectangle
}

func (r *splitterRenderer) MinSize() fyne.Size {
	high := max(r.splitter.left.MinSize().Height, r.splitter.right.MinSize().Height)
	return fyne.NewSize(splitLeast+splitLeastTwo, high)
}

func (r *splitterRenderer) Layout(size fyne.Size) {
	s := r.splitter
	width := s.fit(s.width)
	place(s.left, 0, 0, width, size.Height)
	place(r.line, width, 0, 1, size.Height)
	place(s.right, width+1, 0, size.Width-width-1, size.Height)
	place(s.grip, width-gripWidth/2, 0, gripWidth, size.Height)
}

func (r *splitterRenderer) Refresh() {
	r.line.FillColor = shade(r.splitter, look.ColorBorder)
	if r.splitter.grip.hovered {
		r.line.FillColor = shade(r.splitter, theme.ColorNamePrimary)
	}
	r.line.Refresh()
	r.Layout(r.splitter.Size())
}

func (r *splitterRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.splitter.left, r.splitter.right, r.line, r.splitter.grip}
}
func (r *splitterRenderer) Destroy() {}

// grip is the unseen strip over the line between two panes.
type grip struct {
	widget.BaseWidget
	over    *splitter
	hovered bool
}

var (
	_ fyne.Draggable     = (*grip)(nil)
	_ desktop.Hoverable  = (*grip)(nil)
	_ desktop.Cursorable = (*grip)(nil)
)

// Dragged moves the line.
func (g *grip) Dragged(e *fyne.DragEvent) { g.over.moveBy(e.Dragged.DX) }

// DragEnd keeps where the line is.
func (g *grip) DragEnd() { g.over.onMoved(g.over.width) }

// MouseIn shows that the line can be taken.
func (g *grip) MouseIn(*desktop.MouseEvent) { g.hovered = true; g.over.Refresh() }

// MouseMoved does nothing.
func (g *grip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends MouseIn.
func (g *grip) MouseOut() { g.hovered = false; g.over.Refresh() }

// Cursor is the one for moving a line sideways.
func (g *grip) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// CreateRenderer is called by the toolkit.
func (g *grip) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
