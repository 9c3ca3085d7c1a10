package ui

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestPaletteIsDrawn(t *testing.T) {
	d := openScene(t)
	for _, size := range sizes {
		d.win.Resize(size.of)
		d.list.rows.Select(0)
		p := d.openPalette()
		p.find.SetText("copy")
		p.find.TypedKey(key(fyne.KeyDown))
		d.both("palette"+size.name, p.sheet.alone)
		p.find.SetText("nothing is called this")
		d.both("palette-none"+size.name, p.sheet.alone)
		p.sheet.close()
	}
	d.unselect()
	p := d.openPalette()
	p.find.SetText("cop")
	p.find.TypedKey(key(fyne.KeyDown))
	p.submit() // nothing is selected that could be copied
	d.both("palette-off", p.sheet.alone)
}

func TestSheetOfKeysIsDrawn(t *testing.T) {
	d := openScene(t)
	for _, size := range sizes {
		d.win.Resize(size.of)
		d.openKeys()
		d.both("keys"+size.name, d.sheets[0].alone)
		d.sheets[0].close()
	}
}

func TestUndoBelowTheTopBarIsDrawn(t *testing.T) {
	d := openScene(t)
	d.win.Resize(fyne.NewSize(900, 600))
	d.notice.offer("2 captures deleted.", "Undo", d.undo)
	bar := image.Rect(0, 0, 900, 140)
	d.setTheme(themeLight)
	test.AssertImageMatches(t, "undo-light.png", part(d.win.Canvas().Capture(), bar))
	d.setTheme(themeDark)
	test.AssertImageMatches(t, "undo-dark.png", part(d.win.Canvas().Capture(), bar))
}
