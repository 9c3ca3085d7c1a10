package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// bellSVG is the outline that stands in the tile at the top left.
const bellSVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#000" d="M12 2.6a1.5 1.5 0 0 0-1.5 1.5v.7A6 6 0 0 0 6.2 10.6v3.2L4.5 16.4c-.4.6 0 1.4.7 1.4h13.6c.7 0 1.1-.8.7-1.4l-1.7-2.6v-3.2a6 6 0 0 0-4.3-5.8v-.7A1.5 1.5 0 0 0 12 2.6zM9.7 19.2a2.4 2.4 0 0 0 4.6 0z"/></svg>`

func bellIcon() fyne.Resource { return fyne.NewStaticResource("shopbell-bell.svg", []byte(bellSVG)) }

// bellTile is the white bell on a square of the accent colour.
type bellTile struct{ widget.BaseWidget }

func newBellTile() *bellTile {
	t := &bellTile{}
	t.ExtendBaseWidget(t)
	return t
}

// MinSize is the square of the tile.
func (t *bellTile) MinSize() fyne.Size { return fyne.NewSquareSize(28) }

// CreateRenderer is called by the toolkit.
func (t *bellTile) CreateRenderer() fyne.WidgetRenderer {
	r := &bellRenderer{tile: t, back: canvas.NewRectangle(color.Transparent), bell: canvas.NewImageFromResource(
		theme.NewColoredResource(bellIcon(), theme.ColorNameForegroundOnPrimary))}
	r.back.CornerRadius = 7
	r.bell.FillMode = canvas.ImageFillContain
	r.Refresh()
	return r
}

type bellRenderer struct {
	tile *bellTile
	back *canvas.Rectangle
	bell *canvas.Image
}

func (r *bellRenderer) MinSize() fyne.Size { return r.tile.MinSize() }

func (r *bellRenderer) Layout(size fyne.Size) {
	at := fyne.NewPos((size.Width-28)/2, (size.Height-28)/2)
	r.back.Move(at)
	r.back.Resize(fyne.NewSquareSize(28))
	r.bell.Move(at.AddXY(5, 5))
	r.bell.Resize(fyne.NewSquareSize(18))
}

func (r *bellRenderer) Refresh() {
	r.back.FillColor = theme.ColorForWidget(theme.ColorNamePrimary, r.tile)
	r.back.Refresh()
	r.bell.Refresh()
}

func (r *bellRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.back, r.bell} }
func (r *bellRenderer) Destroy()                     {}
