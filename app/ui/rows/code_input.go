package rows

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

var (
	_ fyne.DoubleTappable    = (*CodeView)(nil)
	_ fyne.Draggable         = (*CodeView)(nil)
	_ fyne.Focusable         = (*CodeView)(nil)
	_ fyne.Scrollable        = (*CodeView)(nil)
	_ fyne.SecondaryTappable = (*CodeView)(nil)
	_ fyne.Shortcutable      = (*CodeView)(nil)
	_ desktop.Cursorable     = (*CodeView)(nil)
	_ desktop.Keyable        = (*CodeView)(nil)
	_ desktop.Mouseable      = (*CodeView)(nil)
)

// Scrolled moves the view with the wheel or touch pad.
func (v *CodeView) Scrolled(by *fyne.ScrollEvent) {
	if v.down.fits() && (v.across.fits() || by.Scrolled.DX == 0) && v.OnOverscroll != nil {
		v.OnOverscroll(by)
		return
	}
	down, across := v.down.scroll(-by.Scrolled.DY), v.across.scroll(-by.Scrolled.DX)
	if down || across {
		v.moved()
	}
}

// MouseDown begins a selection, or with Shift extends it.
func (v *CodeView) MouseDown(at *desktop.MouseEvent) {
	v.focus()
	if at.Button == desktop.MouseButtonSecondary {
		return
	}
	offset := v.offsetUnder(at.Position)
	if at.Modifier&fyne.KeyModifierShift != 0 {
		v.setSelection(v.anchor, offset)
		return
	}
	v.setSelection(offset, offset)
}

// MouseUp does nothing.
func (v *CodeView) MouseUp(*desktop.MouseEvent) {}

// Dragged extends the selection; beyond an edge it pulls the view along.
func (v *CodeView) Dragged(at *fyne.DragEvent) {
	v.setSelection(v.anchor, v.offsetUnder(at.Position))
	v.pullTo(at.Position)
}

// DragEnd ends the pull.
func (v *CodeView) DragEnd() { v.pull.stop() }

// DoubleTapped selects a word.
func (v *CodeView) DoubleTapped(at *fyne.PointEvent) { v.selectWord(v.offsetUnder(at.Position)) }

// TappedSecondary offers to copy.
func (v *CodeView) TappedSecondary(at *fyne.PointEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	if c == nil {
		return
	}
	label := lang.L("Copy")
	if from, to := v.selected(); from == to {
		label = lang.L("Copy everything")
	}
	menu := fyne.NewMenu("", fyne.NewMenuItem(label, v.Copy), fyne.NewMenuItem(lang.L("Select all"), v.SelectAll))
	if v.OnMenu != nil {
		menu.Items = append(menu.Items, v.OnMenu(v.offsetUnder(at.Position))...)
	}
	widget.ShowPopUpMenuAtPosition(menu, c, at.AbsolutePosition)
}

// Cursor is the text cursor over text.
func (v *CodeView) Cursor() desktop.Cursor { return desktop.TextCursor }

func (v *CodeView) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v)
	}
}

// FocusGained shows that keys go to the view.
func (v *CodeView) FocusGained() { v.focused = true; v.paintGutter() }

// FocusLost ends FocusGained.
func (v *CodeView) FocusLost() { v.focused, v.shift = false, false; v.paintGutter() }

// TypedRune leaves letters to the window.
func (v *CodeView) TypedRune(r rune) { look.PassRune(v, r) }

// KeyDown notes that Shift is held: arrows then extend the selection.
func (v *CodeView) KeyDown(key *fyne.KeyEvent) { v.held(key, true) }

// KeyUp ends KeyDown.
func (v *CodeView) KeyUp(key *fyne.KeyEvent) { v.held(key, false) }

func (v *CodeView) held(key *fyne.KeyEvent, down bool) {
	if look.IsShift(key) {
		v.shift = down
	}
}

// TypedShortcut copies and selects all.
func (v *CodeView) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutCopy:
		v.Copy()
	case *fyne.ShortcutSelectAll:
		v.SelectAll()
	default:
		if v.OnShortcut != nil {
			v.OnShortcut(s)
		}
	}
}

// TypedKey scrolls, or with Shift extends the selection.
func (v *CodeView) TypedKey(key *fyne.KeyEvent) {
	if v.shift {
		v.extend(key.Name)
		return
	}
	switch key.Name {
	case fyne.KeyDown:
		v.down.scroll(v.line)
	case fyne.KeyUp:
		v.down.scroll(-v.line)
	case fyne.KeyPageDown, fyne.KeySpace:
		v.down.scroll(v.down.room - v.line)
	case fyne.KeyPageUp:
		v.down.scroll(v.line - v.down.room)
	case fyne.KeyRight:
		v.across.scroll(4 * v.cell)
	case fyne.KeyLeft:
		v.across.scroll(-4 * v.cell)
	case fyne.KeyHome:
		v.down.seek(0)
		v.across.seek(0)
	case fyne.KeyEnd:
		v.down.seek(v.down.most())
	default:
		look.PassKey(v, key)
		return
	}
	v.moved()
}

// extend takes the caret by a character, line or page, or to an end.
func (v *CodeView) extend(name fyne.KeyName) {
	caret := v.caret
	switch name {
	case fyne.KeyLeft:
		_, n := utf8.DecodeLastRune(v.doc.body[:caret])
		caret -= n
	case fyne.KeyRight:
		_, n := utf8.DecodeRune(v.doc.body[caret:])
		caret += n
	case fyne.KeyDown:
		caret = v.lineAway(1)
	case fyne.KeyUp:
		caret = v.lineAway(-1)
	case fyne.KeyPageDown:
		caret = v.lineAway(v.down.whole())
	case fyne.KeyPageUp:
		caret = v.lineAway(-v.down.whole())
	case fyne.KeyHome:
		caret = 0
	case fyne.KeyEnd:
		caret = len(v.doc.body)
	default:
		return
	}
	v.setSelection(v.anchor, caret)
	v.reveal(caret)
}

// lineAway is the offset n lines from the caret, in the same column.
func (v *CodeView) lineAway(n int) int {
	line := v.doc.lineOf(v.caret)
	to := min(max(0, line+n), v.doc.Lines()-1)
	return v.doc.offsetAt(to, float32(v.doc.columnOf(line, v.caret)))
}
