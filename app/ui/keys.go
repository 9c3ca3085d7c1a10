package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
)

// bindKeys gives the window the keys that go to no field.
func (w *Window) bindKeys() {
	w.win.Canvas().SetOnTypedKey(w.typedKey)
	w.win.Canvas().SetOnTypedRune(w.typedRune)
	w.list.rows.OnActivated = func(int) { w.enterDetail() }
}

// escape leaves what is in front: a sheet, a message, the focus, the selection.
func (w *Window) escape() {
	switch {
	case w.closeTop():
	case w.notice.text != "":
		w.notice.putAway()
	case w.list.clearSelection():
	case w.win.Canvas().Focused() != nil:
		w.win.Canvas().Unfocus()
	default:
		if _, some := w.chosen(); some {
			w.unselect()
		}
	}
}

func (w *Window) focusSearch() { w.win.Canvas().Focus(w.list.search.entry) }

// step gives the list a key that moves in it. The focus goes there if it is
// nowhere, and else stays: one can read on in the same tab.
func (w *Window) step(key fyne.KeyName) {
	if w.win.Canvas().Focused() == nil {
		w.win.Canvas().Focus(w.list.rows)
	}
	w.list.rows.TypedKey(&fyne.KeyEvent{Name: key})
}

// enterDetail goes into the detail pane.
func (w *Window) enterDetail() {
	if _, some := w.chosen(); some {
		w.win.Canvas().Focus(w.detail.pane.WayIn())
	}
}

// nextPane goes on from the pane with the focus to the next one: sidebar, list,
// detail, top bar.
func (w *Window) nextPane() {
	canvas := w.win.Canvas()
	top := w.top.pause.full
	if !w.top.bar.Objects[2].Visible() {
		top = w.top.pause.short
	}
	ways := []fyne.Focusable{w.side.fixed[0], w.list.rows, w.detail.pane.WayIn(), top}
	if !w.working.Visible() {
		ways = []fyne.Focusable{w.side.fixed[0], top}
	}
	at, here := len(ways)-1, canvas.Focused()
	for i := range ways {
		if holds(w.paneOf(ways[i]), here) {
			at = i
		}
	}
	next := (at + 1) % len(ways)
	if _, some := w.chosen(); !some && ways[next] == w.detail.pane.WayIn() {
		next = (next + 1) % len(ways)
	}
	canvas.Focus(ways[next])
}

// paneOf is the pane that a way leads into.
func (w *Window) paneOf(way fyne.Focusable) fyne.CanvasObject {
	switch way {
	case w.side.fixed[0]:
		return w.side.content
	case w.list.rows:
		return w.list.content
	case w.detail.pane.WayIn():
		return w.detail.pane.Object()
	}
	return w.top.content
}

// holds tells whether a part of the window is drawn inside a pane.
func holds(pane fyne.CanvasObject, part fyne.Focusable) bool {
	o, ok := part.(fyne.CanvasObject)
	if !ok {
		return false
	}
	driver := fyne.CurrentApp().Driver()
	at, from := driver.AbsolutePositionForObject(o), driver.AbsolutePositionForObject(pane)
	size := pane.Size()
	return at.X >= from.X && at.X < from.X+size.Width && at.Y >= from.Y && at.Y < from.Y+size.Height
}

// openKeys shows the keys of all commands.
func (w *Window) openKeys() {
	var parts []fyne.CanvasObject
	in := menuID(-1)
	for i := range w.commands {
		c := &w.commands[i]
		if len(c.keys) == 0 {
			continue
		}
		if c.in != in {
			in = c.in
			parts = append(parts, padded(look.SectionTitle(in.title()), 0, 4))
		}
		parts = append(parts, container.New(keyLine{}, bold(c.labels()), look.NewProse(c.says, look.ColorMuted)))
	}
	s := w.openSheet(lang.L("Keys"))
	done := look.Primary(lang.L("Close"), "", s.close)
	s.fill([]fyne.CanvasObject{look.Column(6, parts...)}, done)
	s.focus(done)
}

// keyLine puts a key to the left and what it does beside it.
type keyLine struct{}

const keyColumn = 168

func (keyLine) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(keyColumn+120, max(parts[0].MinSize().Height, parts[1].MinSize().Height))
}

func (keyLine) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	place(parts[0], 0, 0, keyColumn-8, parts[0].MinSize().Height)
	place(parts[1], keyColumn, 0, size.Width-keyColumn, size.Height)
}

// keyHints are the two keys by which all others are found.
func (w *Window) keyHints() (palette, keys string) {
	return lang.L("{{.Key}} commands", map[string]any{"Key": w.command(cmdPalette).label()}),
		lang.L("{{.Key}} help", map[string]any{"Key": w.command(cmdKeys).label()})
}
