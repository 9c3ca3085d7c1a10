package detail

import "fyne.io/fyne/v2"

// splitLayout gives the first part the height that it needs, up to a share of
// the place, and the second one the rest.
type splitLayout struct {
	need func() float32
	most float32 // share of the height, below 1
	gap  float32
}

func (l splitLayout) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	first := min(l.need(), size.Height*l.most)
	parts[0].Move(fyne.NewPos(0, 0))
	parts[0].Resize(fyne.NewSize(size.Width, first))
	parts[1].Move(fyne.NewPos(0, first+l.gap))
	parts[1].Resize(fyne.NewSize(size.Width, max(0, size.Height-first-l.gap)))
}

func (l splitLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, 160) }
