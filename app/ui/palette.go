package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/app/ui/rows"
)

// palette is the sheet in which a command, an endpoint or a capture is found by
// typing a part of its name: the arrows move, Enter takes.
type palette struct {
	window *Window
	sheet  *sheet
	find   *walkEntry
	rows   *rows.List
	none   *look.Prose
	take   *look.Button
	all    []paletteItem
	shown  []paletteItem
}

const (
	paletteRow   = 34
	paletteRows  = 11 // at most seen at once
	paletteLeast = 4
	paletteRest  = 220 // of the sheet, besides the rows
)

// openPalette shows what can be done and where one can go.
func (w *Window) openPalette() *palette {
	p := &palette{window: w, all: w.paletteItems()}
	p.sheet = w.openSheet(lang.L("Commands"))
	p.sheet.enter = p.submit
	p.find = &walkEntry{sheet: p.sheet}
	p.find.ExtendBaseWidget(p.find)
	p.find.Icon = look.IconSearch.Resource(look.ColorMuted)
	p.find.PlaceHolder = lang.L("Command, endpoint, or id or event of a capture")
	p.find.OnChanged = p.search
	p.find.OnSubmitted = func(string) { p.submit() }
	p.rows = rows.New(func() fyne.CanvasObject { return newPaletteRow() }, func(i int, o fyne.CanvasObject) {
		o.(*paletteLine).set(&p.shown[i])
	})
	p.rows.RowHeight, p.rows.Lines = paletteRow, false
	p.rows.OnSelected = func(int) { p.mark() }
	p.rows.OnActivated = func(int) { p.submit() }
	p.find.above(p.rows, p.find)
	p.none = look.NewProse(lang.L("Nothing is called that. Captures further down the list are found by the search."), look.ColorMuted)
	p.take = look.Primary(lang.L("Do It"), "", p.submit)
	high := min(max((w.win.Canvas().Size().Height-paletteRest)/paletteRow, paletteLeast), paletteRows) * paletteRow
	p.search("")
	list := look.Frame(container.NewStack(p.rows, padded(p.none, 14, 12)))
	p.sheet.fill([]fyne.CanvasObject{p.find, container.New(tall{high}, list)}, look.Secondary(lang.L("Close"), "", p.sheet.close), p.take)
	p.sheet.focus(p.find)
	return p
}

// search shows what fits the text.
func (p *palette) search(typed string) {
	p.shown = findItems(p.all, typed)
	p.rows.Unselect()
	p.rows.SetCount(len(p.shown))
	p.rows.ScrollToTop()
	p.rows.Mark(0)
	setVisible(p.none, len(p.shown) == 0)
	p.mark()
}

// marked is what Enter takes, nil when nothing fits.
func (p *palette) marked() *paletteItem {
	if i := p.rows.Selected(); i >= 0 && i < len(p.shown) {
		return &p.shown[i]
	}
	return nil
}

// mark brings the button in line with what is marked.
func (p *palette) mark() {
	if i := p.marked(); i != nil && !i.off {
		p.take.Enable()
	} else {
		p.take.Disable()
	}
}

// submit does what is marked, or says why that cannot be.
func (p *palette) submit() {
	i := p.marked()
	switch {
	case i == nil:
	case i.off:
		p.sheet.say(i.about)
	default:
		p.sheet.close()
		i.do()
	}
}
