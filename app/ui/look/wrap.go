package look

import "fyne.io/fyne/v2"

// Wrap lays parts out beside each other, each at its least width, and goes on
// in a new row where a row is full.
func Wrap(gap float32, parts ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &wrapLayout{gap: gap}, Objects: parts}
}

type wrapLayout struct {
	gap, width float32 // width is the one last laid out for; 0 before that
}

func (l *wrapLayout) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.each(parts, func(part fyne.CanvasObject, at fyne.Position, least fyne.Size) {
		part.Move(at)
		part.Resize(least)
	})
}

func (l *wrapLayout) MinSize(parts []fyne.CanvasObject) fyne.Size {
	var all fyne.Size
	l.each(parts, func(_ fyne.CanvasObject, at fyne.Position, least fyne.Size) {
		all = all.Max(fyne.NewSize(at.X+least.Width, at.Y+least.Height))
	})
	return all
}

// each finds the place of every part that is shown.
func (l *wrapLayout) each(parts []fyne.CanvasObject, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) {
	var at fyne.Position
	row := float32(0)
	for _, part := range parts {
		if !part.Visible() {
			continue
		}
		least := part.MinSize()
		if l.width > 0 && at.X > 0 && at.X+least.Width > l.width {
			at = fyne.NewPos(0, at.Y+row+l.gap)
			row = 0
		}
		put(part, at, least)
		at.X += least.Width + l.gap
		row = max(row, least.Height)
	}
}
