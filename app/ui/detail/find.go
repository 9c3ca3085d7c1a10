package detail

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/app/ui/rows"
)

// findShortcut opens the search in a body.
func findShortcut() fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierShortcutDefault}
}

// finder is the bar that searches a viewer's document.
type finder struct {
	viewer *viewer
	entry  *findEntry
	count  *look.Text
	all    *fyne.Container
	jobs   *jobs

	found []rows.Span
	whole bool // these are all
	at    int  // the one that is shown, none without
}

const none = -1

func newFinder(do func(func()), v *viewer) *finder {
	f := &finder{viewer: v, jobs: newJobs(do), at: none, count: look.NewStyled("", look.ColorMuted, look.SizeSmall, fyne.TextStyle{})}
	f.entry = newFindEntry(f)
	f.entry.OnChanged = func(string) { f.run() }
	buttons := look.Row(4, f.count,
		look.Quiet(lang.L("Previous"), "", func() { f.step(-1) }), look.Quiet(lang.L("Next"), "", func() { f.step(1) }),
		look.Quiet(lang.L("Done"), "", f.leave))
	f.all = look.Aside(8, 160, f.entry, buttons)
	f.all.Hide()
	return f
}

// openFind shows the bar and goes to its field. A tree is searched in the
// pretty view, where every hit can be marked.
func (v *viewer) openFind() {
	if v.page.doc == nil || v.page.nothing != nil {
		return
	}
	if v.page.tree != nil {
		v.choose(modePretty)
	}
	v.find.all.Show()
	v.all.Refresh()
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v.find.entry)
	}
	v.find.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	v.find.run()
}

// holds tells whether a focused part belongs to the viewer.
func (v *viewer) holds(o fyne.Focusable) bool {
	return o == v.code || o == v.tree.list || o == v.find.entry || o == v.modes
}

// close puts the bar away and forgets what was found.
func (f *finder) close() {
	f.all.Hide()
	f.entry.Text = ""
	f.entry.Refresh()
	f.drop()
}

// leave closes the bar and goes back to the document.
func (f *finder) leave() {
	f.close()
	f.viewer.code.SetMarks(rows.Found, nil)
	f.viewer.all.Refresh()
	if c := fyne.CurrentApp().Driver().CanvasForObject(f.viewer); c != nil {
		c.Focus(f.viewer.code)
	}
}

// drop forgets what was found and what is under way.
func (f *finder) drop() {
	f.jobs.drop()
	f.found, f.at = nil, none
	f.count.SetText("")
}

// again searches another document for the same.
func (f *finder) again() {
	if f.all.Visible() {
		f.run()
	}
}

// run searches for what is in the field.
func (f *finder) run() {
	p, text := f.viewer.page, f.entry.Text
	f.drop()
	if p.doc == nil {
		return
	}
	searched := p.doc.Bytes()
	if p.bytes != nil {
		searched = p.bytes
	}
	if text != "" {
		f.tell(lang.L("Searching…"))
	}
	f.jobs.run(len(searched), func(stop func() bool) func() {
		found, whole := rows.Find(searched, text, stop)
		marks := found
		if p.bytes != nil {
			marks = dumped(found)
		}
		return func() { f.show(found, marks, whole) }
	})
}

// show marks what was found and goes to the first hit.
func (f *finder) show(found, marks []rows.Span, whole bool) {
	f.found, f.whole, f.at = found, whole, none
	f.viewer.code.SetMarks(rows.Found, marks)
	if f.entry.Text == "" {
		f.tell("")
		return
	}
	if len(found) == 0 {
		f.tell(lang.L("Not found"))
		return
	}
	f.goTo(0)
}

// step goes to the next hit or the one before, around the ends.
func (f *finder) step(by int) {
	if n := len(f.found); n > 0 {
		f.goTo((f.at + by + n) % n)
	}
}

// goTo shows hit number i.
func (f *finder) goTo(i int) {
	f.at = i
	s := f.found[i]
	if f.viewer.page.bytes != nil {
		s = dumped(f.found[i : i+1])[0]
	}
	f.viewer.code.ShowSpan(int(s.From), int(s.To))
	values := map[string]any{"Number": i + 1, "Count": len(f.found)}
	if f.whole {
		f.tell(lang.L("{{.Number}} of {{.Count}}", values))
	} else {
		f.tell(lang.L("{{.Number}} of more than {{.Count}}", values))
	}
}

func (f *finder) tell(words string) {
	f.count.SetText(words)
	f.all.Refresh()
}

// findEntry is the field: Enter goes to the next hit, with Shift to the one
// before, Escape leaves.
type findEntry struct {
	widget.Entry
	finder *finder
	shift  bool
}

func newFindEntry(f *finder) *findEntry {
	e := &findEntry{finder: f}
	e.PlaceHolder = lang.L("Find in the body")
	e.ExtendBaseWidget(e)
	return e
}

// TypedKey steps through the hits.
func (e *findEntry) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.shift {
			e.finder.step(-1)
		} else {
			e.finder.step(1)
		}
	case fyne.KeyDown:
		e.finder.step(1)
	case fyne.KeyUp:
		e.finder.step(-1)
	case fyne.KeyEscape:
		e.finder.leave()
	default:
		e.Entry.TypedKey(key)
	}
}

// KeyDown notes that Shift is held.
func (e *findEntry) KeyDown(key *fyne.KeyEvent) {
	e.shift = e.shift || look.IsShift(key)
	e.Entry.KeyDown(key)
}

// KeyUp ends KeyDown.
func (e *findEntry) KeyUp(key *fyne.KeyEvent) {
	if look.IsShift(key) {
		e.shift = false
	}
	e.Entry.KeyUp(key)
}
