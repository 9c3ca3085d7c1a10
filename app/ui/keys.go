package ui

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/ui/look"
)

// noPlainKeys keeps keys without a modifier out of the menu bar of a Mac, which
// would take them away from the text fields.
const noPlainKeys = runtime.GOOS == "darwin"

// bindKeys gives the window the keys that go to no field.
func (w *Window) bindKeys() {
	w.win.Canvas().SetOnTypedKey(w.typedKey)
	w.win.Canvas().SetOnTypedRune(w.typedRune)
}

// typedKey answers a key that nothing with the focus used.
func (w *Window) typedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyEscape:
		w.escape()
	case fyne.KeyF5:
		w.reload()
	case fyne.KeyDelete:
		w.whenFree(w.deleteCapture)
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd:
		w.whenFree(func() {
			if w.working.Visible() && w.win.Canvas().Focused() != w.list.rows {
				w.win.Canvas().Focus(w.list.rows)
				w.list.rows.TypedKey(key)
			}
		})
	}
}

// typedRune answers a letter that nothing with the focus used.
func (w *Window) typedRune(r rune) {
	switch r {
	case '/':
		w.whenFree(w.focusSearch)
	case 'r':
		w.whenFree(w.replay)
	case 'p':
		w.whenFree(w.togglePin)
	case 'y':
		w.whenFree(w.copyRaw)
	case '?':
		w.whenFree(w.openKeys)
	}
}

// whenFree does act unless a sheet is open.
func (w *Window) whenFree(act func()) {
	if len(w.sheets) == 0 {
		act()
	}
}

// escape leaves what is in front: a sheet, a message, the focus, the selection.
func (w *Window) escape() {
	switch {
	case w.closeTop():
	case w.notice.text != "":
		w.notice.putAway()
	case w.win.Canvas().Focused() != nil:
		w.win.Canvas().Unfocus()
	default:
		if _, some := w.chosen(); some {
			w.unselect()
		}
	}
}

func (w *Window) focusSearch() {
	if w.working.Visible() {
		w.win.Canvas().Focus(w.list.search.entry)
	}
}

// keyTable is what Help, Keys shows; mod is Ctrl, or Cmd on a Mac.
func keyTable(mod string) [][2]string {
	return [][2]string{
		{"/ or " + mod + "+F", "search"},
		{"Up, Down or J, K", "another capture"},
		{"Tab", "the next part of the window"},
		{"R", "replay the capture to the shop"},
		{"P", "pin it, or take the pin off"},
		{"Y", "copy it as a raw HTTP request"},
		{"Delete", "delete it"},
		{mod + "+N", "add an endpoint"},
		{mod + "+M", "simulate a delivery"},
		{mod + "+T", "the tunnel"},
		{"F5", "read everything again"},
		{"Esc", "close, clear, leave"},
	}
}

func (w *Window) openKeys() {
	mod := "Ctrl"
	if runtime.GOOS == "darwin" {
		mod = "Cmd"
	}
	var lines []fyne.CanvasObject
	for _, k := range keyTable(mod) {
		lines = append(lines, container.NewGridWithColumns(2, bold(k[0]), look.NewText(k[1], look.ColorMuted)))
	}
	s := w.openSheet("Keys")
	done := look.Primary("Close", "", s.close)
	s.fill([]fyne.CanvasObject{look.Column(8, lines...)}, done)
	s.focus(done)
}
