package detail

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/outline"
)

// The keys of what can be done with a value, each with Ctrl (or Cmd) and Shift.
const (
	keyCopyValue = fyne.KeyC
	keyCopyPath  = fyne.KeyP
	keySearch    = fyne.KeyS
)

// placeShortcut is Ctrl, Shift and a key.
func placeShortcut(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}
}

// placeMenu offers what can be done with a value; with hands it to an action.
func (v *viewer) placeMenu(with func(use func(outline.Place))) []*fyne.MenuItem {
	item := func(label string, key fyne.KeyName, use func(outline.Place)) *fyne.MenuItem {
		i := fyne.NewMenuItem(label, func() { with(use) })
		i.Shortcut = placeShortcut(key)
		return i
	}
	return []*fyne.MenuItem{
		fyne.NewMenuItemSeparator(),
		item(lang.L("Copy value"), keyCopyValue, v.copyValue), item(lang.L("Copy path"), keyCopyPath, v.copyPath),
		item(lang.L("Search this value"), keySearch, v.search),
	}
}

// placeKey does what a shortcut asks for.
func (v *viewer) placeKey(s fyne.Shortcut, with func(use func(outline.Place))) {
	switch s.ShortcutName() {
	case placeShortcut(keyCopyValue).ShortcutName():
		with(v.copyValue)
	case placeShortcut(keyCopyPath).ShortcutName():
		with(v.copyPath)
	case placeShortcut(keySearch).ShortcutName():
		with(v.search)
	case findShortcut().ShortcutName():
		v.openFind()
	}
}

func (v *viewer) copyValue(p outline.Place) {
	fyne.CurrentApp().Clipboard().SetContent(p.Text)
	v.secret(p.Text)
	v.tell(lang.L("Value copied"))
}

// secret tells of a text on the clipboard, if it may hold a hidden value.
func (v *viewer) secret(text string) {
	if v.shown && v.onSecret != nil {
		v.onSecret(text)
	}
}

func (v *viewer) copyPath(p outline.Place) {
	fyne.CurrentApp().Clipboard().SetContent(p.Path)
	v.tell(lang.L("Path copied"))
}

func (v *viewer) search(p outline.Place) {
	query := searchFor(p.Way, p.Text)
	switch {
	case query == "":
		v.tell(lang.L("An empty value cannot be searched for"))
		return
	case v.page.hidden && strings.Contains(p.Text, "•••"):
		v.tell(lang.L("A hidden value cannot be searched for"))
		return
	}
	v.onSearch(query)
}

// at finds the value at an offset of the document and hands it on. A large
// document is walked off the UI goroutine.
func (v *viewer) at(offset int) func(use func(outline.Place)) {
	p := v.page
	return func(use func(outline.Place)) {
		if p.locate == nil {
			v.tell(lang.L("Values have no names in this view"))
			return
		}
		v.places.run(offset, func(func() bool) func() {
			place, found := p.locate(offset)
			return func() {
				if !found {
					v.tell(lang.L("There is no value at this place"))
					return
				}
				use(place)
			}
		})
	}
}

// codeMenu and codeShortcut are for the document.
func (v *viewer) codeMenu(offset int) []*fyne.MenuItem {
	find := fyne.NewMenuItem(lang.L("Find…"), v.openFind)
	find.Shortcut = findShortcut()
	if v.page.locate == nil {
		return []*fyne.MenuItem{find}
	}
	return append([]*fyne.MenuItem{find}, v.placeMenu(v.at(offset))...)
}

func (v *viewer) codeShortcut(s fyne.Shortcut) { v.placeKey(s, v.at(v.code.Caret())) }

// treeMenu and treeShortcut are for the tree.
func (v *viewer) treeMenu() []*fyne.MenuItem { return v.placeMenu(v.chosenPlace)[1:] }

func (v *viewer) treeShortcut(s fyne.Shortcut) {
	if _, copies := s.(*fyne.ShortcutCopy); copies {
		v.chosenPlace(v.copyValue)
		return
	}
	v.placeKey(s, v.chosenPlace)
}

// chosenPlace hands on the value that is chosen in the tree. The way to it is
// walked from the top of the body, so a large body is walked off the UI goroutine.
func (v *viewer) chosenPlace(use func(outline.Place)) {
	branch, i, some := v.tree.chosen()
	if !some {
		v.tell(lang.L("Choose a value first"))
		return
	}
	v.places.run(max(branch.Size(i), len(v.page.doc.Bytes())), func(func() bool) func() {
		place := outline.Place{Way: branch.Way(i), Text: branch.Value(i)}
		return func() { use(place) }
	})
}
