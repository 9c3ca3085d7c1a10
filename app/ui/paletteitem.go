package ui

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/inspector"
)

// paletteItem is something that the palette offers.
type paletteItem struct {
	name  string
	about string // what kind of thing it is, or why it cannot be had
	key   string
	off   bool // it cannot be had now
	do    func()

	plain string // the name, in lower case
	more  string // what else it is found by, word for word, in lower case
}

// paletteRecent is how many of the newest captures of the list are looked through.
const paletteRecent = 2000

// paletteItems are all things that the palette offers: commands, endpoints and
// what of the list is in memory.
func (w *Window) paletteItems() (items []paletteItem) {
	for i := range w.commands {
		if c := &w.commands[i]; c.id != cmdPalette {
			items = append(items, w.commandItem(c))
		}
	}
	slices.SortStableFunc(items, func(a, b paletteItem) int { return compareBool(a.off, b.off) })
	for _, ep := range w.model.endpoints {
		sc := scope{kind: scopeEndpoint, endpoint: ep.Name}
		items = append(items, paletteItem{
			name: sc.name(), about: lang.L("endpoint"), do: func() { w.choose(sc) },
			plain: strings.ToLower(sc.name()), more: strings.ToLower(ep.Provider + " " + ep.sender() + " " + ep.Path),
		})
	}
	for _, s := range w.model.chosen.Searches {
		items = append(items, paletteItem{
			name: s.Name, about: lang.L("saved search"), do: func() { w.chooseSearch(s) },
			plain: strings.ToLower(s.Name), more: strings.ToLower(s.Query),
		})
	}
	if w.list.listing != nil {
		for _, s := range w.list.listing.recent(paletteRecent) {
			items = append(items, w.captureItem(s))
		}
	}
	return items
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func (w *Window) commandItem(c *command) paletteItem {
	i := paletteItem{name: c.plainName(), about: c.in.title(), key: c.label(), do: func() { w.run(c) }}
	if why := w.reason(c); why != "" {
		i.off, i.about = true, why
	}
	i.plain, i.more = strings.ToLower(i.name), strings.ToLower(c.says)
	return i
}

func (w *Window) captureItem(s inspector.Summary) paletteItem {
	id := s.ID
	s = w.private.summary(s)
	name := orElse(s.Event, inspector.ShownPath(s.Path))
	return paletteItem{
		name:  cutMiddle(name, 60),
		about: lang.L("capture {{.ID}} of {{.Time}}", map[string]any{"ID": cutMiddle(s.ID.String(), 14), "Time": clockText(s.Received, w.options.Now())}),
		do:    func() { w.open(id) },
		more:  strings.ToLower(strings.Join([]string{s.ID.String(), s.Event, s.DeliveryID, s.Endpoint, s.Hint}, " ")),
	}
}

// score tells how well an item fits what was typed in lower case, 0 not at all.
func (i *paletteItem) score(typed string) int {
	if i.plain != "" {
		if score := fuzzy(i.plain, typed); score > 0 {
			return 2 + score
		}
	}
	if strings.Contains(i.more, typed) {
		return 1
	}
	return 0
}

// findItems returns the items that fit what was typed, the best first.
func findItems(all []paletteItem, typed string) []paletteItem {
	typed = strings.ToLower(strings.TrimSpace(typed))
	if typed == "" {
		return all
	}
	if len(typed) > maxTyped {
		return nil
	}
	type hit struct{ score, at int }
	var hits []hit
	for at := range all {
		if score := all[at].score(typed); score > 0 {
			hits = append(hits, hit{score, at})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { // of two, what can be had, and then the shorter name
		x, y := &all[a.at], &all[b.at]
		return cmp.Or(b.score-a.score, compareBool(x.off, y.off), len(x.plain)-len(y.plain))
	})
	found := make([]paletteItem, len(hits))
	for n, h := range hits {
		found[n] = all[h.at]
	}
	return found
}
