package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
)

// Empty says why there is nothing to see and, with a button that may be
// nil, what to do next.
func Empty(icon Icon, title, says string, button *Button) fyne.CanvasObject {
	name := NewStyled(title, "", theme.SizeNameSubHeadingText, fyne.TextStyle{Bold: true})
	name.Align = fyne.TextAlignCenter
	words := NewProse(says, ColorMuted)
	words.Align = fyne.TextAlignCenter
	parts := []fyne.CanvasObject{centred(NewGlyph(icon, ColorMuted, 34)), name, words}
	if button != nil && !button.Hidden {
		parts = append(parts, centred(button))
	}
	return Inset(24, 40, Column(10, parts...))
}

func centred(o fyne.CanvasObject) fyne.CanvasObject {
	return &fyne.Container{Layout: layout.NewCenterLayout(), Objects: []fyne.CanvasObject{o}}
}
