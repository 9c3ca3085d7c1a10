package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Panel is a rounded area around content: a card, a banner, a bar.
type Panel struct {
	widget.BaseWidget
	Content fyne.CanvasObject
	Fill    fyne.ThemeColorName // "" draws no background
	Border  fyne.ThemeColorName // "" draws no border
	Radius  float32
	// Across and Down are the space at the sides, and above and below.
	Across, Down float32
}

// Card returns a bordered, rounded panel around content with 16 of space.
func Card(content fyne.CanvasObject) *Panel {
	return newPanel(content, ColorPanel, ColorBorder, 16, 14)
}

// Frame is a Card without space inside, for content that draws to the edge.
func Frame(content fyne.CanvasObject) *Panel {
	return newPanel(content, ColorPanel, ColorBorder, 1, 1)
}

// Banner returns a rounded panel in a soft colour around content.
func Banner(fill fyne.ThemeColorName, content fyne.CanvasObject) *Panel {
	return newPanel(content, fill, "", 16, 14)
}

// Bar returns a plain area of the pane's colour around content.
func Bar(content fyne.CanvasObject, across, down float32) *Panel {
	p := newPanel(content, ColorPane, "", across, down)
	p.Radius = 0
	return p
}

func newPanel(content fyne.CanvasObject, fill, border fyne.ThemeColorName, across, down float32) *Panel {
	p := &Panel{Content: content, Fill: fill, Border: border, Radius: 10, Across: across, Down: down}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer is called by the toolkit.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	r := &panelRenderer{panel: p, back: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type panelRenderer struct {
	panel *Panel
	back  *canvas.Rectangle
}

func (r *panelRenderer) paint() {
	p := r.panel
	r.back.CornerRadius = p.Radius
	r.back.FillColor, r.back.StrokeColor, r.back.StrokeWidth = nil, nil, 0
	if p.Fill != "" {
		r.back.FillColor = colorOf(p, p.Fill)
	}
	if p.Border != "" {
		r.back.StrokeColor = colorOf(p, p.Border)
		r.back.StrokeWidth = 1
	}
}

func (r *panelRenderer) MinSize() fyne.Size {
	return r.panel.Content.MinSize().AddWidthHeight(2*r.panel.Across, 2*r.panel.Down)
}

func (r *panelRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.panel.Content.Move(fyne.NewPos(r.panel.Across, r.panel.Down))
	r.panel.Content.Resize(size.SubtractWidthHeight(2*r.panel.Across, 2*r.panel.Down))
}

func (r *panelRenderer) Refresh() {
	r.paint()
	r.back.Refresh()
	r.Layout(r.panel.Size())
	r.panel.Content.Refresh()
}

func (r *panelRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.panel.Content}
}
func (r *panelRenderer) Destroy() {}
