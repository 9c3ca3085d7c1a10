package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/app/ui/rows"
)

// picker is the sheet in which a provider is looked for: typing narrows the
// list, the arrows move in it, Enter chooses.
type picker struct {
	of     *providerPick
	sheet  *sheet
	find   *pickEntry
	rows   *rows.List
	none   *look.Prose
	about  *fyne.Container // of the provider that is marked
	scroll *container.Scroll
	choose *look.Button
	all    []offer
	shown  []offer
}

const (
	pickerRow   = 46
	pickerRows  = 7 // at most seen at once
	pickerLeast = 3
	aboutHeight = 148
	pickerRest  = 376 // of the sheet, besides the rows
)

func (w *Window) openPicker(of *providerPick) *picker {
	p := &picker{of: of, sheet: w.openSheet(lang.L("Choose a provider")), all: offersOf(w.engine.Catalog(), of.only)}
	if of.detect {
		says := func() string { return lang.L("By headers and body, for each delivery") }
		p.all = append([]offer{{name: lang.L("Detect the provider"), scheme: says, mark: "*", plain: "detect any"}}, p.all...)
	}
	p.find = newPickEntry(p)
	p.rows = rows.New(func() fyne.CanvasObject { return newOfferRow() }, func(i int, o fyne.CanvasObject) { o.(*offerRow).set(p.shown[i]) })
	p.rows.RowHeight = pickerRow
	p.rows.OnSelected = func(int) { p.tell() }
	p.rows.OnActivated = func(int) { p.take() }
	p.find.above(p.rows, p.find)
	p.none = look.NewProse(lang.L("No provider is called that. One of your own can be described: see shopbell providers new."), look.ColorMuted)
	p.about = look.Column(4)
	p.scroll = container.NewVScroll(padded(p.about, 8, 2))
	p.choose = look.Primary(lang.L("Choose"), "", p.take)
	p.sheet.enter = p.take
	list := look.Frame(container.NewStack(p.rows, padded(p.none, 14, 12)))
	high := min(max((w.win.Canvas().Size().Height-pickerRest)/pickerRow, pickerLeast), pickerRows) * pickerRow
	p.search("")
	p.sheet.fill([]fyne.CanvasObject{
		p.find, container.New(tall{high}, list), container.New(tall{aboutHeight}, p.scroll),
	}, look.Secondary(lang.L("Cancel"), "", p.sheet.close), p.choose)
	p.mark(of.chosen)
	p.sheet.focus(p.find)
	return p
}

// search shows what fits the text.
func (p *picker) search(typed string) {
	p.shown = findOffers(p.all, typed)
	p.rows.Unselect()
	p.rows.SetCount(len(p.shown))
	p.rows.ScrollToTop()
	p.rows.Mark(0)
	setVisible(p.none, len(p.shown) == 0)
	p.tell()
}

// mark goes to the provider with that id, if it is listed.
func (p *picker) mark(id string) {
	for i, o := range p.shown {
		if o.id == id {
			p.rows.Select(i)
			return
		}
	}
}

// marked is the offer that Enter takes; false when nothing fits.
func (p *picker) marked() (offer, bool) {
	if i := p.rows.Selected(); i >= 0 && i < len(p.shown) {
		return p.shown[i], true
	}
	return offer{}, false
}

// tell describes the provider that is marked.
func (p *picker) tell() {
	o, some := p.marked()
	p.about.Objects = nil
	if found, known := p.of.window.engine.Catalog().Get(o.id); some && known {
		p.about.Objects = aboutProvider(found)
	}
	if some {
		p.choose.Enable()
	} else {
		p.choose.Disable()
	}
	p.about.Refresh()
	p.scroll.ScrollToTop()
	p.scroll.Refresh()
}

// take chooses the provider that is marked.
func (p *picker) take() {
	if o, some := p.marked(); some {
		p.sheet.close()
		p.of.choose(o.id)
	}
}

// tall gives its one part a fixed height.
type tall struct{ high float32 }

func (l tall) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(160, l.high) }

func (l tall) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	parts[0].Move(fyne.NewPos(0, 0))
	parts[0].Resize(size)
}
