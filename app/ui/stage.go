package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

// stageMargin is what a stage leaves free of the window at each side.
const stageMargin = 20

// openStage shows content over nearly all of the window, as a sheet that has
// its own way to be closed. It follows the size of the window.
func (w *Window) openStage(content fyne.CanvasObject) *sheet {
	over := newStage(newSurface(look.ColorPanel, padded(content, 18, 12)))
	s := &sheet{window: w}
	s.closed = func() { w.win.Canvas().Overlays().Remove(over) }
	w.sheets = append(w.sheets, s)
	over.Resize(w.win.Canvas().Size())
	w.win.Canvas().Overlays().Add(over)
	return s
}

// stage dims the window and puts content into its middle.
type stage struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

func newStage(content fyne.CanvasObject) *stage {
	s := &stage{content: content}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is called by the toolkit.
func (s *stage) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	return &stageRenderer{stage: s, dim: canvas.NewRectangle(s.shadow())}
}

func (s *stage) shadow() color.Color { return shade(s, theme.ColorNameShadow) }

type stageRenderer struct {
	stage *stage
	dim   *canvas.Rectangle
}

func (r *stageRenderer) MinSize() fyne.Size { return fyne.NewSize(400, 300) }

func (r *stageRenderer) Layout(size fyne.Size) {
	r.dim.Resize(size)
	r.stage.content.Move(fyne.NewSquareOffsetPos(stageMargin))
	r.stage.content.Resize(size.SubtractWidthHeight(2*stageMargin, 2*stageMargin))
}

func (r *stageRenderer) Refresh() {
	r.dim.FillColor = r.stage.shadow()
	r.dim.Refresh()
	r.stage.content.Refresh()
}

func (r *stageRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.dim, r.stage.content}
}
func (r *stageRenderer) Destroy() {}
