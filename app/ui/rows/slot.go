package rows

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"shopbell/app/ui/look"
)

// accentWidth is the breadth of the strip that marks the selected row, so that
// the row's colour is not the only sign.
const accentWidth = 3

// slot is a row on screen: background, accent strip, line and the caller's row.
type slot struct {
	box     *fyne.Container
	back    *canvas.Rectangle
	accent  *canvas.Rectangle
	line    *canvas.Rectangle
	content fyne.CanvasObject
	fresh   bool // not filled yet
}

func newSlot(content fyne.CanvasObject) *slot {
	s := &slot{back: canvas.NewRectangle(nil), accent: canvas.NewRectangle(nil), line: canvas.NewRectangle(nil), content: content, fresh: true}
	s.box = &fyne.Container{Objects: []fyne.CanvasObject{s.back, s.content, s.accent, s.line}}
	return s
}

func (s *slot) resize(size fyne.Size) {
	if s.box.Size() == size {
		return
	}
	s.box.Resize(size)
	s.back.Resize(size)
	s.content.Resize(size)
	s.accent.Resize(fyne.NewSize(accentWidth, size.Height))
	s.line.Move(fyne.NewPos(0, size.Height-1))
	s.line.Resize(fyne.NewSize(size.Width, 1))
}

// place puts a slot on every row that is seen. fill fills them all again; else
// only those that came into view.
func (l *List) place(fill bool) {
	l.axis.unit = max(1, l.RowHeight)
	l.axis.room = l.Size().Height
	l.axis.clamp()
	from, to := l.axis.seen()
	l.retire(from, to)
	size := fyne.NewSize(l.Size().Width, l.axis.unit)
	for i := from; i < to; i++ {
		s := l.take(i)
		s.resize(size)
		s.box.Move(fyne.NewPos(0, l.axis.place(i)))
		if fill || s.fresh {
			s.fresh = false
			l.bind(i, s.content)
		}
	}
	l.bar.Hidden = l.axis.fits()
	if l.hovered != None { // rows move under a pointer that rests
		l.hovered = l.axis.at(l.pointer)
	}
	l.paint()
}

// retire frees the slots of rows that are not seen any more, the last one
// first, so that which slot is used again does not depend on the order of a map.
func (l *List) retire(from, to int) {
	for _, i := range slices.Backward(slices.Sorted(maps.Keys(l.used))) {
		if s := l.used[i]; i < from || i >= to {
			delete(l.used, i)
			s.fresh = true
			s.box.Hide()
			l.free = append(l.free, s)
		}
	}
}

// take returns the slot of row i, used again if possible.
func (l *List) take(i int) *slot {
	if s, on := l.used[i]; on {
		return s
	}
	var s *slot
	if n := len(l.free); n > 0 {
		s, l.free = l.free[n-1], l.free[:n-1]
		s.box.Show()
	} else {
		s = newSlot(l.newRow())
		l.body.Objects = append(l.body.Objects, s.box)
	}
	l.used[i] = s
	return s
}

// paint colours the rows on screen by selection, hover and focus.
func (l *List) paint() {
	th, variant := l.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	strip := look.ColorMuted
	if l.focused {
		strip = theme.ColorNamePrimary
	}
	for i, s := range l.used {
		chosen := l.chosen(i)
		s.back.Hidden = !chosen && i != l.selected && i != l.hovered
		s.accent.Hidden = !chosen
		s.line.Hidden = !l.Lines
		s.back.FillColor = th.Color(look.ColorHoverRow, variant)
		if chosen {
			s.back.FillColor = th.Color(look.ColorSelected, variant)
		}
		s.accent.FillColor = th.Color(strip, variant)
		s.line.FillColor = th.Color(look.ColorBorder, variant)
		canvas.Refresh(s.back)
	}
}
