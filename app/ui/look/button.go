package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Weight is how much a button stands out.
type Weight int

// The weights.
const (
	SecondaryWeight Weight = iota // a bordered button
	PrimaryWeight                 // the one next step, filled with the accent
	QuietWeight                   // text or icon alone, drawn on hover
)

// Button is a rounded button that is told by pointer and keyboard alike (Tab,
// then Space or Enter). Change the fields, then call Refresh.
type Button struct {
	widget.DisableableWidget
	Text     string
	Icon     Icon // "" has none
	Trailing Icon // after the text, for example IconDown on a menu button
	Weight   Weight
	// Compact makes the button 26 high in place of 34, for bars inside a pane.
	Compact  bool
	OnTapped func()
	// Label is what a screen reader says of a button without text.
	Label string

	hovered, focused bool
}

var (
	_ fyne.Focusable    = (*Button)(nil)
	_ desktop.Hoverable = (*Button)(nil)
)

// Primary returns the button for the one next step.
func Primary(text string, icon Icon, tapped func()) *Button {
	return newButton(text, icon, PrimaryWeight, tapped)
}

// Secondary returns a bordered button.
func Secondary(text string, icon Icon, tapped func()) *Button {
	return newButton(text, icon, SecondaryWeight, tapped)
}

// Quiet returns a button without border, for icons and small actions.
func Quiet(text string, icon Icon, tapped func()) *Button {
	b := newButton(text, icon, QuietWeight, tapped)
	b.Compact = true
	return b
}

// MenuButton returns a bordered button that carries a downward arrow.
func MenuButton(text string, tapped func()) *Button {
	b := newButton(text, "", SecondaryWeight, tapped)
	b.Trailing = IconDown
	return b
}

func newButton(text string, icon Icon, weight Weight, tapped func()) *Button {
	b := &Button{Text: text, Icon: icon, Weight: weight, OnTapped: tapped}
	b.ExtendBaseWidget(b)
	return b
}

// SetText changes the text.
func (b *Button) SetText(text string) {
	b.Text = text
	b.Refresh()
}

// Tapped runs OnTapped unless the button is disabled.
func (b *Button) Tapped(*fyne.PointEvent) {
	if !b.Disabled() && b.OnTapped != nil {
		b.OnTapped()
	}
}

// TypedKey taps on Space and Enter.
func (b *Button) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	default:
		PassKey(b, key)
	}
}

// TypedRune leaves letters to the window.
func (b *Button) TypedRune(r rune) { PassRune(b, r) }

// FocusGained draws the focus ring.
func (b *Button) FocusGained() { b.focused = true; b.Refresh() }

// FocusLost removes the focus ring.
func (b *Button) FocusLost() { b.focused = false; b.Refresh() }

// MouseIn marks the button as under the pointer.
func (b *Button) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved does nothing.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends MouseIn.
func (b *Button) MouseOut() { b.hovered = false; b.Refresh() }

// Cursor is a hand over a button that can be pressed.
func (b *Button) Cursor() desktop.Cursor {
	if b.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// AccessibilityLabel is the text, or Label for a button without.
func (b *Button) AccessibilityLabel() string {
	if b.Text != "" {
		return b.Text
	}
	return b.Label
}

// AccessibilityRole tells that this is a button.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// inks are the names of text, fill and border colour as the button stands.
func (b *Button) inks() (text, fill, border fyne.ThemeColorName) {
	switch {
	case b.Disabled() && b.Weight == QuietWeight:
		return theme.ColorNameDisabled, "", ""
	case b.Disabled():
		return theme.ColorNameDisabled, theme.ColorNameDisabledButton, ColorBorder
	case b.Weight == PrimaryWeight:
		return theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary, ""
	case b.Weight == QuietWeight:
		return ColorMuted, "", ""
	}
	return theme.ColorNameForeground, ColorPanel, theme.ColorNameInputBorder
}
