package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// searchEntry is the entry of the search. While completions are shown below it,
// arrows move among them, Enter and Tab take one, and Esc puts them away; else
// Esc empties the entry, and leaves it when it is empty.
type searchEntry struct {
	widget.Entry
	drop    *dropList
	asked   func()               // the user wants completions
	save    func()               // the user wants the search saved
	closed  func()               // completions were put away
	left    func()               // the keyboard went elsewhere
	pass    func(*fyne.KeyEvent) // the window's own keys
	focused bool
}

// Resize shows an example where there is room for it.
func (e *searchEntry) Resize(size fyne.Size) {
	th := e.Theme()
	room := size.Width - 4*th.Size(theme.SizeNameInnerPadding) - th.Size(theme.SizeNameInlineIcon) - e.ActionItem.MinSize().Width
	hint := lang.L("Search, for example outcome:mismatch since:1h")
	if fyne.MeasureText(hint, th.Size(theme.SizeNameText), fyne.TextStyle{}).Width > room {
		hint = lang.L("Search")
	}
	if e.PlaceHolder != hint {
		e.SetPlaceHolder(hint)
	}
	e.Entry.Resize(size)
}

// AcceptsTab tells that Tab takes a completion while there are some.
func (e *searchEntry) AcceptsTab() bool { return e.drop.open() }

// TypedKey moves among the completions, and handles Esc.
func (e *searchEntry) TypedKey(key *fyne.KeyEvent) {
	if e.drop.open() && e.chosenBy(key.Name) {
		return
	}
	switch key.Name {
	case fyne.KeyF5, fyne.KeyF6, fyne.KeyF7:
		e.pass(key)
		return
	case fyne.KeyEscape:
	default:
		e.Entry.TypedKey(key)
		return
	}
	if e.Text != "" {
		e.SetText("")
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil {
		c.Unfocus()
	}
}

// chosenBy answers a key for the completions; false leaves it to the entry.
func (e *searchEntry) chosenBy(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyDown:
		e.drop.step(1)
	case fyne.KeyUp:
		e.drop.step(-1)
	case fyne.KeyPageDown:
		e.drop.step(dropLines)
	case fyne.KeyPageUp:
		e.drop.step(-dropLines)
	case fyne.KeyTab:
		e.drop.onTake(max(e.drop.marked, 0))
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.drop.marked < 0 {
			e.closed()
			return false
		}
		e.drop.onTake(e.drop.marked)
	case fyne.KeyEscape:
		e.closed()
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd: // to another word
		e.closed()
		return false
	default:
		return false
	}
	return true
}

// MouseDown puts the completions away: the cursor goes elsewhere.
func (e *searchEntry) MouseDown(at *desktop.MouseEvent) {
	e.closed()
	e.Entry.MouseDown(at)
}

// TypedShortcut shows completions on Ctrl+Space and saves the search on Ctrl+S.
func (e *searchEntry) TypedShortcut(s fyne.Shortcut) {
	if custom, is := s.(*desktop.CustomShortcut); is && custom.Modifier == fyne.KeyModifierShortcutDefault {
		switch custom.KeyName {
		case fyne.KeySpace:
			e.asked()
			return
		case fyne.KeyS:
			e.save()
			return
		}
	}
	e.Entry.TypedShortcut(s)
}

// FocusGained notes that the keyboard is here.
func (e *searchEntry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
}

// FocusLost puts the completions away, unless the pointer is at one.
func (e *searchEntry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	e.left()
}

// cursor is the place of the cursor in bytes.
func (e *searchEntry) cursor() int {
	runes := []rune(e.Text)
	return len(string(runes[:min(e.CursorColumn, len(runes))]))
}

// put changes the text and puts the cursor at a place in bytes.
func (e *searchEntry) put(text string, cursor int) {
	e.SetText(text)
	e.CursorColumn = len([]rune(text[:cursor]))
	e.Refresh()
}

// searchStar is the small drawing at the end of the field that saves the search.
type searchStar struct {
	widget.Icon
	tapped func()
}

// Tapped saves the search, or opens the menu of the saved one.
func (s *searchStar) Tapped(*fyne.PointEvent) { s.tapped() }

// Cursor is a hand.
func (s *searchStar) Cursor() desktop.Cursor { return desktop.PointerCursor }
