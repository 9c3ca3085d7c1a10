package ui

import (
	"image"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"shopbell/app/settings"
)

// searchScene is a posed window whose list pane, and whose sidebar if told, are
// compared in both themes.
func (d *desk) searchLooks(name string, at image.Rectangle) {
	d.t.Helper()
	for mode, theme := range map[string]string{"light": themeLight, "dark": themeDark} {
		d.setTheme(theme)
		d.shot(name + "-" + mode)
		test.AssertImageMatches(d.t, "search-"+name+"-"+mode+".png", part(d.win.Canvas().Capture(), at))
	}
}

// listTop is the upper part of the list pane in the scene.
var listTop = image.Rect(212, 54, 684, 380)

// find types a search and lets it be found before the picture.
func (d *desk) find(text string) {
	d.t.Helper()
	d.refresh.setHidden(false)
	d.list.search.put(text, len(text))
	d.rest()
	d.pose(true)
	if l := d.list.listing; l != nil && l.typed && !d.list.extent.found.looking {
		f := d.list.extent.found
		f.took = 12 * time.Millisecond
		d.list.search.show(f, true)
	}
}

func TestCompletionLooksAsBefore(t *testing.T) {
	d := openScene(t)
	d.win.Canvas().Focus(d.list.search.entry)
	for _, r := range "outcome:m" {
		d.list.search.entry.TypedRune(r)
	}
	d.list.search.entry.TypedKey(key("Down"))
	d.win.Canvas().Unfocus() // a cursor blinks
	d.searchLooks("completion", listTop)
	d.win.Canvas().Focus(d.list.search.entry)
	d.list.search.put("", 0)
	d.list.search.complete(true)
	d.list.search.drop.step(-1)
	d.win.Canvas().Unfocus()
	d.searchLooks("fields", listTop)
}

func TestChipsLookAsBefore(t *testing.T) {
	d := openScene(t)
	d.find(`outcome:verified,unsigned since:1h -provider:twisto size:>100 POST`)
	d.searchLooks("chips", listTop)
	d.find("outcome:mismatch outcome:verified")
	d.searchLooks("exclude", listTop)
	d.find("outcome:mismatch,missing outcome:mismatch")
	d.searchLooks("useless", listTop)
}

func TestAWrongSearchLooksAsBefore(t *testing.T) {
	d := openScene(t)
	d.find("outcome:nonsense")
	d.searchLooks("wrong", listTop)
}

func TestAnEmptyResultLooksAsBefore(t *testing.T) {
	d := openScene(t)
	d.choose(scope{kind: scopeHeld})
	d.find("nowhere")
	d.searchLooks("empty", image.Rect(212, 54, 684, 540))
	f := found{looking: true, back: sceneNow().Add(-20 * time.Hour)}
	d.list.extent.found = f
	d.list.search.show(f, true)
	d.explain()
	d.searchLooks("searching", image.Rect(212, 54, 684, 540))
}

func TestSavedSearchesLookAsBefore(t *testing.T) {
	d := openScene(t)
	for _, s := range []settings.Search{{Name: "Failed since yesterday", Query: "outcome:mismatch since:1d"}, {Name: "Tweed, paid", Query: "provider:tweed"}} {
		if err := d.engine.PutSearch("", s); err != nil {
			t.Fatal(err)
		}
	}
	d.refresh.setHidden(false)
	d.rest()
	d.chooseSearch(settings.Search{Query: "provider:tweed"})
	d.find("provider:tweed")
	d.win.Canvas().Unfocus()
	d.searchLooks("saved", image.Rect(0, 54, 684, 660))
}
