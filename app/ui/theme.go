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

// themeItems are the three choices with the present one marked.
func (w *Window) themeItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, c := range []struct{ choice, label string }{
		{themeSystem, "As the system"}, {themeLight, "Light"}, {themeDark, "Dark"},
	} {
		item := fyne.NewMenuItem(c.label, func() { w.setTheme(c.choice) })
		item.Checked = w.app.Preferences().String(themeKey) == c.choice
		items = append(items, item)
	}
	return items
}
