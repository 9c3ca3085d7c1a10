package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// areaLimit is up to how many bytes a text is edited here: the toolkit's entry
// pays for its whole text at every key.
const areaLimit = 20 << 10

// area is an input of several lines in a sheet. Esc closes the sheet, and Tab
// goes on to the next part, as everywhere.
type area struct {
	widget.Entry
	sheet *sheet
}

func newArea(s *sheet, rows int) *area {
	a := &area{sheet: s}
	a.ExtendBaseWidget(a)
	a.MultiLine = true
	a.TextStyle = fyne.TextStyle{Monospace: true}
	a.Wrapping = fyne.TextWrapBreak
	a.SetMinRowsVisible(rows)
	return a
}

// TypedKey closes the sheet on Esc.
func (a *area) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyEscape {
		a.sheet.close()
		return
	}
	a.Entry.TypedKey(key)
}

// AcceptsTab keeps Tab for the way to the next part.
func (a *area) AcceptsTab() bool { return false }

// show sets the text without a call of OnChanged.
func (a *area) show(text string) {
	told := a.OnChanged
	a.OnChanged = nil
	a.SetText(text)
	a.OnChanged = told
}
