package rows

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"shopbell/app/ui/look"
)

var (
	_ fyne.Focusable         = (*List)(nil)
	_ fyne.Scrollable        = (*List)(nil)
	_ fyne.SecondaryTappable = (*List)(nil)
	_ fyne.Tappable          = (*List)(nil)
	_ desktop.Hoverable      = (*List)(nil)
	_ desktop.Mouseable      = (*List)(nil)
)

// Scrolled moves the view with the wheel or touch pad.
func (l *List) Scrolled(by *fyne.ScrollEvent) { l.ScrollBy(-by.Scrolled.DY) }

// MouseDown selects at once: rows may have moved on by the time of the tap.
func (l *List) MouseDown(at *desktop.MouseEvent) {
	l.pressed = true
	l.focus()
	i := l.rowAt(at.Position)
	if yes, several := l.several(i); at.Button == desktop.MouseButtonSecondary && several && yes {
		l.Select(i) // the menu is about all that are chosen
		return
	}
	l.choose(i, reachOf(at.Modifier))
}

// MouseUp does nothing.
func (l *List) MouseUp(*desktop.MouseEvent) {}

// Tapped selects where no MouseDown came before it (touch).
func (l *List) Tapped(at *fyne.PointEvent) {
	if l.pressed {
		l.pressed = false
		return
	}
	l.focus()
	l.choose(l.rowAt(at.Position), Alone)
}

// TappedSecondary selects the row and tells OnSecondary.
func (l *List) TappedSecondary(at *fyne.PointEvent) {
	if !l.pressed {
		l.choose(l.rowAt(at.Position), Alone)
	}
	l.pressed = false
	if l.OnSecondary != nil && l.selected != None {
		l.OnSecondary(l.selected, at)
	}
}

func (l *List) rowAt(at fyne.Position) int { return l.axis.at(at.Y) }

func (l *List) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
}

// MouseIn marks the row under the pointer.
func (l *List) MouseIn(at *desktop.MouseEvent) { l.MouseMoved(at) }

// MouseMoved marks the row under the pointer.
func (l *List) MouseMoved(at *desktop.MouseEvent) {
	l.pointer = at.Position.Y
	if i := l.rowAt(at.Position); i != l.hovered {
		l.hovered = i
		l.paint()
	}
}

// MouseOut unmarks the row.
func (l *List) MouseOut() {
	l.hovered = None
	l.paint()
}

// FocusGained shows that keys go to the list.
func (l *List) FocusGained() { l.focused = true; l.paint() }

// FocusLost ends FocusGained.
func (l *List) FocusLost() { l.focused, l.shift = false, false; l.paint() }

// TypedRune moves with j and k.
func (l *List) TypedRune(r rune) {
	switch r {
	case 'j':
		l.step(1)
	case 'k':
		l.step(-1)
	default:
		if l.OnRune != nil {
			l.OnRune(r)
		} else {
			look.PassRune(l, r)
		}
	}
}

// TypedKey moves the selection: arrows by a row, page keys by a page, Home and
// End to the ends; with Shift the rows between go along. Space adds the row to
// those that are chosen, or takes it out. Enter tells OnActivated.
func (l *List) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeySpace && l.OnReach != nil {
		l.choose(l.selected, Toggle)
		return
	}
	switch key.Name {
	case fyne.KeyDown:
		l.step(1)
	case fyne.KeyUp:
		l.step(-1)
	case fyne.KeyPageDown:
		l.step(l.axis.whole())
	case fyne.KeyPageUp:
		l.step(-l.axis.whole())
	case fyne.KeyHome:
		l.move(0)
	case fyne.KeyEnd:
		l.move(l.axis.count - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.OnActivated != nil && l.selected != None {
			l.OnActivated(l.selected)
		}
	default:
		if l.OnKey != nil {
			l.OnKey(key)
		} else {
			look.PassKey(l, key)
		}
	}
}

// step moves the selection by n rows, stopping at the ends. With nothing
// selected it starts at the first row seen.
func (l *List) step(n int) {
	if l.selected == None {
		from, _ := l.axis.seen()
		l.move(from)
		return
	}
	l.move(min(max(0, l.selected+n), l.axis.count-1))
}
