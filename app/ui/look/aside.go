package look

import "fyne.io/fyne/v2"

// Aside lays out main with aside at its right; where that leaves main less
// than least, aside goes below it.
func Aside(gap, least float32, main, aside fyne.CanvasObject) *fyne.Container {
	return AsideNeeding(gap, func() float32 { return least }, main, aside)
}

// AsideNeeding is Aside for a main that needs more or less as it changes.
func AsideNeeding(gap float32, least func() float32, main, aside fyne.CanvasObject) *fyne.Container {
	l := &asideLayout{gap: gap, least: least, main: main, aside: aside}
	return &fyne.Container{Layout: l, Objects: []fyne.CanvasObject{main, aside}}
}

type asideLayout struct {
	gap         float32
	least       func() float32
	main, aside fyne.CanvasObject
	below       bool // as last laid out
}

// inOneRow is the least width of part, were it not wrapped.
func inOneRow(part fyne.CanvasObject) float32 {
	if c, yes := part.(*fyne.Container); yes {
		if wrap, yes := c.Layout.(*wrapLayout); yes {
			return (&wrapLayout{gap: wrap.gap}).MinSize(c.Objects).Width
		}
	}
	return part.MinSize().Width
}

func (l *asideLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	if !l.shown() {
		l.below = false
		fitWidth(l.main, size.Width)
		l.main.Move(fyne.NewPos(0, max(0, (size.Height-l.main.Size().Height)/2)))
		return
	}
	side := l.aside.MinSize()
	side.Width = inOneRow(l.aside)
	l.below = size.Width-side.Width-l.gap < l.least()
	if l.below {
		fitWidth(l.main, size.Width)
		l.main.Move(fyne.NewPos(0, 0))
		fitWidth(l.aside, min(side.Width, size.Width))
		l.aside.Move(fyne.NewPos(0, l.main.Size().Height+l.gap))
		return
	}
	fitWidth(l.aside, side.Width)
	side.Height = l.aside.Size().Height
	fitWidth(l.main, size.Width-side.Width-l.gap)
	l.main.Move(fyne.NewPos(0, max(0, (size.Height-l.main.Size().Height)/2)))
	l.aside.Move(fyne.NewPos(size.Width-side.Width, max(0, (size.Height-side.Height)/2)))
}

func (l *asideLayout) shown() bool { return l.aside.Visible() && !l.aside.MinSize().IsZero() }

func (l *asideLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	main := l.main.MinSize()
	if !l.shown() {
		return main
	}
	side := l.aside.MinSize()
	if l.below {
		return fyne.NewSize(main.Width, main.Height+l.gap+side.Height)
	}
	return fyne.NewSize(main.Width, max(main.Height, side.Height))
}

// Pair lays out a label of fixed width and its value beside it; in a narrow
// place the value goes below its label.
func Pair(label, value fyne.CanvasObject) *fyne.Container {
	l := &pairLayout{label: label, value: value}
	return &fyne.Container{Layout: l, Objects: []fyne.CanvasObject{label, value}}
}

const (
	pairLabel  = 170 // width of the label
	pairNarrow = 400 // below this the value stands under its label
	pairGap    = 14
)

type pairLayout struct {
	label, value fyne.CanvasObject
	below        bool // as last laid out
}

func (l *pairLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.below = size.Width < pairNarrow
	if l.below {
		fitWidth(l.label, size.Width)
		l.label.Move(fyne.NewPos(0, 0))
		fitWidth(l.value, size.Width)
		l.value.Move(fyne.NewPos(0, l.label.Size().Height+2))
		return
	}
	fitWidth(l.label, pairLabel)
	l.label.Move(fyne.NewPos(0, 0))
	fitWidth(l.value, size.Width-pairLabel-pairGap)
	// A small value stands on the base line of its label.
	l.value.Move(fyne.NewPos(pairLabel+pairGap, 1))
}

func (l *pairLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	label, value := l.label.MinSize(), l.value.MinSize()
	if l.below {
		return fyne.NewSize(max(label.Width, value.Width), label.Height+2+value.Height)
	}
	return fyne.NewSize(max(label.Width, value.Width), max(label.Height, value.Height+1))
}
