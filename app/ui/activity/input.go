package activity

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"shopbell/app/ui/look"
)

var (
	_ fyne.Draggable    = (*Strip)(nil)
	_ fyne.Focusable    = (*Strip)(nil)
	_ fyne.Tappable     = (*Strip)(nil)
	_ desktop.Hoverable = (*Strip)(nil)
	_ desktop.Keyable   = (*Strip)(nil)
	_ desktop.Mouseable = (*Strip)(nil)
)

// barAt is the bar at a place, the nearest one at the sides; none without bars.
func (s *Strip) barAt(x float32) int {
	n := len(s.chart.Bars)
	if n == 0 || s.Size().Width <= 0 {
		return none
	}
	return min(max(int(x/s.Size().Width*float32(n)), 0), n-1)
}

// MouseDown begins a range.
func (s *Strip) MouseDown(at *desktop.MouseEvent) {
	s.pressed = true
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		c.Focus(s)
	}
	s.pressed = false
	if at.Button == desktop.MouseButtonSecondary {
		return
	}
	s.anchor = s.barAt(at.Position.X)
	s.cursor, s.dragging = s.anchor, s.anchor != none
	s.Refresh()
}

// MouseUp ends a range.
func (s *Strip) MouseUp(*desktop.MouseEvent) { s.release() }

// Dragged moves the end of a range.
func (s *Strip) Dragged(to *fyne.DragEvent) {
	if s.dragging {
		s.cursor = s.barAt(to.Position.X)
		s.Refresh()
	}
}

// DragEnd ends a range.
func (s *Strip) DragEnd() { s.release() }

// Tapped does nothing: MouseUp has chosen the bar.
func (s *Strip) Tapped(*fyne.PointEvent) {}

func (s *Strip) release() {
	if !s.dragging {
		return
	}
	s.dragging = false
	if first, last, some := s.brush(); some {
		s.choose(first, last)
	}
	s.cursor = none
	s.takeWaiting()
}

func (s *Strip) takeWaiting() {
	if s.waiting != nil {
		s.Set(*s.waiting)
	}
}

// MouseIn shows the bar under the pointer.
func (s *Strip) MouseIn(at *desktop.MouseEvent) { s.MouseMoved(at) }

// MouseMoved shows the bar under the pointer.
func (s *Strip) MouseMoved(at *desktop.MouseEvent) {
	if i := s.barAt(at.Position.X); i != s.hovered {
		s.hovered = i
		s.Refresh()
	}
}

// MouseOut ends MouseMoved.
func (s *Strip) MouseOut() {
	s.hovered = none
	s.Refresh()
}

// FocusGained puts the cursor of the keys on the latest bar, if it comes by key.
func (s *Strip) FocusGained() {
	s.focused = true
	if s.cursor == none && !s.pressed {
		s.cursor = len(s.chart.Bars) - 1
	}
	s.Refresh()
}

// FocusLost lets go of a range that was not chosen.
func (s *Strip) FocusLost() {
	s.focused, s.shift = false, false
	if !s.dragging {
		s.anchor = none
	}
	s.Refresh()
}

// KeyDown notes that Shift is held.
func (s *Strip) KeyDown(key *fyne.KeyEvent) { s.hold(key, true) }

// KeyUp notes that Shift was let go.
func (s *Strip) KeyUp(key *fyne.KeyEvent) { s.hold(key, false) }

func (s *Strip) hold(key *fyne.KeyEvent, held bool) {
	if look.IsShift(key) {
		s.shift = held
	}
}

// TypedRune passes letters on.
func (s *Strip) TypedRune(r rune) {
	if s.OnRune != nil && r != ' ' {
		s.OnRune(r)
	}
}

// TypedKey moves the cursor, chooses, and clears.
func (s *Strip) TypedKey(key *fyne.KeyEvent) {
	n := len(s.chart.Bars)
	at := s.cursor
	if at == none {
		at = n // so that Left leads to the latest bar
	}
	switch key.Name {
	case fyne.KeyLeft:
		s.step(at - 1)
	case fyne.KeyRight:
		s.step(at + 1)
	case fyne.KeyHome:
		s.step(0)
	case fyne.KeyEnd:
		s.step(n - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if first, last, some := s.brush(); some {
			s.choose(first, last)
		} else if s.cursor != none {
			s.choose(s.cursor, s.cursor)
		}
	case fyne.KeyEscape:
		s.escape(key)
	default:
		s.pass(key)
	}
}

// escape takes back the last step: the range that is being chosen, the one that
// was, and then the focus.
func (s *Strip) escape(key *fyne.KeyEvent) {
	switch {
	case s.anchor != none:
		s.anchor, s.dragging = none, false
		s.takeWaiting()
		s.Refresh()
	case s.chart.Chosen && s.OnClear != nil:
		s.OnClear()
	default:
		s.pass(key)
	}
}

func (s *Strip) pass(key *fyne.KeyEvent) {
	if s.OnKey != nil {
		s.OnKey(key)
	}
}

// step moves the cursor; with Shift the range goes along.
func (s *Strip) step(to int) {
	if len(s.chart.Bars) == 0 {
		return
	}
	to = min(max(to, 0), len(s.chart.Bars)-1)
	switch {
	case !s.shift:
		s.anchor = none
	case s.anchor == none && s.cursor == none:
		s.anchor = to
	case s.anchor == none:
		s.anchor = s.cursor
	}
	s.cursor = to
	s.Refresh()
}
