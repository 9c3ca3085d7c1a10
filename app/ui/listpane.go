package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"github.com/oklog/ulid/v2"

	"shopbell/app/ui/activity"
	"shopbell/app/ui/look"
	"shopbell/app/ui/rows"
	"shopbell/inspector"
	"shopbell/providers"
)

// listPane is the search field and the captures below it, newest first. Away
// from the top it stands still while rows arrive; a button counts those and
// goes to them.
type listPane struct {
	content *fyne.Container
	search  *searchField
	fresh   *look.Button // "12 new"
	strip   *activity.Strip
	rows    *rows.List
	empty   *emptyState

	catalog  func() providers.Catalog // it changes with the user's own files
	options  Options
	private  *privacy
	onSelect func(inspector.Summary)
	onMiss   func() // rows have to be fetched
	// next is when a capture that waits is tried again, zero when that is not known.
	next func(endpoint string, id ulid.ULID) time.Time

	events   []string // seen so far, for completion
	scope    scope
	number   int // of the wish that is or will be shown
	listing  *listing
	extent   extent
	unseen   int // rows that arrived while the user was elsewhere
	selected ulid.ULID
	onScreen []ulid.ULID // as of the last look

	group   *groupBar
	several selection
	pending *int      // the sequence of a row up to which is to be chosen once it was read
	marked  ulid.ULID // for comparing
}

// buildList makes the list pane and says what its parts do.
func (w *Window) buildList() {
	p := &listPane{
		catalog: w.engine.Catalog, options: w.options, private: &w.private, number: firstWish, next: w.engine.Inspector().NextAttempt,
		empty: newEmptyState(func(text string) { w.copy(text, lang.L("the address")) }),
	}
	p.search = newSearchField(w.options.Now, func() scope { return p.scope }, func(q inspector.Query, typed bool) {
		p.number = w.refresh.choose(p.scope, q, typed)
		w.showSearches()
	})
	w.wireSearch(p)
	p.fresh = look.Primary("", "", p.catchUp)
	p.fresh.Compact = true
	p.fresh.Hide()
	p.rows = rows.New(func() fyne.CanvasObject { return newCaptureRow() }, p.bind)
	p.rows.RowHeight = p.rows.Theme().Size(look.SizeRow)
	p.rows.OnSelected, p.rows.OnScrolled = p.pick, p.moved
	p.rows.OnSecondary = func(_ int, at *fyne.PointEvent) { w.openCaptureMenu(at.AbsolutePosition) }
	p.rows.OnKey, p.rows.OnRune = w.typedKey, w.typedRune
	p.rows.OnReach, p.rows.OnAll, p.rows.Chosen = p.reach, p.all, p.chosen
	p.group = newGroupBar(w)
	p.group.onShown = func() { p.content.Refresh() }
	p.onSelect, p.onMiss = w.inspect, w.refresh.ask
	p.strip = activity.New()
	p.strip.OnChoose, p.strip.OnClear = p.brush, p.allTimes
	p.strip.OnKey, p.strip.OnRune = w.typedKey, w.typedRune
	head := padded(look.Column(8, p.search.content, p.strip), 10, 10)
	float := container.NewVBox(padded(container.NewCenter(p.fresh), 0, 8))
	body := container.NewStack(p.rows, p.empty.content, float)
	pane := container.New(tight{}, body, container.New(stacked{}, head, hairline()), container.New(stacked{}, p.group.content))
	p.content = container.NewStack(pane, container.New(below{field: p.search.entry, across: 10}, p.search.drop))
	p.search.onGrown = func() {
		head.Refresh() // what came learns how wide it is
		p.content.Refresh()
	}
	w.list = p
}

// choose shows another scope, with what is typed in the search field.
func (w *Window) choose(s scope) {
	w.list.scope = s
	w.side.choose(s, w.model)
	w.list.search.run()
}

// show brings the rows in line with what was read.
func (p *listPane) show(l *listing, e extent) {
	p.search.show(e.found, l.typed)
	if p.listing != l {
		p.replace(l, e)
		return
	}
	arrived := p.extent.top - e.top
	p.extent = e
	if arrived > 0 && !p.rows.AtTop() {
		p.unseen += arrived
	}
	p.rows.InsertedAbove(arrived)
	p.rows.SetCount(e.end - e.top)
	p.keepPlace()
	if p.selected != (ulid.ULID{}) && !p.inStep() {
		p.mark() // rows above it went
	}
	p.count()
	p.catchPending()
}

// inStep tells whether the marked row is that of the selected capture.
func (p *listPane) inStep() bool {
	c, ok := p.listing.peek(p.extent.top + p.rows.Selected())
	return p.rows.Selected() != rows.None && (!ok || c.ID == p.selected)
}

// replace shows another listing: of another wish from its top, of the same wish
// from the place where the user is.
func (p *listPane) replace(l *listing, e extent) {
	same := p.listing != nil && p.listing.sameAs(l)
	p.listing, p.extent = l, e
	p.rows.SetCount(e.end - e.top)
	if !same {
		p.unseen, p.pending, p.several = 0, nil, selection{} // of what was shown before
		p.rows.ScrollToTop()
	}
	p.keepPlace()
	p.mark()
	p.count()
	p.group.show(&p.several)
}

// mark puts the selection on the row of the selected capture, if it is known.
func (p *listPane) mark() {
	p.rows.Unselect()
	if p.listing == nil {
		return // the window was never shown
	}
	if seq, ok := p.listing.find(p.selected); ok && p.selected != (ulid.ULID{}) {
		p.rows.Mark(seq - p.extent.top)
	}
}

// count shows how many rows arrived out of sight.
func (p *listPane) count() {
	if from, _ := p.rows.Seen(); p.unseen > from {
		p.unseen = from
	}
	setVisible(p.fresh, p.unseen > 0)
	if p.unseen > 0 {
		p.fresh.SetText(lang.N("{{.Count}} new", p.unseen, map[string]any{"Count": grouped(p.unseen)}))
	}
}

// catchUp goes to the rows that arrived meanwhile.
func (p *listPane) catchUp() {
	p.rows.ScrollToTop()
	p.moved()
}

// moved lets go of the rows that the user has come to see by scrolling.
func (p *listPane) moved() {
	if p.listing != nil {
		p.notePlace()
	}
	p.count()
}

// bind shows the row at an index from memory and asks for it when it is not
// there or not new.
func (p *listPane) bind(index int, o fyne.CanvasObject) {
	r, ok := o.(*captureRow)
	if !ok || p.listing == nil {
		return
	}
	c, known, stale := p.listing.look(p.extent.top + index)
	if stale {
		p.onMiss()
	}
	if !known {
		r.wait()
		return
	}
	now := p.options.Now()
	shown := c
	shown.Summary = p.private.summary(c.Summary)
	t := describe(shown, p.catalog(), now)
	if c.State == inspector.Waiting {
		t.comesAgain(p.next(c.Endpoint, c.ID), now)
	}
	if c.ID == p.marked {
		t.second = lang.L("marked") + " · " + t.second
	}
	r.set(t)
}

// pick is the user's choice of a row.
func (p *listPane) pick(index int) {
	if p.listing == nil {
		return
	}
	if c, ok, _ := p.listing.look(p.extent.top + index); ok {
		p.selected = c.ID
		p.onSelect(c.Summary)
	}
}

// clear forgets the choice.
func (p *listPane) clear() {
	p.selected = ulid.ULID{}
	p.rows.Unselect()
}
