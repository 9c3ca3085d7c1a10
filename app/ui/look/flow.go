package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"
)

// Row lays parts out beside each other, each at its least width and centred in
// height by itself.
func Row(gap float32, parts ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: layout.NewCustomPaddedHBoxLayout(gap), Objects: parts}
}

// Column lays parts out below each other over the full width. Unlike a box of
// the toolkit it tells each part its width before asking for its height, so
// that wrapped text needs no second pass.
func Column(gap float32, parts ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: columnLayout{gap: gap}, Objects: parts}
}

type columnLayout struct{ gap float32 }

func (l columnLayout) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, part := range parts {
		if !part.Visible() {
			continue
		}
		fitWidth(part, size.Width)
		part.Move(fyne.NewPos(0, y))
		y += part.Size().Height + l.gap
	}
}

func (l columnLayout) MinSize(parts []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	shown := 0
	for _, part := range parts {
		if !part.Visible() {
			continue
		}
		least := part.MinSize()
		size.Width = fyne.Max(size.Width, least.Width)
		size.Height += least.Height
		shown++
	}
	if shown > 1 {
		size.Height += l.gap * float32(shown-1)
	}
	return size
}

// fitWidth gives part a width and then the height that it needs at that width.
func fitWidth(part fyne.CanvasObject, width float32) {
	part.Resize(fyne.NewSize(width, part.MinSize().Height))
	if least := part.MinSize().Height; least != part.Size().Height {
		part.Resize(fyne.NewSize(width, least))
	}
}

// Beside lays out a lead of fixed width, a middle that takes what is left, and
// a tail of fixed width, tops aligned unless centre is true. Lead or tail may
// be nil.
func Beside(gap float32, centre bool, lead, middle, tail fyne.CanvasObject) *fyne.Container {
	l := besideLayout{gap: gap, centre: centre, lead: lead, middle: middle, tail: tail}
	var parts []fyne.CanvasObject
	for _, part := range []fyne.CanvasObject{lead, middle, tail} {
		if part != nil {
			parts = append(parts, part)
		}
	}
	return &fyne.Container{Layout: l, Objects: parts}
}

type besideLayout struct {
	gap                float32
	centre             bool
	lead, middle, tail fyne.CanvasObject
}

func (l besideLayout) sides() (lead, tail fyne.Size) {
	if l.lead != nil && l.lead.Visible() {
		lead = l.lead.MinSize().AddWidthHeight(l.gap, 0)
	}
	if l.tail != nil && l.tail.Visible() {
		tail = l.tail.MinSize().AddWidthHeight(l.gap, 0)
	}
	return lead, tail
}

func (l besideLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	lead, tail := l.sides()
	width := fyne.Max(0, size.Width-lead.Width-tail.Width)
	fitWidth(l.middle, width)
	l.place(l.lead, 0, lead, size)
	l.middle.Move(fyne.NewPos(lead.Width, l.top(l.middle.Size().Height, size.Height)))
	l.place(l.tail, size.Width-tail.Width+l.gap, tail, size)
}

func (l besideLayout) place(part fyne.CanvasObject, x float32, outer, size fyne.Size) {
	if part == nil || !part.Visible() {
		return
	}
	part.Resize(fyne.NewSize(outer.Width-l.gap, outer.Height))
	part.Move(fyne.NewPos(x, l.top(outer.Height, size.Height)))
}

func (l besideLayout) top(height, room float32) float32 {
	if !l.centre {
		return 0
	}
	return fyne.Max(0, (room-height)/2)
}

func (l besideLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	lead, tail := l.sides()
	middle := l.middle.MinSize()
	return fyne.NewSize(lead.Width+middle.Width+tail.Width, fyne.Max(middle.Height, fyne.Max(lead.Height, tail.Height)))
}
