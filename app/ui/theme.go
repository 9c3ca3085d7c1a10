package ui

import (
	"fyne.io/fyne/v2"

	"shopbell/app/ui/look"
)

// themeKey is the preference that holds the user's choice of light or dark.
const themeKey = "theme"

// The choices of light and dark, as kept.
const (
	themeSystem = ""
	themeLight  = "light"
	themeDark   = "dark"
)

// applyTheme gives the app our look, light or dark as chosen.
func applyTheme(a fyne.App) {
	switch a.Preferences().String(themeKey) {
	case themeLight:
		a.Settings().SetTheme(look.Light())
	case themeDark:
		a.Settings().SetTheme(look.Dark())
	default:
		a.Settings().SetTheme(look.New())
	}
}

// setTheme keeps a choice and shows it.
func (w *Window) setTheme(choice string) {
	w.app.Preferences().SetString(themeKey, choice)
	applyTheme(w.app)
	w.menu.show(w)
}
