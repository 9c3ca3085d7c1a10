package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Segments is a row of options of which one holds: press one, or move with the
// arrow keys.
type Segments struct {
	widget.BaseWidget
	// OnChanged is told when the user chose another option.
	OnChanged func(i int)

	options []string
	chosen  int
	focused bool
}

var _ fyne.Focusable = (*Segments)(nil)

// NewSegments returns a row in which the first option holds.
func NewSegments(options ...string) *Segments {
	s := &Segments{options: options}
	s.ExtendBaseWidget(s)
	return s
}

// Chosen is the number of the option that holds.
func (s *Segments) Chosen() int { return s.chosen }

// Choose makes option i hold without a call of OnChanged.
func (s *Segments) Choose(i int) {
	if i >= 0 && i < len(s.options) && i != s.chosen {
		s.chosen = i
		s.Refresh()
	}
}

// SetOption changes the words of an option.
func (s *Segments) SetOption(i int, words string) {
	if s.options[i] != words {
		s.options[i] = words
		s.Refresh()
	}
}

func (s *Segments) change(i int) {
	if i < 0 || i >= len(s.options) || i == s.chosen {
		return
	}
	s.Choose(i)
	if s.OnChanged != nil {
		s.OnChanged(i)
	}
}

// Tapped chooses the option under the pointer.
func (s *Segments) Tapped(at *fyne.PointEvent) {
	x := float32(0)
	for i := range s.options {
		x += s.breadth(i)
		if at.Position.X < x {
			s.change(i)
			return
		}
	}
}

// TypedKey moves with the arrows.
func (s *Segments) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyLeft:
		s.change(s.chosen - 1)
	case fyne.KeyRight:
		s.change(s.chosen + 1)
	default:
		PassKey(s, key)
	}
}

// TypedRune leaves letters to the window.
func (s *Segments) TypedRune(r rune) { PassRune(s, r) }

// FocusGained draws the focus ring.
func (s *Segments) FocusGained() { s.focused = true; s.Refresh() }

// FocusLost removes the focus ring.
func (s *Segments) FocusLost() { s.focused = false; s.Refresh() }

// AccessibilityLabel is the option that holds.
func (s *Segments) AccessibilityLabel() string { return s.options[s.chosen] }

// AccessibilityRole tells that this can be pressed.
func (s *Segments) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// breadth is the width of option i.
func (s *Segments) breadth(i int) float32 {
	return fyne.MeasureText(s.options[i], s.Theme().Size(SizeSmall), fyne.TextStyle{Bold: true}).Width + 22
}

// CreateRenderer is called by the toolkit.
func (s *Segments) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	r := &segmentsRenderer{segments: s, back: canvas.NewRectangle(nil), thumb: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil)}
	for range s.options {
		text := canvas.NewText("", nil)
		text.Alignment = fyne.TextAlignCenter
		r.texts = append(r.texts, text)
	}
	r.paint()
	return r
}

type segmentsRenderer struct {
	segments          *Segments
	back, thumb, ring *canvas.Rectangle
	texts             []*canvas.Text
}

func (r *segmentsRenderer) paint() {
	s := r.segments
	r.back.FillColor, r.back.CornerRadius = colorOf(s, ColorNeutralSoft), 8
	r.thumb.FillColor, r.thumb.CornerRadius = colorOf(s, theme.ColorNameBackground), 6
	r.thumb.StrokeColor, r.thumb.StrokeWidth = colorOf(s, theme.ColorNameInputBorder), 1
	r.ring.StrokeColor, r.ring.StrokeWidth, r.ring.CornerRadius = colorOf(s, theme.ColorNameFocus), 3, 9
	r.ring.Hidden = !s.focused
	for i, text := range r.texts {
		text.Text, text.TextSize = s.options[i], s.Theme().Size(SizeSmall)
		text.TextStyle.Bold = i == s.chosen
		text.Color = colorOf(s, ColorNeutral)
		if i == s.chosen {
			text.Color = colorOf(s, theme.ColorNameForeground)
		}
	}
}

func (r *segmentsRenderer) MinSize() fyne.Size {
	size := fyne.NewSize(0, 30*max(1, Stretch(r.segments)))
	for i := range r.segments.options {
		size.Width += r.segments.breadth(i)
	}
	return size
}

func (r *segmentsRenderer) Layout(size fyne.Size) {
	least := r.MinSize()
	r.back.Resize(least)
	r.ring.Move(fyne.NewPos(-1, -1))
	r.ring.Resize(least.AddWidthHeight(2, 2))
	x := float32(0)
	for i, text := range r.texts {
		breadth := r.segments.breadth(i)
		high := text.MinSize().Height
		text.Move(fyne.NewPos(x, (least.Height-high)/2))
		text.Resize(fyne.NewSize(breadth, high))
		if i == r.segments.chosen {
			r.thumb.Move(fyne.NewPos(x+3, 3))
			r.thumb.Resize(fyne.NewSize(breadth-6, least.Height-6))
		}
		x += breadth
	}
}

func (r *segmentsRenderer) Refresh() {
	r.paint()
	r.Layout(r.segments.Size())
	canvas.Refresh(r.segments)
}

func (r *segmentsRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.ring, r.back, r.thumb}
	for _, text := range r.texts {
		objects = append(objects, text)
	}
	return objects
}
func (r *segmentsRenderer) Destroy() {}
