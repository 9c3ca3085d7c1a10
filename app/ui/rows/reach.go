package rows

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"shopbell/app/ui/look"
)

// Reach is how far the choice of a row goes.
type Reach int

const (
	// Alone: this row and no other.
	Alone Reach = iota
	// Toggle: this row joins those that are chosen, or leaves them (Ctrl, Cmd on a
	// Mac, or the Space key).
	Toggle
	// Extend: all rows from the last one that was chosen otherwise to this (Shift).
	Extend
)

// reachOf is what the keys say that are held while a row is pressed.
func reachOf(held fyne.KeyModifier) Reach {
	switch {
	case held&fyne.KeyModifierShift != 0:
		return Extend
	case held&fyne.KeyModifierShortcutDefault != 0:
		return Toggle
	}
	return Alone
}

var _ desktop.Keyable = (*List)(nil)

// KeyDown notes that Shift is held.
func (l *List) KeyDown(key *fyne.KeyEvent) { l.hold(key, true) }

// KeyUp notes that Shift was let go.
func (l *List) KeyUp(key *fyne.KeyEvent) { l.hold(key, false) }

func (l *List) hold(key *fyne.KeyEvent, held bool) {
	if look.IsShift(key) {
		l.shift = held
	}
}

// move goes to row i by key: alone, or all up to it while Shift is held.
func (l *List) move(i int) {
	if l.OnStepped != nil && i >= 0 && i < l.axis.count {
		changed := i != l.selected
		l.Mark(i)
		l.ScrollTo(i)
		if changed {
			l.OnStepped(i)
		}
		return
	}
	reach := Alone
	if l.shift {
		reach = Extend
	}
	l.choose(i, reach)
}

// choose is the user's choice of row i.
func (l *List) choose(i int, reach Reach) {
	if i < 0 || i >= l.axis.count {
		return
	}
	if l.OnReach != nil {
		l.OnReach(i, reach)
	}
	l.Select(i)
}

// Repaint colours the rows on screen again, after what Chosen says has changed.
func (l *List) Repaint() { l.paint() }

// several asks Chosen.
func (l *List) several(i int) (yes, several bool) {
	if l.Chosen == nil || i < 0 || i >= l.axis.count {
		return false, false
	}
	return l.Chosen(i)
}

// chosen tells whether row i is drawn as one of those that are chosen.
func (l *List) chosen(i int) bool {
	if yes, several := l.several(i); several {
		return yes
	}
	return i == l.selected
}
