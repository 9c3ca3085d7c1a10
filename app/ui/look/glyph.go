package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Glyph is one of our drawings in a colour by name, at a fixed size.
type Glyph struct {
	widget.BaseWidget
	Icon  Icon
	Color fyne.ThemeColorName // "" is the colour of text
	Side  float32             // 0 is 16
}

// NewGlyph returns a drawing of the given side length.
func NewGlyph(icon Icon, color fyne.ThemeColorName, side float32) *Glyph {
	g := &Glyph{Icon: icon, Color: color, Side: side}
	g.ExtendBaseWidget(g)
	return g
}

// Set changes drawing and colour.
func (g *Glyph) Set(icon Icon, color fyne.ThemeColorName) {
	if g.Icon == icon && g.Color == color {
		return
	}
	g.Icon, g.Color = icon, color
	g.Refresh()
}

// MinSize is the square of the side length.
func (g *Glyph) MinSize() fyne.Size {
	if g.Side == 0 {
		return fyne.NewSquareSize(16)
	}
	return fyne.NewSquareSize(g.Side)
}

// CreateRenderer is called by the toolkit.
func (g *Glyph) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	image := canvas.NewImageFromResource(g.Icon.Resource(g.Color))
	image.FillMode = canvas.ImageFillContain
	return &glyphRenderer{glyph: g, image: image}
}

type glyphRenderer struct {
	glyph *Glyph
	image *canvas.Image
}

func (r *glyphRenderer) MinSize() fyne.Size { return r.glyph.MinSize() }

func (r *glyphRenderer) Layout(size fyne.Size) {
	side := r.glyph.MinSize()
	r.image.Move(fyne.NewPos((size.Width-side.Width)/2, (size.Height-side.Height)/2))
	r.image.Resize(side)
}

func (r *glyphRenderer) Refresh() {
	r.image.Resource = r.glyph.Icon.Resource(r.glyph.Color)
	r.image.Refresh()
}

func (r *glyphRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.image} }
func (r *glyphRenderer) Destroy()                     {}
