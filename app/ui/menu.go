package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// mainMenu is the menu bar. Every action of the window is in it, with its key.
type mainMenu struct {
	menu    *fyne.MainMenu
	capture []*fyne.MenuItem // what needs a selected capture
	release *fyne.MenuItem
	pause   *fyne.MenuItem
	themes  *fyne.MenuItem
}

// buildMenu makes the menu bar.
func (w *Window) buildMenu() {
	m := &mainMenu{}
	w.menu = m
	m.pause = item("Pause Forwarding", nil, w.togglePause)
	m.themes = fyne.NewMenuItem("Theme", nil)
	m.release = item("Release", nil, w.release)
	m.capture = []*fyne.MenuItem{
		item("Replay", plain(fyne.KeyR), w.replay), m.release, item("Pin", plain(fyne.KeyP), w.togglePin),
		item("Copy as Raw HTTP", plain(fyne.KeyY), w.copyRaw), item("Delete…", plain(fyne.KeyDelete), w.deleteCapture),
	}
	file := fyne.NewMenu("File",
		item("Add Endpoint…", ctrl(fyne.KeyN), w.newEndpoint),
		item("Simulate…", ctrl(fyne.KeyM), func() { w.openSample("") }), fyne.NewMenuItemSeparator(),
		item("Tunnel…", ctrl(fyne.KeyT), w.openTunnel), item("Shop…", nil, w.openShop), m.pause)
	view := fyne.NewMenu("View",
		item("Search", ctrl(fyne.KeyF), w.focusSearch), item("Refresh", plain(fyne.KeyF5), w.reload),
		item("Newest", plain(fyne.KeyHome), w.list.catchUp), fyne.NewMenuItemSeparator(), m.themes)
	help := fyne.NewMenu("Help", item("Keys", plain("?"), w.openKeys), item("About Shopbell", nil, w.openAbout))
	m.menu = fyne.NewMainMenu(file, view, fyne.NewMenu("Capture", m.capture...), help)
	m.state(w)
	w.win.SetMainMenu(m.menu)
}

// show brings what can be chosen in line with the window.
func (m *mainMenu) show(w *Window) {
	if m != nil && m.state(w) { // it is made last
		m.menu.Refresh()
	}
}

// state sets what is enabled and marked and tells whether that is new.
func (m *mainMenu) state(w *Window) bool {
	_, some := w.chosen()
	c := w.detail.capture
	held := some && c != nil && c.State == "held"
	pinned := some && c != nil && c.Pinned
	changed := m.themes.ChildMenu == nil || m.release.Disabled == held
	for _, i := range m.capture {
		changed = changed || i != m.release && i.Disabled == some
		i.Disabled = !some
	}
	m.release.Disabled = !held
	pin := m.capture[2]
	changed = changed || pin.Checked != pinned || m.pause.Checked != w.model.paused
	pin.Checked, m.pause.Checked = pinned, w.model.paused
	m.themes.ChildMenu = fyne.NewMenu("", w.themeItems()...)
	return changed
}

func item(label string, key fyne.Shortcut, act func()) *fyne.MenuItem {
	i := fyne.NewMenuItem(label, act)
	i.Shortcut = key
	return i
}

// ctrl is Ctrl and a key, Cmd and the key on a Mac.
func ctrl(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
}

// plain is a key alone. The toolkit shows it in the menu and leaves it to
// typedKey and typedRune, so that it still can be typed into a field.
func plain(key fyne.KeyName) fyne.Shortcut {
	if noPlainKeys {
		return nil
	}
	return &desktop.CustomShortcut{KeyName: key}
}
