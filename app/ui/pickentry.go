package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

// pickEntry is the search field of the picker. Its arrows move in the list.
type pickEntry struct {
	widget.Entry
	picker *picker
}

func newPickEntry(p *picker) *pickEntry {
	e := &pickEntry{picker: p}
	e.ExtendBaseWidget(e)
	e.Icon = look.IconSearch.Resource(look.ColorMuted)
	e.PlaceHolder = "Name, id or category"
	e.OnChanged = p.search
	e.OnSubmitted = func(string) { p.take() }
	return e
}

// TypedKey moves in the list, and closes the sheet on Esc.
func (e *pickEntry) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		e.picker.rows.TypedKey(key)
	case fyne.KeyEscape:
		e.picker.sheet.close()
	default:
		e.Entry.TypedKey(key)
	}
}

// otherKey is a key that the list has no use for.
func (e *pickEntry) otherKey(key *fyne.KeyEvent) {
	e.picker.sheet.focus(e)
	e.TypedKey(key)
}

// otherRune is a letter typed while the list has the focus.
func (e *pickEntry) otherRune(r rune) {
	e.picker.sheet.focus(e)
	e.TypedRune(r)
}
