package detail

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// maxHeaders is how many headers get a row; the rest are in the raw message.
const maxHeaders = 200

// headerTable is the header fields in order and case as received, with those
// marked that a signature covers or is.
func headerTable(header signature.Header, v signature.Verdict, p providers.Provider, shown bool, acts headerActs) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for i, f := range header[:min(len(header), maxHeaders)] {
		if i > 0 {
			parts = append(parts, widget.NewSeparator())
		}
		parts = append(parts, look.Inset(14, 7, headerRow(f, v, p, shown, acts)))
	}
	table := []fyne.CanvasObject{look.Frame(look.Column(0, parts...))}
	if more := len(header) - maxHeaders; more > 0 {
		table = append(table, look.NewProse(lang.N("{{.Count}} more are in the raw request.", more, map[string]any{"Count": more}), look.ColorMuted))
	}
	return look.Column(10, table...)
}

// headerActs are what can be done with a value. search, which may be nil, is
// given the query that finds it; copied is told of a credential that was copied.
type headerActs struct {
	search, copied func(string)
	hidden         bool // some values are dots
}

func headerRow(f signature.Field, v signature.Verdict, p providers.Provider, shown bool, acts headerActs) fyne.CanvasObject {
	value, secret := f.Value, secretHeader(p, f.Name)
	if secret && !shown {
		value = dots
	}
	// A header without a value still has a row of full height.
	if value == "" {
		value = " "
	}
	said := look.NewEvidence(value, "")
	if !secret {
		acts.copied = nil
	}
	if !secret || shown {
		said.OnMenu = func(at *fyne.PointEvent) { headerMenu(f, said, at, acts) }
	}
	pair := look.Pair(look.NewEvidence(f.Name, look.ColorCodeNumber), said)
	if !coversHeader(v, f.Name) {
		return pair
	}
	return look.Beside(8, false, nil, pair, look.Tag(lang.L("signed"), signature.Good))
}

// headerMenu offers what can be done with a header that is shown.
func headerMenu(f signature.Field, over fyne.CanvasObject, at *fyne.PointEvent, acts headerActs) {
	c := fyne.CurrentApp().Driver().CanvasForObject(over)
	if c == nil {
		return
	}
	copies := func(text string) func() {
		return func() {
			fyne.CurrentApp().Clipboard().SetContent(text)
			if acts.copied != nil {
				acts.copied(text)
			}
		}
	}
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(lang.L("Copy value"), copies(f.Value)), fyne.NewMenuItem(lang.L("Copy name"), copies(f.Name)),
		fyne.NewMenuItem(lang.L("Copy the whole line"), copies(f.Name+": "+f.Value)),
	}
	if query := searchHeader(f.Name, f.Value); acts.search != nil && query != "" && !(acts.hidden && strings.Contains(f.Value, "•••")) {
		items = append(items, fyne.NewMenuItem(lang.L("Search this value"), func() { acts.search(query) }))
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at.AbsolutePosition)
}

func coversHeader(v signature.Verdict, name string) bool {
	return slices.ContainsFunc(v.Covered, func(part string) bool {
		return strings.EqualFold(part, "header:"+name)
	})
}

// headersPage is the third tab.
type headersPage struct{ scroll *look.Scrolled }

func newHeadersPage() *headersPage {
	return &headersPage{scroll: look.NewScrolled(look.Column(0))}
}

// show builds the tab. reveal shows or hides credentials.
func (h *headersPage) show(c shownCapture, reveal func(bool), acts headerActs) {
	header, shown := c.Message.Header, c.revealed
	if len(header) == 0 {
		h.scroll.SetContent(look.Empty(look.IconList, lang.L("No headers"), lang.L("The message carried none, or they were not kept. Raw shows what was kept of it."), nil), false)
		return
	}
	says := lang.L("In order and case as received. Click a value with the second button to copy it.")
	if slices.ContainsFunc(header, func(f signature.Field) bool { return coversHeader(c.Verdict, f.Name) }) {
		says = lang.L("In order and case as received. A header with a mark is covered by the signature; the others can be changed without it noticing. Click a value with the second button to copy it or to search for it.")
	}
	words := look.NewProse(says, look.ColorMuted)
	button := look.Quiet(revealCredentials(shown), look.IconEye, func() { reveal(!shown) })
	button.Hidden = !slices.ContainsFunc(header, func(f signature.Field) bool { return secretHeader(c.provider, f.Name) })
	content := look.Column(10, look.Aside(8, 200, words, button), headerTable(header, c.Verdict, c.provider, shown, acts))
	h.scroll.SetContent(look.Inset(0, 14, content), false)
}

func revealCredentials(shown bool) string {
	if shown {
		return lang.L("Hide credentials")
	}
	return lang.L("Show credentials")
}
