package detail

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// maxHeaders is how many headers get a row; the rest are in the raw message.
const maxHeaders = 200

// headerTable is the header fields in order and case as received, with those
// marked that a signature covers or is.
func headerTable(header signature.Header, v signature.Verdict, p providers.Provider, shown bool) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for i, f := range header[:min(len(header), maxHeaders)] {
		if i > 0 {
			parts = append(parts, widget.NewSeparator())
		}
		parts = append(parts, look.Inset(14, 7, headerRow(f, v, shown || !secretHeader(p, f.Name))))
	}
	table := []fyne.CanvasObject{look.Frame(look.Column(0, parts...))}
	if more := len(header) - maxHeaders; more > 0 {
		table = append(table, look.NewProse(fmt.Sprintf("%d more are in the raw request.", more), look.ColorMuted))
	}
	return look.Column(10, table...)
}

func headerRow(f signature.Field, v signature.Verdict, shown bool) fyne.CanvasObject {
	value := f.Value
	if !shown {
		value = dots
	}
	// A header without a value still has a row of full height.
	if value == "" {
		value = " "
	}
	pair := look.Pair(look.NewEvidence(f.Name, look.ColorCodeNumber), look.NewEvidence(value, ""))
	if !coversHeader(v, f.Name) {
		return pair
	}
	return look.Beside(8, false, nil, pair, look.Tag("signed", signature.Good))
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
func (h *headersPage) show(c shownCapture, reveal func(bool)) {
	header, shown := c.Message.Header, c.revealed
	if len(header) == 0 {
		h.scroll.SetContent(emptyState(look.IconList, "No headers", "The message carried none, or they were not kept.", nil), false)
		return
	}
	words := look.NewProse("In order and case as received. Click a value with the second button to copy it.", look.ColorMuted)
	button := look.Quiet(revealCredentials(shown), look.IconEye, func() { reveal(!shown) })
	button.Hidden = !slices.ContainsFunc(header, func(f signature.Field) bool { return secretHeader(c.provider, f.Name) })
	content := look.Column(10, look.Aside(8, 200, words, button), headerTable(header, c.Verdict, c.provider, shown))
	h.scroll.SetContent(look.Inset(0, 14, content), false)
}

func revealCredentials(shown bool) string {
	if shown {
		return "Hide credentials"
	}
	return "Show credentials"
}
