package rows

import "fyne.io/fyne/v2"

var _ fyne.Shortcutable = (*List)(nil)

// TypedShortcut tells OnAll of Ctrl+A, and OnShortcut, if there is one, of the
// others; else they are the window's.
func (l *List) TypedShortcut(s fyne.Shortcut) {
	if _, all := s.(*fyne.ShortcutSelectAll); all && l.OnAll != nil {
		l.OnAll()
		return
	}
	if l.OnShortcut != nil {
		l.OnShortcut(s)
		return
	}
	if c, takes := fyne.CurrentApp().Driver().CanvasForObject(l).(fyne.Shortcutable); takes {
		c.TypedShortcut(s)
	}
}
