package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// command is something that the user can have done. Menu bar, context menus,
// the sheet of keys and the palette are all made from the table of commands.
type command struct {
	id   commandID
	in   menuID
	line bool     // a line above it in its menu
	name string   // as in the menu
	says string   // what it does, as a sentence
	keys []stroke // a chord, if there is one, first: it works by its item in the menu bar
	// capture tells that it is about the selected capture.
	capture bool
	// why tells why it cannot be done now, "" when it can; nil is always.
	why func() string
	// on tells whether it is ticked; nil is never.
	on func() bool
	do func()
	// always holds also while a sheet is open.
	always bool
}

// commandID names a command in the code; the user never sees it.
type commandID string

// menuID is the menu in which a command stands.
type menuID int

const (
	menuFile menuID = iota
	menuEdit
	menuView
	menuTheme // below View
	menuGo
	menuCapture
	menuHelp
)

// title is the name of a menu.
func (m menuID) title() string {
	switch m {
	case menuFile:
		return lang.L("File")
	case menuEdit:
		return lang.L("Edit")
	case menuView:
		return lang.L("View")
	case menuTheme:
		return lang.L("Theme")
	case menuGo:
		return lang.L("Go")
	case menuCapture:
		return lang.L("Capture")
	}
	return lang.L("Help")
}

// reason tells why c cannot be done now, "" when it can.
func (w *Window) reason(c *command) string {
	if _, some := w.chosen(); c.capture && !some && !w.list.several.some() {
		return lang.L("Select a capture first.")
	}
	if c.why == nil {
		return ""
	}
	return c.why()
}

// run does c if it can be done. The toolkit asks for it also when its item in
// the menu is grey.
func (w *Window) run(c *command) {
	if (len(w.sheets) == 0 || c.always) && w.reason(c) == "" {
		c.do()
	}
}

// command returns the command of that id.
func (w *Window) command(id commandID) *command {
	at := slices.IndexFunc(w.commands, func(c command) bool { return c.id == id })
	return &w.commands[at]
}

// labels are the keys of c as people write them.
func (c *command) labels() string {
	text := c.label()
	for _, s := range c.keys[1:] {
		text = lang.L("{{.One}} or {{.Other}}", map[string]any{"One": text, "Other": s.label(mainModifier())})
	}
	return text
}

// label is the first key of c, "" when it has none.
func (c *command) label() string {
	if len(c.keys) == 0 {
		return ""
	}
	return c.keys[0].label(mainModifier())
}

// item is c for a menu.
func (w *Window) item(c *command) *fyne.MenuItem {
	i := fyne.NewMenuItem(c.name, func() { w.run(c) })
	if len(c.keys) > 0 {
		i.Shortcut = c.keys[0].shortcut()
	}
	i.Disabled = w.reason(c) != ""
	i.Checked = c.on != nil && c.on()
	return i
}

// items are the commands of those ids for a menu.
func (w *Window) items(ids ...commandID) (items []*fyne.MenuItem) {
	for _, id := range ids {
		items = append(items, w.item(w.command(id)))
	}
	return items
}

// typedKey answers a key that nothing with the focus used.
func (w *Window) typedKey(key *fyne.KeyEvent) {
	name := key.Name
	if name == fyne.KeyEnter {
		name = fyne.KeyReturn
	}
	w.stroke(alone(name))
}

// typedRune answers a letter that nothing with the focus used.
func (w *Window) typedRune(r rune) { w.stroke(letter(r)) }

func (w *Window) stroke(s stroke) {
	for i := range w.commands {
		if slices.Contains(w.commands[i].keys, s) {
			w.run(&w.commands[i])
			return
		}
	}
}

// plainName is the name of c without the dots that promise a question.
func (c *command) plainName() string { return strings.TrimSuffix(c.name, "…") }
