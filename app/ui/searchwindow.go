package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"github.com/tidwall/gjson"

	"shopbell/app/ui/complete"
	"shopbell/app/ui/look"
	"shopbell/inspector"
)

// wireSearch connects the search field with the window.
func (w *Window) wireSearch(p *listPane) {
	s := p.search
	s.later, s.known, s.name = w.later, w.knownTexts, w.providerName
	s.saved = w.savedAs
	s.focus = func(f fyne.Focusable) { w.win.Canvas().Focus(f) }
	s.entry.save, s.star.tapped, s.entry.pass = w.saveSearch, w.starSearch, w.typedKey
	s.entry.OnSubmitted = func(string) {
		s.run()
		w.win.Canvas().Focus(p.rows)
	}
}

// searchFor shows what matches a query among all captures, as if it had been
// typed, and puts the keyboard on the list.
func (w *Window) searchFor(query string) {
	w.list.scope = scope{}
	w.side.choose(w.list.scope, w.model)
	w.list.search.put(query, len(query))
	if w.working.Visible() {
		w.win.Canvas().Focus(w.list.rows)
	}
}

// searchItems are the menu items that look for captures like the selected one.
func (w *Window) searchItems() []*fyne.MenuItem {
	c, whole := w.detail.summary, w.detail.capture
	if whole != nil {
		c = whole.Summary
	}
	var items []*fyne.MenuItem
	add := func(label, query string, possible bool) {
		item := fyne.NewMenuItem(label, func() { w.searchFor(query) })
		item.Disabled = !possible || w.private.text(query) != query // the search would show it
		items = append(items, item)
	}
	add(lang.L("Same Delivery Id"), "id:"+complete.QuoteWhole(c.DeliveryID), c.DeliveryID != "")
	add(lang.L("Same Event"), "event:"+complete.QuoteWhole(c.Event), c.Event != "")
	add(lang.L("Same Provider"), "provider:"+complete.Quote(c.Provider), c.Provider != "")
	sender, known := senderQuery(whole)
	add(lang.L("Same Sender Address"), sender, known && !w.private.on.Load())
	like := fyne.NewMenuItem(lang.L("Search"), nil)
	like.ChildMenu = fyne.NewMenu("", items...)
	_, some := w.chosen()
	like.Disabled = !some
	return []*fyne.MenuItem{fyne.NewMenuItemSeparator(), like}
}

// senderQuery asks for the sender of a capture by the header that tells of it.
// The address of the connection itself is nothing that a search can ask for.
func senderQuery(c *inspector.Capture) (query string, known bool) {
	if c == nil || c.From == "" {
		return "", false
	}
	for _, f := range c.Message.Header {
		if slices.Contains(strings.FieldsFunc(f.Value, func(r rune) bool { return r == ',' || r == ' ' }), c.From) {
			return "header." + f.Name + ":" + complete.Quote(c.From), true
		}
	}
	return "", false
}

func (w *Window) providerName(id string) string {
	if p, known := w.engine.Catalog().Get(strings.ToLower(id)); known {
		return p.Name
	}
	return id
}

// knownTexts is what completion offers beside the words of the grammar: from
// memory only.
func (w *Window) knownTexts() complete.Known {
	k := complete.Known{Now: w.options.Now()}
	used := map[string]bool{"": true}
	provider := func(id, name string) {
		if !used[id] {
			used[id] = true
			k.Providers = append(k.Providers, complete.Named{ID: id, Name: name})
		}
	}
	for _, ep := range w.model.endpoints {
		k.Endpoints = append(k.Endpoints, ep.Name)
		provider(ep.Endpoint.Provider, ep.sender())
	}
	for _, p := range w.engine.Catalog().All() {
		provider(p.ID, p.Name)
	}
	if w.list.listing != nil {
		w.list.events = w.list.listing.events(w.list.events)
	}
	for _, e := range w.list.events {
		if w.private.text(e) == e {
			k.Events = append(k.Events, e)
		}
	}
	if c := w.detail.capture; c != nil {
		for _, f := range c.Message.Header {
			if !slices.Contains(k.Headers, f.Name) {
				k.Headers = append(k.Headers, f.Name)
			}
		}
		k.Paths = bodyPaths(c.Message.Body)
	}
	return k
}

const (
	mostEvents   = 300      // that completion remembers
	mostPaths    = 100      // of a body that it offers
	mostPathBody = 64 << 10 // bytes of a body that it looks into
	mostDepth    = 4
)

// events adds the events of the rows in memory to those seen before.
func (l *listing) events(seen []string) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	have := map[string]bool{"": true}
	for _, e := range seen {
		have[e] = true
	}
	for _, rows := range l.blocks.rows {
		for i := range rows {
			if e := rows[i].Event; !have[e] && len(seen) < mostEvents {
				have[e] = true
				seen = append(seen, e)
			}
		}
	}
	slices.Sort(seen)
	return seen
}

// bodyPaths are the paths of the values in a JSON body, as a search asks for
// them.
func bodyPaths(body []byte) (paths []string) {
	if len(body) > mostPathBody || !gjson.ValidBytes(body) {
		return nil
	}
	var walk func(v gjson.Result, path string, depth int)
	walk = func(v gjson.Result, path string, depth int) {
		if len(paths) >= mostPaths || depth > mostDepth {
			return
		}
		switch {
		case v.IsObject():
			v.ForEach(func(key, value gjson.Result) bool {
				if name := key.String(); name != "" && !strings.ContainsAny(name, ".@!|{}[]()*?#\\:\" \t\r\n") {
					walk(value, strings.TrimPrefix(path+"."+name, "."), depth+1)
				}
				return true
			})
		case v.IsArray():
			if first := v.Get("0"); first.IsObject() {
				walk(first, strings.TrimPrefix(path+".#", "."), depth+1)
			} else if path != "" {
				paths = append(paths, path)
			}
		case path != "":
			paths = append(paths, path)
		}
	}
	walk(gjson.ParseBytes(body), "", 0)
	slices.Sort(paths)
	return slices.Compact(paths)
}

// whySearchEmpty is for a search that has found nothing, yet or at all.
func (w *Window) whySearchEmpty() emptyWords {
	p := w.list
	why := emptyWords{icon: look.IconSearch, title: lang.L("Nothing matches"), button: lang.L("Clear the search"), act: p.search.clear}
	switch {
	case p.extent.found.looking:
		why.title, why.says = lang.L("Searching…"), lang.L("Nothing has matched so far. All captures are looked through, the newest first.")
	case p.search.vain.Text() != "":
		why.says = p.search.vain.Text()
	case p.scope.kind == scopeAll:
		why.says = lang.L("No capture matches this search.")
	default:
		why.says = lang.L("Nothing under {{.Scope}} matches this search.", words{"Scope": p.scope.name()})
		why.button, why.act = lang.L("Search all captures"), func() { w.choose(scope{}) }
	}
	return why
}
