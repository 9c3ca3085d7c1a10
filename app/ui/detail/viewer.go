package detail

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/app/ui/rows"
)

// subject is what a viewer shows.
type subject struct {
	// make lays the subject out in one of the viewer's modes, with hidden
	// values shown or not. It runs off the UI goroutine, and ends early where
	// stop says that nobody waits any more.
	make func(mode int, shown bool, stop func() bool) page
	size int // bytes to work through
	mode int // the mode at first
	// reveal is what the button says that shows or hides values, "" without one.
	reveal func(shown bool) string
}

// viewer is a code view with its modes, notes and buttons.
type viewer struct {
	widget.BaseWidget
	// onReveal is told that the user wants hidden values shown, or not.
	onReveal func(shown bool)
	// onShown is told of each page that came on screen.
	onShown func(page)
	// onStep is told that the next step was chosen where there is no body.
	onStep func()
	// onSearch is given the query that finds a value.
	onSearch func(query string)
	// onSecret is told of a text that was copied while hidden values are shown.
	onSecret func(text string)

	subject subject
	shown   bool
	page    page
	treed   int // the mode that shows a tree, noTree without one

	modes  *look.Segments
	note   *look.Prose
	legend *fyne.Container
	mark   *look.Panel // its sample
	says   *look.Prose // its words
	told   *look.Text  // what was done just now
	reveal *look.Button
	copied *look.Button
	seek   *look.Button
	find   *finder
	code   *rows.CodeView
	tree   *treeView
	blank  *look.Scrolled
	frame  *look.Panel
	jobs   *jobs
	places *jobs
	all    *fyne.Container
}

// noTree is the mode of a viewer without a tree.
const noTree = -1

func newViewer(do func(func()), treed int, modes ...string) *viewer {
	v := &viewer{
		treed: treed, modes: look.NewSegments(modes...), note: look.NewProse("", look.ColorMuted),
		says: look.NewProse("", look.ColorMuted), told: look.NewStyled("", look.ColorMuted, look.SizeSmall, fyne.TextStyle{}),
		code: rows.NewCode(), blank: look.NewScrolled(look.Column(0)), jobs: newJobs(do), places: newJobs(do),
	}
	v.tree = newTreeView(do, v.treeMenu, v.treeShortcut)
	v.find = newFinder(do, v)
	v.reveal = look.Quiet("", look.IconEye, func() { v.onReveal(!v.shown) })
	v.copied = look.Quiet(lang.L("Copy"), look.IconCopy, func() { v.code.Copy() })
	v.seek = look.Quiet(lang.L("Find"), look.IconSearch, v.openFind)
	v.code.OnCopied = v.secret
	v.modes.OnChanged = func(int) { v.render() }
	v.modes.Hidden = len(modes) < 2
	v.code.OnMenu, v.code.OnShortcut = v.codeMenu, v.codeShortcut
	v.mark = swatch()
	v.legend = look.Beside(10, true, v.mark, v.says, nil)
	v.legend.Hide()
	bar := look.AsideNeeding(8, func() float32 { return v.modes.MinSize().Width }, v.modes, look.Row(4, v.told, v.reveal, v.seek, v.copied))
	v.frame = look.Frame(&fyne.Container{Layout: stackLayout{}, Objects: []fyne.CanvasObject{v.code, v.tree.list, v.blank}})
	v.all = look.Fill(10, bar, v.find.all, v.note, v.legend, v.frame)
	v.ExtendBaseWidget(v)
	return v
}

// swatch is a piece of the mark of what a signature covers.
func swatch() *look.Panel {
	p := look.Card(look.Inset(11, 6, look.Column(0)))
	p.Fill, p.Border, p.Radius, p.Across, p.Down = look.ColorGoodSoft, look.ColorGood, 3, 0, 0
	return p
}

// set shows another subject.
func (v *viewer) set(s subject, shown bool) {
	v.subject, v.shown = s, shown
	v.find.close()
	v.modes.Choose(s.mode)
	v.render()
}

// again shows the same subject, of which something about its making changed, and
// nothing of how it was before.
func (v *viewer) again(s subject, shown bool) {
	v.subject, v.shown = s, shown
	v.show(page{doc: rows.NewDocument(nil, rows.Plain)})
	v.render()
}

// works are all the jobs of the viewer.
func (v *viewer) works() []*jobs { return []*jobs{v.jobs, v.places, v.find.jobs, v.tree.jobs} }

// setShown shows or hides the hidden values.
func (v *viewer) setShown(shown bool) {
	if v.shown != shown {
		v.shown = shown
		v.render()
	}
}

// clear shows nothing and forgets what is under way.
func (v *viewer) clear() {
	v.jobs.drop()
	v.forget()
	v.subject = subject{}
}

// forget empties the viewer.
func (v *viewer) forget() {
	v.places.drop()
	v.find.drop()
	v.page = page{}
	v.tree.set(nil, nil)
	v.code.SetText(nil, rows.Plain)
}

func (v *viewer) render() {
	s, mode, shown := v.subject, v.modes.Chosen(), v.shown
	v.jobs.drop()
	if s.make == nil {
		return
	}
	words := s.reveal(shown)
	v.reveal.Hidden = words == ""
	v.reveal.SetText(words)
	v.told.SetText("")
	if s.size > atOnce {
		v.forget()
		v.show(page{nothing: v.loading(s.size)})
	}
	v.jobs.run(s.size, func(stop func() bool) func() {
		p := s.make(mode, shown, stop)
		return func() { v.show(p) }
	})
}

// loading is what is said while a large body is laid out.
func (v *viewer) loading(size int) *blank {
	b := &blank{
		icon:  look.IconClock,
		title: lang.L("Formatting {{.Size}}…", map[string]any{"Size": look.Bytes(int64(size))}),
		says:  lang.L("It appears here as soon as it is ready; the rest of the window can be used meanwhile."),
	}
	if v.treed != noTree && v.modes.Chosen() != modeText {
		b.says = lang.L("It appears here as soon as it is ready. Raw is quicker: it shows the body as received.")
	}
	return b
}

func (v *viewer) show(p page) {
	v.page = p
	note := p.note()
	v.note.SetText(note)
	v.note.Hidden = note == ""
	v.says.SetText(p.legend)
	v.legend.Hidden = p.legend == ""
	v.mark.Hidden = !p.marked
	blank := p.nothing
	if blank == nil && v.treed != noTree && v.modes.Chosen() == v.treed && p.tree == nil {
		blank = treeless(p.treeless)
	}
	v.showBlank(blank)
	if p.doc != nil {
		v.code.SetDocument(p.doc)
		v.code.SetMarks(rows.Covered, p.covered)
		if p.fault != nil {
			v.code.ShowFault(*p.fault)
		}
	}
	v.tree.set(p.tree, p.covers)
	v.code.Hidden = blank != nil || p.tree != nil
	v.tree.list.Hidden = blank != nil || p.tree == nil
	v.copied.Hidden = p.doc == nil || p.nothing != nil
	v.seek.Hidden = v.copied.Hidden
	v.all.Refresh()
	v.find.again()
	if v.onShown != nil && p.doc != nil {
		v.onShown(p)
	}
}

// showBlank puts words where there is nothing else to see; nil takes them away.
func (v *viewer) showBlank(b *blank) {
	v.blank.Hidden = b == nil
	if b == nil {
		return
	}
	var step *look.Button
	if b.step != "" {
		step = look.Secondary(b.step, "", func() {
			if v.page.tree == nil && v.page.nothing == nil {
				v.choose(modePretty)
			} else if v.onStep != nil {
				v.onStep()
			}
		})
	}
	v.blank.SetContent(look.Empty(b.icon, b.title, b.says, step), false)
}

// treeless says why there is no tree.
func treeless(why string) *blank {
	return &blank{icon: look.IconList, title: lang.L("Nothing to fold"), says: why, step: lang.L("Show it pretty")}
}

// choose goes to another mode.
func (v *viewer) choose(mode int) {
	v.modes.Choose(mode)
	v.render()
}

// tell says what was done.
func (v *viewer) tell(words string) {
	v.told.SetText(words)
	v.all.Refresh()
}

// CreateRenderer is called by the toolkit.
func (v *viewer) CreateRenderer() fyne.WidgetRenderer {
	v.ExtendBaseWidget(v)
	return widget.NewSimpleRenderer(v.all)
}
