package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/detail"
	"shopbell/inspector"
)

// newCommands makes the table of commands, in the order of the menus.
func (w *Window) newCommands() []command {
	return slices.Concat(w.fileCommands(), w.editCommands(), w.viewCommands(), w.themeCommands(), w.goCommands(),
		w.scopeCommands(), w.tabCommands(), w.captureCommands(), w.helpCommands())
}

func (w *Window) fileCommands() []command {
	return []command{
		{id: cmdSettings, in: menuFile, name: lang.L("Settings…"), says: lang.L("Change the settings."), keys: []stroke{ctrl(fyne.KeyComma)}, do: w.openSettings},
		{in: menuFile, name: lang.L("Add Endpoint…"), says: lang.L("Add an endpoint."), keys: []stroke{ctrl(fyne.KeyN)}, do: w.newEndpoint},
		{
			in: menuFile, name: lang.L("Simulate…"), says: lang.L("Simulate a delivery."),
			keys: []stroke{ctrl(fyne.KeyM)}, do: func() { w.openSample("") },
		},
		{in: menuFile, line: true, name: lang.L("Tunnel…"), says: lang.L("Set up the tunnel."), keys: []stroke{ctrl(fyne.KeyT)}, do: w.openTunnel},
		{in: menuFile, name: lang.L("Shop…"), says: lang.L("Set where the shop is."), keys: []stroke{ctrlShift(fyne.KeyT)}, do: w.openShop},
		{
			in: menuFile, name: lang.L("Pause Forwarding"), says: lang.L("Pause or resume forwarding to the shop."), keys: []stroke{ctrlShift(fyne.KeyP)},
			on: func() bool { return w.model.paused }, do: w.togglePause,
		},
		{
			in: menuFile, name: lang.L("Close to the Tray"), says: lang.L("Leave Shopbell in the tray when its window is closed, or end it then."), keys: []stroke{ctrlShift(fyne.KeyW)},
			on: w.closesToTray, why: w.whyNoTray, do: w.toggleCloseToTray,
		},
		{
			id: cmdConfigPath, in: menuFile, line: true, name: lang.L("Copy the Path of the Config File"), keys: []stroke{ctrlShift(fyne.KeyC)},
			says: lang.L("Copy the path of the config file."), why: w.whyNoFile, do: w.copyConfigPath,
		},
	}
}

func (w *Window) editCommands() []command {
	return []command{
		{
			in: menuEdit, name: lang.L("Undo"), says: lang.L("Undo the last deletion; in a text field, the last typing."),
			keys: []stroke{ctrl(fyne.KeyZ)}, why: w.whyNoUndo, do: w.undo, always: true,
		},
		{
			in: menuEdit, name: lang.L("Search"), says: lang.L("Search in the captures."),
			keys: []stroke{ctrl(fyne.KeyF), letter('/')}, why: w.whyNoList, do: w.findOrSearch,
		},
		{in: menuEdit, name: lang.L("Save Search…"), says: lang.L("Save the search, so that it stands in the sidebar."), keys: []stroke{ctrl(fyne.KeyS)}, why: w.whyNoList, do: w.saveSearch},
	}
}

func (w *Window) viewCommands() []command {
	return []command{
		{in: menuView, name: lang.L("Hide Personal Data"), says: lang.L("Hide personal data, or show it."), keys: []stroke{ctrlShift(fyne.KeyH)}, on: w.private.on.Load, do: w.togglePersonal, always: true},
		{in: menuView, name: lang.L("Refresh"), says: lang.L("Read everything again."), keys: []stroke{alone(fyne.KeyF5)}, do: w.reload},
	}
}

func (w *Window) themeCommands() (list []command) {
	for _, c := range []struct {
		choice, name, says string
		key                fyne.KeyName
	}{
		{themeSystem, lang.L("As the System"), lang.L("Be light or dark as the system is."), fyne.KeyS},
		{themeLight, lang.L("Light"), lang.L("Be light."), fyne.KeyL}, {themeDark, lang.L("Dark"), lang.L("Be dark."), fyne.KeyD},
	} {
		list = append(list, command{
			in: menuTheme, name: c.name, says: c.says, keys: []stroke{ctrlShift(c.key)},
			on: func() bool { return w.looks.Theme == c.choice }, do: func() { w.setTheme(c.choice) },
		})
	}
	return list
}

func (w *Window) goCommands() []command {
	move := func(key fyne.KeyName) func() { return func() { w.step(key) } }
	return []command{
		{in: menuGo, name: lang.L("Next Capture"), says: lang.L("Go to the capture below."), keys: []stroke{letter('j'), alone(fyne.KeyDown)}, why: w.whyNoList, do: move(fyne.KeyDown)},
		{in: menuGo, name: lang.L("Previous Capture"), says: lang.L("Go to the capture above."), keys: []stroke{letter('k'), alone(fyne.KeyUp)}, why: w.whyNoList, do: move(fyne.KeyUp)},
		{in: menuGo, name: lang.L("A Page Down"), says: lang.L("Go down by a page."), keys: []stroke{alone(fyne.KeyPageDown)}, why: w.whyNoList, do: move(fyne.KeyPageDown)},
		{in: menuGo, name: lang.L("A Page Up"), says: lang.L("Go up by a page."), keys: []stroke{alone(fyne.KeyPageUp)}, why: w.whyNoList, do: move(fyne.KeyPageUp)},
		{in: menuGo, name: lang.L("Newest"), says: lang.L("Go to the newest capture."), keys: []stroke{alone(fyne.KeyHome)}, why: w.whyNoList, do: move(fyne.KeyHome)},
		{in: menuGo, name: lang.L("Oldest"), says: lang.L("Go to the oldest capture."), keys: []stroke{alone(fyne.KeyEnd)}, why: w.whyNoList, do: move(fyne.KeyEnd)},
		{in: menuGo, line: true, name: lang.L("Open the Capture"), says: lang.L("Go into the selected capture; Left and Right turn its tabs."), keys: []stroke{alone(fyne.KeyReturn)}, capture: true, do: w.enterDetail},
		{in: menuGo, name: lang.L("Next Pane"), says: lang.L("Go on to the next pane; Tab goes on to the next part."), keys: []stroke{alone(fyne.KeyF6)}, do: w.nextPane},
		{in: menuGo, name: lang.L("Leave"), says: lang.L("Close what is in front, clear the search, leave the selection."), keys: []stroke{alone(fyne.KeyEscape)}, do: w.escape, always: true},
	}
}

// scopeCommands choose what the sidebar's first entries do. They are chords and
// not "g" with a letter behind it: a chord can stand in the menu, and works in
// the search field too.
func (w *Window) scopeCommands() (list []command) {
	for i, sc := range w.side.scopes {
		list = append(list, command{
			in: menuGo, line: i == 0, name: sc.name(), keys: []stroke{ctrl(fyne.KeyName("123456789"[i:][:1]))},
			says: lang.L("Show “{{.Name}}”.", map[string]any{"Name": sc.name()}), why: w.whyNoList,
			on: func() bool { return w.list.scope == sc }, do: func() { w.choose(sc) },
		})
	}
	return list
}

// tabCommands turn the tabs of the detail pane.
func (w *Window) tabCommands() (list []command) {
	for i, name := range detail.TabNames() {
		list = append(list, command{
			in: menuGo, line: i == 0, name: name, keys: []stroke{letter(rune('1' + i))}, capture: true,
			says: lang.L("Show the tab “{{.Name}}” of the capture.", map[string]any{"Name": name}),
			on:   func() bool { return w.detail.capture != nil && w.detail.pane.Tab() == i }, do: func() { w.detail.pane.TurnTo(i) },
		})
	}
	return list
}

func (w *Window) captureCommands() []command {
	return []command{
		{in: menuCapture, name: lang.L("Replay"), says: lang.L("Send the capture to the shop again."), keys: []stroke{letter('r')}, capture: true, do: w.replay},
		{in: menuCapture, name: lang.L("Edit & Re-sign…"), says: lang.L("Edit the capture and sign it anew."), keys: []stroke{letter('e')}, capture: true, do: w.editCapture},
		{id: cmdRelease, in: menuCapture, name: lang.L("Release"), says: lang.L("Forward the capture although it did not verify."), keys: []stroke{letter('f')}, capture: true, why: w.whyNotHeld, do: w.release},
		{in: menuCapture, name: lang.L("Pin"), says: lang.L("Pin the capture, or take the pin off."), keys: []stroke{letter('p')}, capture: true, on: w.pinned, do: w.togglePin},
		{in: menuCapture, line: true, name: lang.L("Mark for Comparing"), says: lang.L("Mark the capture for comparing, or take the mark off."), keys: []stroke{letter('m')}, capture: true, do: w.mark},
		{in: menuCapture, name: lang.L("Compare with Marked"), says: lang.L("Compare the capture with the marked one."), keys: []stroke{letter('d')}, capture: true, do: w.compareMarked},
		{in: menuCapture, name: lang.L("Next Difference"), says: lang.L("Go to the next difference of a comparison."), keys: []stroke{letter('n'), alone(fyne.KeyF7)}, why: w.whyNoComparison, do: func() { w.stepComparison(true) }, always: true},
		{in: menuCapture, name: lang.L("Previous Difference"), says: lang.L("Go to the difference before."), keys: []stroke{letter('N')}, why: w.whyNoComparison, do: func() { w.stepComparison(false) }, always: true},
		{id: cmdCopyCurl, in: menuCapture, line: true, name: lang.L("Copy as cURL"), says: lang.L("Copy the request as a curl command."), keys: []stroke{letter('y')}, capture: true, do: w.copyCurl},
		{id: cmdCopyRaw, in: menuCapture, name: lang.L("Copy as Raw HTTP"), says: lang.L("Copy the request as raw HTTP."), keys: []stroke{letter('Y')}, capture: true, do: w.copyRaw},
		{in: menuCapture, line: true, name: lang.L("Delete"), says: lang.L("Delete the capture."), keys: []stroke{alone(fyne.KeyDelete)}, capture: true, do: w.deleteCapture},
		{in: menuCapture, name: lang.L("Clear…"), says: lang.L("Delete all captures that the list shows, but the pinned ones."), keys: []stroke{ctrlShift(fyne.KeyDelete)}, why: w.whyNothingKept, do: func() { w.openClear() }},
	}
}

func (w *Window) helpCommands() []command {
	return []command{
		{id: cmdPalette, in: menuHelp, name: lang.L("Commands…"), says: lang.L("Find a command, an endpoint or a capture by typing."), keys: []stroke{ctrl(fyne.KeyK)}, do: func() { w.openPalette() }},
		{id: cmdKeys, in: menuHelp, name: lang.L("Keys"), says: lang.L("Show all keys."), keys: []stroke{letter('?')}, do: w.openKeys},
		{id: cmdAbout, in: menuHelp, name: lang.L("About Shopbell"), says: lang.L("Tell the version, and where the files are."), keys: []stroke{ctrlShift(fyne.KeyA)}, do: w.openAbout},
	}
}

// The commands that other parts of the window name.
const (
	cmdSettings   commandID = "settings"
	cmdConfigPath commandID = "config path"
	cmdRelease    commandID = "release"
	cmdCopyCurl   commandID = "copy curl"
	cmdCopyRaw    commandID = "copy raw"
	cmdPalette    commandID = "palette"
	cmdKeys       commandID = "keys"
	cmdAbout      commandID = "about"
)

func (w *Window) whyNoList() string {
	if w.working.Visible() {
		return ""
	}
	return lang.L("There are no captures yet: take the first steps.")
}

func (w *Window) closesToTray() bool {
	return w.engine.Settings().Window.CloseToTray && w.trayShown()
}

func (w *Window) whyNoTray() string {
	if w.trayShown() {
		return ""
	}
	return lang.L("This desktop shows no tray.")
}

func (w *Window) whyNoFile() string {
	if w.engine.File() != "" {
		return ""
	}
	return lang.L("Shopbell runs without a config file.")
}

func (w *Window) whyNotHeld() string {
	if c := w.detail.capture; c != nil && c.State == inspector.Held {
		return ""
	}
	return lang.L("The capture is not held.")
}

func (w *Window) whyNoComparison() string {
	if w.compare != nil {
		return ""
	}
	return lang.L("No comparison is open.")
}

func (w *Window) whyNothingKept() string {
	if w.model.counts.All > 0 {
		return ""
	}
	return lang.L("There are no captures yet.")
}

func (w *Window) pinned() bool { return w.detail.capture != nil && w.detail.capture.Pinned }
