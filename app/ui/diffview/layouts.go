package diffview

import "fyne.io/fyne/v2"

// halfLeast is the least width of the view; it is cut below.
const halfLeast = 320

// footLayout gives the first part all height that a line below it leaves.
type footLayout struct{}

func (footLayout) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(halfLeast, 160)
}

func (footLayout) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	const gap = 6
	foot := parts[1].MinSize().Height
	parts[0].Move(fyne.NewPos(0, 0))
	parts[0].Resize(fyne.NewSize(size.Width, max(0, size.Height-foot-gap)))
	parts[1].Move(fyne.NewPos(0, size.Height-foot))
	parts[1].Resize(fyne.NewSize(size.Width, foot))
}

// onTop gives every part the whole place and asks for no more than a little.
type onTop struct{}

func (onTop) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(halfLeast, 160) }

func (onTop) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	for _, part := range parts {
		part.Move(fyne.NewPos(0, 0))
		part.Resize(size)
	}
}

// halves puts two parts beside each other, equally wide.
type halves struct{}

func (halves) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(halfLeast, max(parts[0].MinSize().Height, parts[1].MinSize().Height))
}

func (halves) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	for i, part := range parts {
		part.Move(fyne.NewPos(float32(i)*size.Width/2, 0))
		part.Resize(fyne.NewSize(size.Width/2-8, size.Height))
	}
}
