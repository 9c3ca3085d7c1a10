package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

const (
	buttonIcon = 15 // side of the drawing in a button
	buttonGap  = 7  // between drawing and text
)

// CreateRenderer is called by the toolkit.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	r := &buttonRenderer{
		button: b, back: canvas.NewRectangle(nil), veil: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil),
		icon: &canvas.Image{FillMode: canvas.ImageFillContain}, trail: &canvas.Image{FillMode: canvas.ImageFillContain},
		text: canvas.NewText("", nil),
	}
	r.paint()
	return r
}

type buttonRenderer struct {
	button           *Button
	back, veil, ring *canvas.Rectangle // fill and border, hover, focus
	icon, trail      *canvas.Image
	text             *canvas.Text
}

func (r *buttonRenderer) paint() {
	b := r.button
	ink, fill, border := b.inks()
	r.back.FillColor, r.back.StrokeColor, r.back.StrokeWidth = nil, nil, 0
	if fill != "" {
		r.back.FillColor = colorOf(b, fill)
	}
	if border != "" {
		r.back.StrokeColor, r.back.StrokeWidth = colorOf(b, border), 1
	}
	r.veil.FillColor = colorOf(b, theme.ColorNameHover)
	r.veil.Hidden = !b.hovered || b.Disabled()
	r.ring.StrokeColor, r.ring.StrokeWidth = colorOf(b, theme.ColorNameFocus), 3
	r.ring.Hidden = !b.focused
	r.icon.Hidden, r.trail.Hidden = b.Icon == "", b.Trailing == ""
	if b.Icon != "" {
		r.icon.Resource = b.Icon.Resource(ink)
	}
	if b.Trailing != "" {
		r.trail.Resource = b.Trailing.Resource(ink)
	}
	r.text.Text, r.text.Color = oneLine(b.Text), colorOf(b, ink)
	r.text.TextSize = b.Theme().Size(theme.SizeNameText)
	if b.Compact {
		r.text.TextSize = b.Theme().Size(SizeSmall)
	}
	radius := b.Theme().Size(theme.SizeNameButtonRadius)
	r.back.CornerRadius, r.veil.CornerRadius, r.ring.CornerRadius = radius, radius, radius+1
}

func (r *buttonRenderer) height() float32 {
	if r.button.Compact {
		return 26 * max(1, Stretch(r.button))
	}
	return 34 * max(1, Stretch(r.button))
}

// inner is the width of drawing, text and trailing drawing together.
func (r *buttonRenderer) inner() float32 {
	width := float32(0)
	if r.button.Text != "" {
		width = r.text.MinSize().Width
	}
	for _, shown := range []bool{r.button.Icon != "", r.button.Trailing != ""} {
		if !shown {
			continue
		}
		if width > 0 {
			width += buttonGap
		}
		width += buttonIcon
	}
	return width
}

func (r *buttonRenderer) MinSize() fyne.Size {
	pad := float32(13)
	if r.button.Compact {
		pad = 8
	}
	if r.button.Text == "" {
		pad = (r.height() - buttonIcon) / 2
	}
	return fyne.NewSize(r.inner()+2*pad, r.height())
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.veil.Resize(size)
	r.ring.Move(fyne.NewPos(-1, -1))
	r.ring.Resize(size.AddWidthHeight(2, 2))
	x := (size.Width - r.inner()) / 2
	drawing := fyne.NewSquareSize(buttonIcon)
	if r.button.Icon != "" {
		r.icon.Move(fyne.NewPos(x, (size.Height-buttonIcon)/2))
		r.icon.Resize(drawing)
		x += buttonIcon + buttonGap
	}
	words := r.text.MinSize()
	r.text.Move(fyne.NewPos(x, (size.Height-words.Height)/2))
	r.text.Resize(words)
	if r.button.Text != "" {
		x += words.Width + buttonGap
	}
	if r.button.Trailing != "" {
		r.trail.Move(fyne.NewPos(x, (size.Height-buttonIcon)/2))
		r.trail.Resize(drawing)
	}
}

func (r *buttonRenderer) Refresh() {
	r.paint()
	r.Layout(r.button.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.back, r.veil, r.icon, r.text, r.trail}
}
func (r *buttonRenderer) Destroy() {}
