package ui

import "fyne.io/fyne/v2"

// mainMenu is the menu bar: the table of commands.
type mainMenu struct {
	menu    *fyne.MainMenu
	items   []*fyne.MenuItem // of each command of the table
	capture []*fyne.MenuItem // what is about the selected capture
	themes  []*fyne.MenuItem
}

// buildMenu makes the table of commands and the menu bar.
func (w *Window) buildMenu() {
	w.commands = w.newCommands()
	m := &mainMenu{}
	w.menu = m
	menus := map[menuID]*fyne.Menu{}
	for in := menuFile; in <= menuHelp; in++ {
		menus[in] = fyne.NewMenu(in.title())
	}
	for i := range w.commands {
		c := &w.commands[i]
		item, menu := w.item(c), menus[c.in]
		if m.items = append(m.items, item); c.line {
			menu.Items = append(menu.Items, fyne.NewMenuItemSeparator())
		}
		menu.Items = append(menu.Items, item)
		if c.in == menuCapture && c.capture {
			m.capture = append(m.capture, item)
		}
	}
	m.themes = menus[menuTheme].Items
	themes := fyne.NewMenuItem(menuTheme.title(), nil)
	themes.ChildMenu = menus[menuTheme]
	menus[menuView].Items = append(menus[menuView].Items, fyne.NewMenuItemSeparator(), themes)
	m.menu = fyne.NewMainMenu(menus[menuFile], menus[menuEdit], menus[menuView], menus[menuGo], menus[menuCapture], menus[menuHelp])
	w.win.SetMainMenu(m.menu)
	w.status.hint(w.keyHints())
}

// show brings what can be chosen in line with the window.
func (m *mainMenu) show(w *Window) {
	changed := false
	for i, item := range m.items {
		c := &w.commands[i]
		off, on := w.reason(c) != "", c.on != nil && c.on()
		changed = changed || item.Disabled != off || item.Checked != on
		item.Disabled, item.Checked = off, on
	}
	if changed {
		m.menu.Refresh()
	}
}
