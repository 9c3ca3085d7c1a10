// Package look is how Shopbell looks: one theme, light and dark, and the small
// parts that every pane is made of. Start with New for the theme; the parts are
// Text, Prose, Badge, Mark, Pill, Button and Panel. A part asks for its colours
// by name each time it is drawn, so a switch of theme needs nothing but a
// refresh.
package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Theme is Shopbell's own theme. Its zero value follows the system's choice of
// light or dark.
type Theme struct {
	forced  bool
	variant fyne.ThemeVariant
	percent int // the size of text; 0 is 100
	compact bool
}

var _ fyne.Theme = Theme{}

// New returns the theme that follows the system.
func New() Theme { return Theme{} }

// Light returns the theme that is always light.
func Light() Theme { return Theme{forced: true, variant: theme.VariantLight} }

// Dark returns the theme that is always dark.
func Dark() Theme { return Theme{forced: true, variant: theme.VariantDark} }

// Sized returns t with text of a size in per cent of the usual one, and with
// less air if compact.
func (t Theme) Sized(percent int, compact bool) Theme {
	t.percent, t.compact = percent, compact
	return t
}

// Color returns the colour called name; a name that is not ours comes from the
// toolkit's own theme.
func (t Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if t.forced {
		variant = t.variant
	}
	shades, ours := palette[name]
	if !ours {
		return theme.DefaultTheme().Color(name, variant)
	}
	if variant == theme.VariantLight {
		return shades.light
	}
	return shades.dark
}

// Font returns the toolkit's fonts: they are built in, so a picture of the
// window is the same on every machine.
func (t Theme) Font(style fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(style) }

// Icon returns the toolkit's icons; our own are the Icon functions.
func (t Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

// Size returns the size called name in device independent pixels.
func (t Theme) Size(name fyne.ThemeSizeName) float32 {
	size, ours := sizes[name]
	if tight, has := compactSizes[name]; has && t.compact {
		size = tight
	}
	switch {
	case !ours:
		return theme.DefaultTheme().Size(name)
	case t.percent > 0 && ofText[name]:
		return size * float32(t.percent) / 100
	}
	return size
}

// Stretch is how much larger than usual text is where w stands: what holds
// lines of text grows by it.
func Stretch(w interface{ Theme() fyne.Theme }) float32 {
	return w.Theme().Size(theme.SizeNameText) / sizes[theme.SizeNameText]
}

// colorOf is the colour called name as w shows it, with any theme override
// above w heeded.
func colorOf(w interface{ Theme() fyne.Theme }, name fyne.ThemeColorName) color.Color {
	return w.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}
