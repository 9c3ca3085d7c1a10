package activity

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"shopbell/app/ui/look"
)

// The measures of a strip, in units.
const (
	captionHeight = 18
	barsHeight    = 38
	// notch is how far what failed reaches below the line on which bars stand, so
	// that it is not told by its colour alone.
	notch     = 4
	barGap    = 2
	mostBar   = 24 // the breadth of a bar where there are few
	leastBar  = 2  // the height of the smallest count
	leastFail = 4  // and of the smallest failure
	clearSide = 22
)

// CreateRenderer is called by the toolkit.
func (s *Strip) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	r := &renderer{
		strip: s, back: canvas.NewRectangle(nil), base: canvas.NewRectangle(nil),
		caption: look.NewStyled("", look.ColorMuted, look.SizeSmall, fyne.TextStyle{}),
	}
	r.caption.Cut = true
	r.objects = []fyne.CanvasObject{r.back, r.base}
	for range MostBars {
		all, failed := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
		all.CornerRadius = 1.5
		r.all, r.failed = append(r.all, all), append(r.failed, failed)
		r.objects = append(r.objects, all, failed)
	}
	r.objects = append(r.objects, r.caption, s.away)
	r.Refresh() // it is drawn before there is anything to count
	return r
}

type renderer struct {
	strip       *Strip
	back        *canvas.Rectangle // behind the bars that are meant
	base        *canvas.Rectangle // the line on which bars stand
	all, failed []*canvas.Rectangle
	caption     *look.Text
	objects     []fyne.CanvasObject
}

func (r *renderer) MinSize() fyne.Size {
	return fyne.NewSize(120, captionHeight+barsHeight+notch)
}

func (r *renderer) Layout(size fyne.Size) {
	s := r.strip
	width := size.Width
	if s.away.Visible() {
		width -= clearSide + 4
		s.away.Resize(fyne.NewSize(clearSide, clearSide))
		s.away.Move(fyne.NewPos(size.Width-clearSide, -2))
	}
	r.caption.Resize(fyne.NewSize(max(width, 0), captionHeight-2))
	r.base.Move(fyne.NewPos(0, captionHeight+barsHeight))
	r.base.Resize(fyne.NewSize(size.Width, 1))
	r.layBars(size)
	r.layBack(size)
}

// layBars gives each bar its place, and hides those that there are not.
func (r *renderer) layBars(size fyne.Size) {
	c := r.strip.chart
	most, n := c.highest(), len(c.Bars)
	for i := range MostBars {
		if i >= n || c.Bars[i].All == 0 {
			r.all[i].Hide()
			r.failed[i].Hide()
			continue
		}
		pitch := size.Width / float32(n)
		broad := min(max(pitch-barGap, 1), mostBar)
		x := pitch*float32(i) + (pitch-broad)/2
		high := max(barsHeight*float32(c.Bars[i].All)/float32(most), leastBar)
		part := float32(0)
		if c.Bars[i].Failed > 0 {
			part = max(high*float32(c.Bars[i].Failed)/float32(c.Bars[i].All), leastFail)
			high = max(high, part)
		}
		lay(r.all[i], x, captionHeight+barsHeight-high, broad, high-part)
		lay(r.failed[i], x, captionHeight+barsHeight-part, broad, part+notch)
		r.failed[i].Hidden = part == 0
		r.all[i].Hidden = high <= part
	}
}

func lay(o *canvas.Rectangle, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// layBack marks what is being chosen, or the bar that the caption tells of.
func (r *renderer) layBack(size fyne.Size) {
	s := r.strip
	n := len(s.chart.Bars)
	first, last, some := s.brush()
	if !some {
		first = s.hovered
		if first == none && s.focused {
			first = s.cursor
		}
		last = first
	}
	r.back.Hidden = first == none || last >= n
	if !r.back.Hidden {
		pitch := size.Width / float32(n)
		lay(r.back, pitch*float32(first), captionHeight, pitch*float32(last-first+1), barsHeight+notch)
	}
}

func (r *renderer) Refresh() {
	s := r.strip
	th, variant := s.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	for i := range MostBars {
		r.all[i].FillColor = th.Color(look.ColorBar, variant)
		r.failed[i].FillColor = th.Color(look.ColorBad, variant)
	}
	r.base.FillColor = th.Color(look.ColorBorder, variant)
	r.back.FillColor = th.Color(look.ColorAccentSoft, variant)
	if s.focused {
		r.base.FillColor = th.Color(theme.ColorNamePrimary, variant)
	}
	r.Layout(s.Size())
	text, ink := s.text(), look.ColorMuted
	if text != s.chart.caption() {
		ink = theme.ColorNameForeground
	}
	r.caption.Set(text, ink)
	canvas.Refresh(s)
}

func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *renderer) Destroy()                     {}
