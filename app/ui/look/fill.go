package look

import "fyne.io/fyne/v2"

// Fill lays parts out below each other; the last one takes all height that is
// left.
func Fill(gap float32, parts ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: fillLayout{gap: gap}, Objects: parts}
}

type fillLayout struct{ gap float32 }

func (l fillLayout) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for i, part := range parts {
		if !part.Visible() {
			continue
		}
		if i == len(parts)-1 {
			part.Resize(fyne.NewSize(size.Width, max(0, size.Height-y)))
		} else {
			fitWidth(part, size.Width)
		}
		part.Move(fyne.NewPos(0, y))
		y += part.Size().Height + l.gap
	}
}

func (l fillLayout) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return columnLayout(l).MinSize(parts)
}

// Inset puts space around content.
func Inset(across, down float32, content fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: insetLayout{across, down}, Objects: []fyne.CanvasObject{content}}
}

type insetLayout struct{ across, down float32 }

func (l insetLayout) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	for _, part := range parts {
		part.Move(fyne.NewPos(l.across, l.down))
		part.Resize(size.SubtractWidthHeight(2*l.across, 2*l.down))
	}
}

func (l insetLayout) MinSize(parts []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, part := range parts {
		size = size.Max(part.MinSize())
	}
	return size.AddWidthHeight(2*l.across, 2*l.down)
}
