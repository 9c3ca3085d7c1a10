package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

// sideItem is one entry of the sidebar: a drawing or a mark, a name, a figure.
type sideItem struct {
	widget.BaseWidget
	onTapped func()
	onMenu   func(at fyne.Position) // nil when there is no menu

	sign  fyne.CanvasObject // a glyph or a mark
	name  *look.Text
	count *look.Text
	more  *look.Button

	selected, hovered, focused bool
}

var (
	_ fyne.Focusable         = (*sideItem)(nil)
	_ fyne.SecondaryTappable = (*sideItem)(nil)
	_ desktop.Hoverable      = (*sideItem)(nil)
)

func newSideItem(sign fyne.CanvasObject, name string, onTapped func(), onMenu func(fyne.Position)) *sideItem {
	s := &sideItem{onTapped: onTapped, onMenu: onMenu, sign: sign, name: look.NewText(name, ""), count: small("", look.ColorMuted)}
	s.name.Cut = true
	s.count.Align = fyne.TextAlignTrailing
	s.more = look.Quiet("⋯", "", func() { s.openMenu(fyne.CurrentApp().Driver().AbsolutePositionForObject(s.more)) })
	s.more.Label = lang.L("More for {{.Name}}", map[string]any{"Name": name})
	s.more.Hide()
	s.ExtendBaseWidget(s)
	return s
}

// set changes what the entry says.
func (s *sideItem) set(count string, selected bool) {
	if s.count.Text == count && s.selected == selected {
		return
	}
	s.count.SetText(count)
	s.selected = selected
	setVisible(s.more, selected && s.onMenu != nil)
	s.Refresh()
}

func (s *sideItem) openMenu(at fyne.Position) {
	if s.onMenu != nil {
		s.onMenu(at)
	}
}

// Tapped chooses the entry.
func (s *sideItem) Tapped(*fyne.PointEvent) { s.onTapped() }

// TappedSecondary opens the entry's menu.
func (s *sideItem) TappedSecondary(at *fyne.PointEvent) { s.openMenu(at.AbsolutePosition) }

// TypedKey chooses the entry on Space and Enter; the arrows go to its neighbours.
func (s *sideItem) TypedKey(key *fyne.KeyEvent) {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(s)
	switch key.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		s.onTapped()
	case fyne.KeyUp:
		canvas.FocusPrevious()
	case fyne.KeyDown:
		canvas.FocusNext()
	default:
		look.PassKey(s, key)
	}
}

// TypedRune leaves letters to the window.
func (s *sideItem) TypedRune(r rune) { look.PassRune(s, r) }

// FocusGained draws the focus ring.
func (s *sideItem) FocusGained() { s.focused = true; s.Refresh() }

// FocusLost removes the focus ring.
func (s *sideItem) FocusLost() { s.focused = false; s.Refresh() }

// MouseIn marks the entry as under the pointer.
func (s *sideItem) MouseIn(*desktop.MouseEvent) { s.hovered = true; s.Refresh() }

// MouseMoved does nothing.
func (s *sideItem) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends MouseIn.
func (s *sideItem) MouseOut() { s.hovered = false; s.Refresh() }

// AccessibilityLabel is the name and the figure.
func (s *sideItem) AccessibilityLabel() string { return s.name.Text + ", " + s.count.Text }

// AccessibilityRole tells that this is a button.
func (s *sideItem) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is called by the toolkit.
func (s *sideItem) CreateRenderer() fyne.WidgetRenderer {
	r := &sideItemRenderer{item: s, back: canvas.NewRectangle(color.Transparent)}
	r.back.CornerRadius = 7
	r.paint()
	return r
}

type sideItemRenderer struct {
	item *sideItem
	back *canvas.Rectangle
}

func (r *sideItemRenderer) MinSize() fyne.Size {
	return fyne.NewSize(120, r.item.Theme().Size(look.SizeItem))
}

func (r *sideItemRenderer) paint() {
	s := r.item
	r.back.FillColor, r.back.StrokeWidth = color.Transparent, 0
	switch {
	case s.selected:
		r.back.FillColor = shade(s, look.ColorSelected)
	case s.hovered:
		r.back.FillColor = shade(s, theme.ColorNameHover)
	}
	if s.focused {
		r.back.StrokeColor, r.back.StrokeWidth = shade(s, theme.ColorNameFocus), 2
	}
}

func (r *sideItemRenderer) Layout(size fyne.Size) {
	s := r.item
	r.back.Resize(size)
	sign := s.sign.MinSize()
	s.sign.Resize(sign)
	s.sign.Move(fyne.NewPos(8+(20-sign.Width)/2, (size.Height-sign.Height)/2))
	right := size.Width - 8
	if s.more.Visible() {
		least := s.more.MinSize()
		right -= least.Width - 6
		s.more.Resize(least)
		s.more.Move(fyne.NewPos(right, (size.Height-least.Height)/2))
		right -= 2
	}
	width := s.count.MinSize().Width
	s.count.Resize(fyne.NewSize(width, size.Height))
	s.count.Move(fyne.NewPos(right-width, 0))
	s.name.Resize(fyne.NewSize(max(right-width-8-37, 0), size.Height))
	s.name.Move(fyne.NewPos(37, 0))
}

func (r *sideItemRenderer) Refresh() {
	r.paint()
	r.Layout(r.item.Size())
	r.back.Refresh()
}

func (r *sideItemRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.item.sign, r.item.name, r.item.count, r.item.more}
}
func (r *sideItemRenderer) Destroy() {}
