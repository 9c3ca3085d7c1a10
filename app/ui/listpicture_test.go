package ui

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/ui/rows"
)

// listPart is the list pane as drawn, from the search field to its foot.
func (d *desk) listPart() image.Image {
	return piece(d.list.content)()
}

func TestListWithASelectionLooksAsBefore(t *testing.T) {
	d := openScene(t)
	d.win.Resize(fyne.NewSize(1100, 640))
	d.reach(1, rows.Alone)
	d.reach(3, rows.Extend)
	d.reach(5, rows.Toggle)
	d.both("selection", d.listPart)
	d.list.group.work("Replaying 3 of 4…", func() {})
	d.both("selection-work", d.listPart)
}

func TestSelectionInTheSmallestWindowIsDrawn(t *testing.T) {
	d := openScene(t)
	d.win.Resize(fyne.NewSize(900, 600))
	d.reach(0, rows.Alone)
	d.list.all()
	if least := d.win.Content().MinSize(); least.Width > 900 || least.Height > 600 {
		t.Errorf("the window needs %v, expected no more than 900x600", least)
	}
	if right := d.list.group.content.Size().Width; right > d.list.content.Size().Width {
		t.Errorf("the bar is %v wide in a list of %v", right, d.list.content.Size().Width)
	}
	d.both("selection-small", d.listPart)
}
