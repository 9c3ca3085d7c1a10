package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/settings"
	"shopbell/app/ui/look"
)

// themeKey is the preference that held the choice of light or dark before
// [window] of the config file did.
const themeKey = "theme"

// The choices of light and dark, as kept.
const (
	themeSystem = "system"
	themeLight  = "light"
	themeDark   = "dark"
)

// applyTheme gives the app our look as it is without a choice.
func applyTheme(a fyne.App) { a.Settings().SetTheme(themeOf(settings.Window{})) }

// themeOf is our look as [window] has it.
func themeOf(s settings.Window) fyne.Theme {
	t := look.New()
	switch s.Theme {
	case themeLight:
		t = look.Light()
	case themeDark:
		t = look.Dark()
	}
	return t.Sized(s.Scale, s.Density == densityCompact)
}

// The choices of how much air there is, as kept.
const (
	densityComfortable = "comfortable"
	densityCompact     = "compact"
)

// wear shows s.
func (w *Window) wear(s settings.Window) {
	if s == w.looks {
		return
	}
	w.looks = s
	w.app.Settings().SetTheme(themeOf(s))
	if w.list == nil { // nothing is made yet
		w.tongue.use(s.Language)
		return
	}
	w.list.rows.RowHeight = w.list.rows.Theme().Size(look.SizeRow)
	w.list.rows.Refresh()
	w.top.said = topWords{} // what it leaves out depends on the size of text
	w.top.show(w.model)
	w.menu.show(w)
	if !w.tongue.speaks(s.Language) {
		w.onUI(w.relearn) // after what is being shown just now
	}
}

// followSettings brings what depends on the settings alone in line with them.
func (w *Window) followSettings(s settings.Settings) {
	if w.keeping == 0 { // else they may be older than what was chosen
		w.wear(s.Window)
	}
	if w.preparing != nil {
		w.preparing.follow(s)
	}
}

// setTheme shows a choice of light or dark and keeps it.
func (w *Window) setTheme(choice string) {
	next := w.looks
	next.Theme = choice
	w.wear(next)
	w.keepTheme(choice, nil)
}

// keepTheme writes a choice into the config file.
func (w *Window) keepTheme(choice string, kept func()) {
	w.keeping++
	change := settings.Change{Table: "window", Key: "theme", Value: choice}
	w.task(func(ctx context.Context) error { return w.engine.Change(ctx, "", change) }, func(err error) {
		w.keeping--
		switch {
		case err != nil:
			w.notice.fail(lang.L("The theme could not be written to the config file"), err)
			w.followSettings(w.engine.Settings())
		case kept != nil:
			kept()
		}
	})
}

// migrateTheme moves a choice that an earlier version kept as a preference into
// the config file, once. A file that has one already wins.
func (w *Window) migrateTheme() {
	p := w.app.Preferences()
	before := p.String(themeKey)
	if before == "" {
		return
	}
	forget := func() { p.RemoveValue(themeKey) }
	if w.looks.Theme != themeSystem || before != themeLight && before != themeDark {
		forget()
		return
	}
	next := w.looks
	next.Theme = before
	w.wear(next)
	w.keepTheme(before, forget)
}
