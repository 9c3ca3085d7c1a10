package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/app/ui/rows"
)

// walkEntry is a field above a list of what fits its text. Its arrows move in
// the list.
type walkEntry struct {
	widget.Entry
	sheet *sheet
	rows  *rows.List
}

// TypedKey moves in the list, and closes the sheet on Esc.
func (e *walkEntry) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		e.rows.TypedKey(key)
	case fyne.KeyEscape:
		e.sheet.close()
	default:
		e.Entry.TypedKey(key)
	}
}

// above puts the field above its list, which gives it what it has no use for.
func (e *walkEntry) above(list *rows.List, field fyne.Focusable) {
	e.rows = list
	list.OnKey = func(key *fyne.KeyEvent) {
		e.sheet.focus(field)
		e.TypedKey(key)
	}
	list.OnRune = func(r rune) {
		e.sheet.focus(field)
		e.TypedRune(r)
	}
}

// pickEntry is the search field of the picker.
type pickEntry struct {
	walkEntry
	picker *picker
}

func newPickEntry(p *picker) *pickEntry {
	e := &pickEntry{walkEntry: walkEntry{sheet: p.sheet}, picker: p}
	e.ExtendBaseWidget(e)
	e.Icon = look.IconSearch.Resource(look.ColorMuted)
	e.PlaceHolder = lang.L("Name, id or category")
	e.OnChanged = p.search
	e.OnSubmitted = func(string) { p.take() }
	return e
}
