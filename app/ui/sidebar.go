package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
)

// sideWidth is that of the picture; names that are longer are cut.
const sideWidth = 212

// sidebar chooses what the list shows.
type sidebar struct {
	content  fyne.CanvasObject
	onChoose func(scope)
	onMenu   func(endpoint string, at fyne.Position)

	chosen  scope
	fixed   []*sideItem
	scopes  []scope // of fixed
	named   *fyne.Container
	column  *fyne.Container
	entries map[string]*sideItem
	shown   []endpointItem
	add     *look.Button
	saved   *savedSearches
}

// buildSide makes the sidebar and says what its parts do.
func (w *Window) buildSide() {
	s := &sidebar{entries: map[string]*sideItem{}, onChoose: w.choose, onMenu: w.openEndpointMenu}
	s.scopes = []scope{{kind: scopeAll}, {kind: scopeNotVerified}, {kind: scopeHeld}, {kind: scopeWaiting}, {kind: scopePinned}}
	icons := []look.Icon{look.IconList, look.IconCross, look.IconPause, look.IconClock, look.IconPin}
	views := container.New(stacked{gap: 2})
	for i, sc := range s.scopes {
		item := newSideItem(look.NewGlyph(icons[i], "", 15), sc.name(), func() { s.onChoose(sc) }, nil)
		if sc.kind == scopeWaiting {
			item.onMenu = w.openQueuesMenu
		}
		s.fixed = append(s.fixed, item)
		views.Add(item)
	}
	s.named = container.New(stacked{gap: 2})
	s.add = look.Quiet(lang.L("Add endpoint"), look.IconPlus, w.newEndpoint)
	title := padded(look.SectionTitle(lang.L("Endpoints")), 9, 0)
	add := container.NewHBox(s.add)
	s.saved = w.newSavedSearches()
	column := container.New(stacked{gap: 0}, padded(views, 0, 0), space(14), title, space(6), s.named, space(4), add, s.saved.content)
	scroll := container.NewVScroll(padded(column, 8, 10))
	scroll.SetMinSize(fyne.NewSize(sideWidth, 100))
	s.column = column
	s.content = container.New(beside{}, newSurface(look.ColorPane, scroll), hairline())
	w.side = s
}

// show brings figures and endpoints in line with m.
func (s *sidebar) show(m *model) {
	for i, item := range s.fixed {
		item.set(grouped(s.scopes[i].total(m.counts)), s.scopes[i] == s.chosen)
	}
	if !sameEntries(s.shown, m.endpoints) {
		s.rebuild(m.endpoints)
	}
	s.shown = m.endpoints
	for _, ep := range m.endpoints {
		s.entries[ep.Name].set(grouped(ep.count), s.chosen == scope{kind: scopeEndpoint, endpoint: ep.Name})
	}
}

// showSearches brings the saved searches in line with m; text is what is shown.
func (s *sidebar) showSearches(m *model, text string) {
	if s.saved.show(m.chosen.Searches, text) {
		s.column.Refresh()
	}
}

// choose marks the entry of sc.
func (s *sidebar) choose(sc scope, m *model) {
	s.chosen = sc
	s.show(m)
}

func (s *sidebar) rebuild(endpoints []endpointItem) {
	s.named.RemoveAll()
	clear(s.entries)
	for _, ep := range endpoints {
		sc := scope{kind: scopeEndpoint, endpoint: ep.Name}
		item := newSideItem(look.ProviderMark(ep.mark, ep.colour), sc.name(), func() { s.onChoose(sc) },
			func(at fyne.Position) { s.onMenu(ep.Name, at) })
		s.entries[ep.Name] = item
		s.named.Add(item)
	}
	s.column.Refresh()
}

// sameEntries tells whether only figures differ.
func sameEntries(a, b []endpointItem) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Name != b[i].Name || a[i].mark != b[i].mark || a[i].colour != b[i].colour {
			return false
		}
	}
	return true
}

// stacked puts parts below each other over the full width.
type stacked struct{ gap float32 }

func (l stacked) MinSize(parts []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, p := range parts {
		if !p.Visible() {
			continue
		}
		least := p.MinSize()
		size.Width = max(size.Width, least.Width)
		if size.Height > 0 {
			size.Height += l.gap
		}
		size.Height += least.Height
	}
	return size
}

func (l stacked) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, p := range parts {
		if !p.Visible() {
			continue
		}
		high := p.MinSize().Height
		p.Move(fyne.NewPos(0, y))
		p.Resize(fyne.NewSize(size.Width, high))
		y += high + l.gap
	}
}

// space is an empty part of some height.
func space(high float32) fyne.CanvasObject {
	c := container.New(inset{0, high / 2}, container.NewWithoutLayout())
	return c
}
