package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/settings"
	"shopbell/app/ui/look"
)

// savedSearches is the part of the sidebar that lists the saved searches. It is
// not there while there are none.
type savedSearches struct {
	content  *fyne.Container
	list     *fyne.Container
	onChoose func(settings.Search)
	onMenu   func(name string, at fyne.Position)
	shown    []settings.Search
	items    []*sideItem
}

func (w *Window) newSavedSearches() *savedSearches {
	s := &savedSearches{list: &fyne.Container{Layout: stacked{gap: 2}}, onChoose: w.chooseSearch, onMenu: w.openSearchMenu}
	title := padded(look.SectionTitle(lang.L("Searches")), 9, 0)
	s.content = &fyne.Container{Layout: stacked{}, Objects: []fyne.CanvasObject{space(14), title, space(6), s.list}}
	s.content.Hide()
	return s
}

// show brings the entries in line with the settings; text is the search that is
// shown now, with its scope. It tells whether entries came or went.
func (s *savedSearches) show(searches []settings.Search, text string) (changed bool) {
	if changed = !slices.Equal(s.shown, searches); changed {
		s.list.Objects, s.items = nil, nil
		for _, search := range searches {
			item := newSideItem(look.NewGlyph(look.IconSearch, "", 15), search.Name, func() { s.onChoose(search) },
				func(at fyne.Position) { s.onMenu(search.Name, at) })
			s.items = append(s.items, item)
			s.list.Add(item)
		}
		s.shown = slices.Clone(searches)
		setVisible(s.content, len(searches) > 0)
	}
	for i, item := range s.items {
		item.set("", text != "" && searches[i].Query == text)
	}
	return changed
}

// chooseSearch shows what a saved search finds. It says itself which scope it
// has, so that all captures are looked through.
func (w *Window) chooseSearch(s settings.Search) {
	w.searchFor(s.Query)
}

// showSearches marks the saved search that is shown.
func (w *Window) showSearches() {
	w.side.showSearches(w.model, w.list.search.whole())
	w.list.search.showStar()
}

// savedAs is the name under which a search was saved.
func (w *Window) savedAs(text string) (name string, saved bool) {
	for _, s := range w.model.chosen.Searches {
		if s.Query == text {
			return s.Name, true
		}
	}
	return "", false
}

// starSearch is a click on the star: it saves the search, or opens the menu of
// the one that is saved.
func (w *Window) starSearch() {
	name, saved := w.savedAs(w.list.search.whole())
	if !saved {
		w.saveSearch()
		return
	}
	star := w.list.search.star
	w.openSearchMenu(name, w.app.Driver().AbsolutePositionForObject(star).AddXY(0, star.Size().Height+4))
}

// saveSearch asks for a name for the search in the field.
func (w *Window) saveSearch() {
	text := w.list.search.whole()
	switch name, saved := w.savedAs(text); {
	case w.list.search.text() == "":
		w.notice.tell(lang.L("Type a search first, then save it."))
	case w.list.search.wrong.Visible():
		w.notice.tell(lang.L("Correct the search first, then save it."))
	case saved:
		w.notice.tell(lang.L("This search is saved already, as {{.Name}}.", words{"Name": name}))
	default:
		w.nameSearch(lang.L("Save the search"), "", settings.Search{Query: text})
	}
}

// nameSearch asks for the name of a search and saves it in place of the one
// called old, "" for a new one.
func (w *Window) nameSearch(title, old string, s settings.Search) *sheet {
	sheet := w.openSheet(title)
	name := newEntry(sheet, s.Name, lang.L("for example: failed since yesterday"))
	query := look.NewCode(s.Query, look.ColorMuted)
	sheet.enter = func() {
		named := settings.Search{Name: strings.TrimSpace(name.Text), Query: s.Query}
		if _, taken := w.search(named.Name); taken && named.Name != old {
			sheet.say(lang.L("A search called {{.Name}} is there already. Choose another name.", words{"Name": named.Name}))
			return
		}
		w.editSearches(sheet, func() error { return w.engine.PutSearch(orElse(old, named.Name), named) })
	}
	save, no := look.Primary(lang.L("Save"), "", sheet.enter), look.Secondary(lang.L("Cancel"), "", sheet.close)
	sheet.fill([]fyne.CanvasObject{newField(lang.L("Name"), name, "").content, look.Column(5, bold(lang.L("Search")), query)}, no, save)
	sheet.focus(name)
	return sheet
}

// search returns the saved search of a name.
func (w *Window) search(name string) (s settings.Search, known bool) {
	i := slices.IndexFunc(w.model.chosen.Searches, func(s settings.Search) bool { return s.Name == name })
	if i < 0 {
		return s, false
	}
	return w.model.chosen.Searches[i], true
}

// editSearches changes the saved searches; over, which may be nil, is closed
// when that worked and else says why it did not.
func (w *Window) editSearches(over *sheet, change func() error) {
	w.task(func(context.Context) error { return change() }, func(err error) {
		switch {
		case err != nil && over != nil:
			over.say(reason(err))
			return
		case err != nil:
			w.notice.fail(lang.L("The saved searches were not changed"), err)
		case over != nil:
			over.close()
		}
		w.refresh.refreshNow()
	})
}

// openSearchMenu opens the menu of a saved search.
func (w *Window) openSearchMenu(name string, at fyne.Position) {
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", w.searchMenu(name)...), w.win.Canvas(), at)
}

func (w *Window) searchMenu(name string) []*fyne.MenuItem {
	s, known := w.search(name)
	if !known {
		return nil
	}
	place := slices.Index(w.model.chosen.Searches, s)
	present := w.list.search.whole()
	move := func(label string, by int) *fyne.MenuItem {
		item := fyne.NewMenuItem(label, func() {
			w.editSearches(nil, func() error { return w.engine.MoveSearch(name, place+by) })
		})
		item.Disabled = place+by < 0 || place+by >= len(w.model.chosen.Searches)
		return item
	}
	change := fyne.NewMenuItem(lang.L("Change to What Is Shown Now"), func() {
		w.editSearches(nil, func() error {
			return w.engine.PutSearch(name, settings.Search{Name: name, Query: present})
		})
	})
	change.Disabled = w.list.search.text() == "" || present == s.Query || w.list.search.wrong.Visible()
	return []*fyne.MenuItem{
		fyne.NewMenuItem(lang.L("Rename…"), func() { w.nameSearch(lang.L("Rename the search"), name, s) }), change,
		move(lang.L("Move Up"), -1), move(lang.L("Move Down"), 1), fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(lang.L("Delete…"), func() { w.removeSearch(name) }),
	}
}

// removeSearch asks, then forgets a saved search.
func (w *Window) removeSearch(name string) *sheet {
	return w.confirm(lang.L("Delete the saved search {{.Name}}?", words{"Name": name}),
		lang.L("The captures that it finds stay."), lang.L("Delete"), func() {
			w.editSearches(nil, func() error { return w.engine.RemoveSearch(name) })
		})
}
