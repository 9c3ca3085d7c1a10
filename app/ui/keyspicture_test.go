package ui

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestPaletteIsDrawn(t *testing.T) {
	d := openScene(t)
	p := d.openPalette()
	p.find.SetText("copy")
	p.find.TypedKey(key(fyne.KeyDown))
	d.win.Canvas().Unfocus() // a cursor blinks
	d.setTheme(themeLight)
	test.AssertImageMatches(t, "palette-light.png", p.sheet.drawn())
	p.sheet.close()
	d.setTheme(themeDark)
	d.unselect()
	d.win.Resize(fyne.NewSize(900, 600))
	p = d.openPalette()
	p.find.SetText("cop")
	d.win.Canvas().Unfocus()
	test.AssertImageMatches(t, "palette-dark-small.png", p.sheet.drawn())
}

func TestSheetOfKeysIsDrawn(t *testing.T) {
	d := openScene(t)
	d.openKeys()
	d.win.Canvas().Unfocus()
	d.setTheme(themeLight)
	test.AssertImageMatches(t, "keys-light.png", d.sheets[0].drawn())
	d.sheets[0].close()
	d.setTheme(themeDark)
	d.win.Resize(fyne.NewSize(900, 600))
	d.openKeys()
	d.win.Canvas().Unfocus()
	test.AssertImageMatches(t, "keys-dark-small.png", d.sheets[0].drawn())
}

func TestUndoIsOfferedBelowTheTopBar(t *testing.T) {
	d := openScene(t)
	d.win.Resize(fyne.NewSize(900, 600))
	d.notice.offer("2 captures deleted.", "Undo", d.undo)
	bar := image.Rect(0, 0, 900, 140)
	d.setTheme(themeLight)
	test.AssertImageMatches(t, "undo-light.png", part(d.win.Canvas().Capture(), bar))
	d.setTheme(themeDark)
	test.AssertImageMatches(t, "undo-dark.png", part(d.win.Canvas().Capture(), bar))
}
