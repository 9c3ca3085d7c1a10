package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

// setVisible shows or hides o, and does nothing when it is so already.
func setVisible(o fyne.CanvasObject, visible bool) {
	switch {
	case visible && !o.Visible():
		o.Show()
	case !visible && o.Visible():
		o.Hide()
	}
}

// hairline is the thin line between two parts of the window.
func hairline() fyne.CanvasObject { return widget.NewSeparator() }

// surface is content on a plain background of a colour by name.
type surface struct {
	widget.BaseWidget
	fill    fyne.ThemeColorName
	content fyne.CanvasObject
}

func newSurface(fill fyne.ThemeColorName, content fyne.CanvasObject) *surface {
	s := &surface{fill: fill, content: content}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is called by the toolkit.
func (s *surface) CreateRenderer() fyne.WidgetRenderer {
	return &surfaceRenderer{surface: s, back: canvas.NewRectangle(shade(s, s.fill))}
}

type surfaceRenderer struct {
	surface *surface
	back    *canvas.Rectangle
}

func (r *surfaceRenderer) MinSize() fyne.Size { return r.surface.content.MinSize() }

func (r *surfaceRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.surface.content.Resize(size)
}

func (r *surfaceRenderer) Refresh() {
	r.back.FillColor = shade(r.surface, r.surface.fill)
	r.back.Refresh()
	r.surface.content.Refresh()
}

func (r *surfaceRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.surface.content}
}
func (r *surfaceRenderer) Destroy() {}

// shade is the colour called name as w shows it.
func shade(w fyne.Widget, name fyne.ThemeColorName) color.Color {
	return theme.ColorForWidget(name, w)
}

// tight lays out a body, a head above and a foot below it without any gaps.
type tight struct{}

func (tight) MinSize(parts []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, p := range parts {
		least := p.MinSize()
		size.Width = max(size.Width, least.Width)
		size.Height += least.Height
	}
	return size
}

func (tight) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	body, head, foot := parts[0], parts[1], parts[2]
	for _, part := range []fyne.CanvasObject{head, foot} { // how high they are depends on how wide they are
		part.Resize(fyne.NewSize(size.Width, part.MinSize().Height))
		part.Resize(fyne.NewSize(size.Width, part.MinSize().Height))
	}
	top, bottom := head.Size().Height, foot.Size().Height
	head.Move(fyne.NewPos(0, 0))
	foot.Move(fyne.NewPos(0, size.Height-bottom))
	body.Move(fyne.NewPos(0, top))
	body.Resize(fyne.NewSize(size.Width, size.Height-top-bottom))
}

// beside puts a side of its own width to the left of a body, without any gap.
type beside struct{}

func (beside) MinSize(parts []fyne.CanvasObject) fyne.Size {
	side, body := parts[0].MinSize(), parts[1].MinSize()
	return fyne.NewSize(side.Width+body.Width, max(side.Height, body.Height))
}

func (beside) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	width := parts[0].MinSize().Width
	parts[0].Move(fyne.NewPos(0, 0))
	parts[0].Resize(fyne.NewSize(width, size.Height))
	parts[1].Move(fyne.NewPos(width, 0))
	parts[1].Resize(fyne.NewSize(size.Width-width, size.Height))
}

// padded is content with its own space around it.
func padded(content fyne.CanvasObject, across, down float32) *fyne.Container {
	return &fyne.Container{Layout: inset{across, down}, Objects: []fyne.CanvasObject{content}}
}

type inset struct{ across, down float32 }

func (i inset) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return parts[0].MinSize().AddWidthHeight(2*i.across, 2*i.down)
}

func (i inset) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	parts[0].Move(fyne.NewPos(i.across, i.down))
	parts[0].Resize(size.SubtractWidthHeight(2*i.across, 2*i.down))
}

// middle keeps content at its least size in the middle of its place.
func middle(content fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: centre{}, Objects: []fyne.CanvasObject{content}}
}

type centre struct{}

func (centre) MinSize(parts []fyne.CanvasObject) fyne.Size { return parts[0].MinSize() }

func (centre) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	least := parts[0].MinSize()
	parts[0].Resize(least)
	parts[0].Move(fyne.NewPos((size.Width-least.Width)/2, (size.Height-least.Height)/2))
}

// small is a line in the size of second lines.
func small(text string, color fyne.ThemeColorName) *look.Text {
	return look.NewStyled(text, color, look.SizeSmall, fyne.TextStyle{})
}

// bold is a line that names something.
func bold(text string) *look.Text {
	return look.NewStyled(text, "", "", fyne.TextStyle{Bold: true})
}
