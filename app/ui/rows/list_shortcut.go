package rows

import "fyne.io/fyne/v2"

var _ fyne.Shortcutable = (*List)(nil)

// TypedShortcut tells OnAll of Ctrl+A and OnShortcut of the others. Those of the
// window stand in its menu, which comes before the focus.
func (l *List) TypedShortcut(s fyne.Shortcut) {
	if _, all := s.(*fyne.ShortcutSelectAll); all && l.OnAll != nil {
		l.OnAll()
		return
	}
	if l.OnShortcut != nil {
		l.OnShortcut(s)
	}
}
