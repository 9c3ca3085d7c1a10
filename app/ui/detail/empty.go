package detail

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"shopbell/app/ui/look"
)

// emptyState says why there is nothing to see and, with a button that may be
// nil, what to do next.
func emptyState(icon look.Icon, title, says string, button *look.Button) fyne.CanvasObject {
	name := look.NewStyled(title, "", theme.SizeNameSubHeadingText, fyne.TextStyle{Bold: true})
	name.Align = fyne.TextAlignCenter
	words := look.NewProse(says, look.ColorMuted)
	words.Align = fyne.TextAlignCenter
	parts := []fyne.CanvasObject{centred(look.NewGlyph(icon, look.ColorMuted, 34)), name, words}
	if button != nil && !button.Hidden {
		parts = append(parts, centred(button))
	}
	return look.Inset(24, 40, look.Column(10, parts...))
}

func centred(o fyne.CanvasObject) fyne.CanvasObject {
	return &fyne.Container{Layout: layout.NewCenterLayout(), Objects: []fyne.CanvasObject{o}}
}
