package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/inspector"
)

const (
	chipHeight = 24
	chipSpace  = 8 // at its ends
	chipIcon   = 11
)

// chip is one term of the search in words. A click, Enter or Delete takes it out.
type chip struct {
	widget.BaseWidget
	onRemove func()
	label    *look.Text
	cross    *look.Glyph
	bang     *look.Glyph // nil unless the term is of no use
	vain     inspector.Vain

	hovered, focused bool
}

var (
	_ fyne.Focusable     = (*chip)(nil)
	_ desktop.Hoverable  = (*chip)(nil)
	_ desktop.Cursorable = (*chip)(nil)
)

func newChip(says string, vain inspector.Vain, onRemove func()) *chip {
	c := &chip{onRemove: onRemove, vain: vain}
	ink, _ := c.inks()
	c.label = small(says, ink)
	c.label.Cut = true
	c.cross = look.NewGlyph(look.IconCross, ink, chipIcon)
	if vain != inspector.Useful {
		c.bang = look.NewGlyph(look.IconBang, ink, chipIcon+2)
	}
	c.ExtendBaseWidget(c)
	return c
}

// inks are the colours of text and ground.
func (c *chip) inks() (ink, ground fyne.ThemeColorName) {
	switch c.vain {
	case inspector.Excluded:
		return look.ColorBad, look.ColorBadSoft
	case inspector.Implied:
		return look.ColorCaution, look.ColorCautionSoft
	}
	return theme.ColorNameForeground, look.ColorNeutralSoft
}

// MinSize is that of the words, of which a narrow place shows the beginning.
func (c *chip) MinSize() fyne.Size {
	width := fyne.MeasureText(c.label.Text, c.Theme().Size(look.SizeSmall), fyne.TextStyle{}).Width
	return fyne.NewSize(min(width, chipMost)+c.lead()+chipIcon+2*chipSpace+6, chipHeight)
}

// chipMost bounds the width of a chip's words.
const chipMost = 300

func (c *chip) lead() float32 {
	if c.bang == nil {
		return 0
	}
	return chipIcon + 7
}

// Tapped takes the term out.
func (c *chip) Tapped(*fyne.PointEvent) { c.onRemove() }

// TypedKey takes the term out on Enter, Space, Delete and Backspace.
func (c *chip) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyDelete, fyne.KeyBackspace:
		c.onRemove()
	}
}

// TypedRune takes no text.
func (c *chip) TypedRune(rune) {}

// FocusGained draws the focus ring.
func (c *chip) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost removes the focus ring.
func (c *chip) FocusLost() { c.focused = false; c.Refresh() }

// MouseIn marks the chip as under the pointer.
func (c *chip) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.Refresh() }

// MouseMoved does nothing.
func (c *chip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends MouseIn.
func (c *chip) MouseOut() { c.hovered = false; c.Refresh() }

// Cursor is a hand.
func (c *chip) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel says what a click does.
func (c *chip) AccessibilityLabel() string {
	return lang.L("Remove from the search: {{.Term}}", words{"Term": c.label.Text})
}

// AccessibilityRole tells that this is a button.
func (c *chip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is called by the toolkit.
func (c *chip) CreateRenderer() fyne.WidgetRenderer {
	r := &chipRenderer{chip: c, back: canvas.NewRectangle(nil)}
	r.back.CornerRadius = chipHeight / 2
	r.paint()
	return r
}

type chipRenderer struct {
	chip *chip
	back *canvas.Rectangle
}

func (r *chipRenderer) MinSize() fyne.Size { return r.chip.MinSize() }

func (r *chipRenderer) paint() {
	c := r.chip
	_, ground := c.inks()
	if c.hovered && c.vain == inspector.Useful {
		ground = look.ColorSelected
	}
	r.back.FillColor, r.back.StrokeWidth = shade(c, ground), 0
	if c.focused {
		r.back.StrokeColor, r.back.StrokeWidth = shade(c, theme.ColorNameFocus), 2
	}
}

func (r *chipRenderer) Layout(size fyne.Size) {
	c := r.chip
	r.back.Resize(size)
	if c.bang != nil {
		c.bang.Resize(c.bang.MinSize())
		c.bang.Move(fyne.NewPos(chipSpace, (size.Height-c.bang.MinSize().Height)/2))
	}
	cross := c.cross.MinSize()
	c.cross.Resize(cross)
	c.cross.Move(fyne.NewPos(size.Width-chipSpace-cross.Width, (size.Height-cross.Height)/2))
	c.label.Move(fyne.NewPos(chipSpace+c.lead(), 0))
	c.label.Resize(fyne.NewSize(max(size.Width-2*chipSpace-c.lead()-cross.Width-5, 0), size.Height))
}

func (r *chipRenderer) Refresh() {
	r.paint()
	r.back.Refresh()
}

func (r *chipRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.back, r.chip.label, r.chip.cross}
	if r.chip.bang != nil {
		objects = append(objects, r.chip.bang)
	}
	return objects
}
func (r *chipRenderer) Destroy() {}

// chipFlow puts chips below a field, as wide as that is.
type chipFlow struct {
	wrap
	field fyne.CanvasObject
}

func (l chipFlow) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(80, l.flow(parts, max(l.field.Size().Width, 80), false))
}

func (l chipFlow) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	l.flow(parts, size.Width, true)
	for _, p := range parts {
		if p.Size().Width > size.Width { // its words are cut
			p.Resize(fyne.NewSize(size.Width, p.Size().Height))
		}
	}
}
