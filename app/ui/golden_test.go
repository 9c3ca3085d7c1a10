package ui

import (
	"image"
	"image/draw"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"shopbell/app/settings"
	"shopbell/app/ui/look"
)

// posed is a state that a part of the window can be in.
type posed struct {
	name string
	show func()
}

// sizes are those of a window for which a sheet is looked at.
var sizes = []struct {
	name string
	of   fyne.Size
}{{"", fyne.NewSize(1440, 900)}, {"-small", fyne.NewSize(900, 600)}}

// both compares what is drawn with its pictures, light and dark.
func (d *desk) both(name string, drawn func() image.Image) {
	d.t.Helper()
	for _, mode := range []string{themeLight, themeDark} {
		d.put(mode)
		test.AssertImageMatches(d.t, name+"-"+mode+".png", drawn())
	}
}

// put shows light or dark without keeping the choice.
func (d *desk) put(mode string) {
	d.wear(settings.Window{Theme: mode, Scale: 100, Density: densityComfortable})
	d.win.Canvas().Unfocus() // a cursor blinks
}

// pretend shows the present model with a change.
func (d *desk) pretend(change func(*model)) {
	m := *d.model
	m.chosen.Window = d.looks
	change(&m)
	d.Window.model = &m
	d.showModel()
	d.explain()
}

// drawnAlone draws a part of the window by itself, on a ground that is below it there:
// it takes a tenth of the time that the whole window does.
func drawnAlone(o fyne.CanvasObject, ground fyne.ThemeColorName) image.Image {
	at, size := o.Position(), o.Size()
	defer o.Move(at)
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(container.NewStack(canvas.NewRectangle(theme.Color(ground)), o))
	c.Resize(size)
	return c.Capture()
}

// piece draws a pane of the window.
func piece(o fyne.CanvasObject) func() image.Image {
	return func() image.Image { return drawnAlone(o, theme.ColorNameBackground) }
}

// alone draws a sheet without the window around it.
func (s *sheet) alone() image.Image {
	return drawnAlone(s.popup.Content, theme.ColorNameOverlayBackground)
}

// column puts pictures below each other, with a gap.
func column(pictures []image.Image) image.Image {
	const gap = 6
	var size image.Point
	for _, p := range pictures {
		size.X, size.Y = max(size.X, p.Bounds().Dx()), size.Y+p.Bounds().Dy()+gap
	}
	whole := image.NewNRGBA(image.Rectangle{Max: size})
	draw.Draw(whole, whole.Bounds(), image.NewUniform(theme.Color(look.ColorPane)), image.Point{}, draw.Src)
	y := 0
	for _, p := range pictures {
		draw.Draw(whole, p.Bounds().Sub(p.Bounds().Min).Add(image.Pt(0, y)), p, p.Bounds().Min, draw.Src)
		y += p.Bounds().Dy() + gap
	}
	return whole
}

// states draws a part in each of its states, below each other; each begins with
// the model of now.
func (d *desk) states(o fyne.CanvasObject, all []posed) func() image.Image {
	now := d.model
	return func() image.Image {
		var pictures []image.Image
		for _, s := range all {
			d.Window.model = now
			s.show()
			pictures = append(pictures, piece(o)())
		}
		return column(pictures)
	}
}
