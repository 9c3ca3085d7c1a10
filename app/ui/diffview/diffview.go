// Package diffview shows two messages side by side: what is equal, what differs,
// and how. Start with New and View.Set. The rows are those of a compare.View,
// made when they come on screen, so a body of any size opens at once; what it
// takes to compare is done elsewhere, before Set.
package diffview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/app/ui/rows"
	"shopbell/inspector/compare"
)

// Heading names one side: what it is, and where and when.
type Heading struct{ Title, Says string }

// Subject is what is shown.
type Subject struct {
	Report      *compare.Report
	Left, Right Heading
	// Hides tells that hidden values can be shown; Shown that they are.
	Hides, Shown bool
}

// rowHeight holds a line of code and its air.
const rowHeight = 22

// View is the comparison. All methods belong to the UI goroutine.
type View struct {
	widget.BaseWidget
	// OnReveal is told that the user wants hidden values shown, or not.
	OnReveal func(shown bool)
	// OnClose is told that the user is done.
	OnClose func()
	// OnFocus is told to put the keyboard into a part.
	OnFocus func(fyne.Focusable)
	// OnKey and OnRune are offered what the view does not use.
	OnKey  func(*fyne.KeyEvent)
	OnRune func(rune)

	subject Subject
	pages   []page
	page    int

	head, says  *fyne.Container
	tabs        *fyne.Container
	choice      *look.Segments // among the pages
	count       *look.Text
	reveal      *look.Button
	before      *look.Button
	next        *look.Button
	list        *rows.List
	place       *look.Text
	full, empty *fyne.Container
	all         *fyne.Container
}

// page is one of the ways in which two messages are compared.
type page struct {
	name string
	view *compare.View
}

// New returns a view that shows nothing.
func New() *View {
	v := &View{
		head: look.Column(0), says: look.Column(0), tabs: look.Column(0), empty: look.Column(0),
		count: look.NewStyled("", look.ColorMuted, look.SizeSmall, fyne.TextStyle{}),
		place: look.NewStyled("", look.ColorMuted, look.SizeSmall, fyne.TextStyle{Monospace: true}),
	}
	v.place.Cut = true
	v.reveal = look.Quiet("", look.IconEye, func() { v.OnReveal(!v.subject.Shown) })
	v.before = look.Quiet(lang.L("Previous"), "", func() { v.Step(false) })
	v.next = look.Quiet(lang.L("Next"), "", func() { v.Step(true) })
	v.list = rows.New(func() fyne.CanvasObject { return newRow() }, v.bind)
	v.list.RowHeight, v.list.Lines = rowHeight, false
	v.list.OnSelected = v.chosen
	v.list.OnKey, v.list.OnRune = v.typedKey, v.typedRune
	shut := look.Quiet("", look.IconCross, func() { v.OnClose() })
	shut.Label = lang.L("Close")
	title := look.NewStyled(lang.L("Compare"), "", look.SizeTitle, fyne.TextStyle{Bold: true})
	bar := look.Aside(8, 200, v.tabs, look.Row(4, v.reveal, v.count, v.before, v.next))
	body := look.Fill(8, v.head, v.says, bar, look.Frame(v.list))
	v.full = &fyne.Container{Layout: footLayout{}, Objects: []fyne.CanvasObject{body, v.place}}
	pages := &fyne.Container{Layout: onTop{}, Objects: []fyne.CanvasObject{v.full, v.empty}}
	v.all = look.Fill(8, look.Beside(8, true, nil, title, shut), pages)
	v.Wait("")
	v.ExtendBaseWidget(v)
	return v
}

// Set shows a comparison, at its first difference.
func (v *View) Set(s Subject) {
	again := v.full.Visible() && v.subject.Report != nil
	at := v.page
	v.subject = s
	v.pages = pagesOf(s.Report)
	v.choice = look.NewSegments(pageNames(v.pages)...)
	v.choice.OnChanged = v.turn
	v.tabs.Objects = []fyne.CanvasObject{v.choice}
	v.head.Objects = []fyne.CanvasObject{headings(s)}
	v.says.Objects = []fyne.CanvasObject{banner(s.Report)}
	v.reveal.Hidden = !s.Hides
	v.reveal.SetText(lang.L("Show hidden values"))
	if s.Shown {
		v.reveal.SetText(lang.L("Hide values again"))
	}
	v.full.Show()
	v.empty.Hide()
	if !again || at >= len(v.pages) {
		at = firstPage(s.Report, v.pages)
	}
	v.turn(at)
}

// pagesOf are the ways in which a report compares, in the order of the tabs.
func pagesOf(r *compare.Report) []page {
	pages := []page{{lang.L("Head"), r.HeadView}}
	if r.Meaning != nil {
		pages = append(pages, page{lang.L("Body by meaning"), r.Meaning})
	}
	if r.Lines != nil && r.Lines.Count > 0 {
		pages = append(pages, page{lang.L("Body by lines"), r.Lines})
	}
	if r.Bytes != nil && r.Bytes.Count > 0 {
		pages = append(pages, page{lang.L("Body by bytes"), r.Bytes})
	}
	return pages
}

// pageNames are the words of the tabs: each page with its differences.
func pageNames(pages []page) []string {
	var names []string
	for _, p := range pages {
		names = append(names, lang.L("{{.Page}} {{.Count}}", map[string]any{"Page": p.name, "Count": len(p.view.Marks)}))
	}
	return names
}

// firstPage is the body unless only the head differs.
func firstPage(r *compare.Report, pages []page) int {
	if len(pages) == 1 || r.Body == compare.Equal && r.Head != compare.Equal {
		return 0
	}
	return 1
}

// turn shows a page.
func (v *View) turn(to int) {
	v.page = to
	v.choice.Choose(to)
	v.list.Unselect()
	v.list.SetCount(v.shown().Count)
	v.list.ScrollToTop()
	v.all.Refresh() // the rows have their place before one is brought into it
	if marks := v.shown().Marks; len(marks) > 0 {
		v.goTo(int(marks[0]))
	} else {
		v.chosen(rows.None)
	}
}

// goTo selects a row and shows some of what follows it.
func (v *View) goTo(row int) {
	v.list.ScrollTo(min(row+5, v.list.Count()-1))
	v.list.Select(row)
}

func (v *View) shown() *compare.View { return v.pages[v.page].view }

// bind fills row i.
func (v *View) bind(i int, o fyne.CanvasObject) { o.(*row).set(v.line(i)) }

// line is row i. Where a signature covers the whole body, that is said of what
// differs only, for it holds for every row.
func (v *View) line(i int) compare.Line {
	l := v.shown().Line(i)
	if r := v.subject.Report; l.Sign == compare.Same && (r.A.CoversBody() || r.B.CoversBody()) {
		l.Signed = l.Signed && v.page == 0
	}
	return l
}

// Step goes to the next difference or to the one before, and around at the end.
func (v *View) Step(forward bool) {
	if len(v.pages) == 0 || !v.full.Visible() {
		return
	}
	n := v.shown().Before(v.list.Selected())
	if forward {
		n = v.shown().Next(v.list.Selected())
	}
	if n >= 0 {
		v.goTo(int(v.shown().Marks[n]))
	}
	v.Focus()
}

// chosen tells of the selected row which difference it is and where it stands.
func (v *View) chosen(i int) {
	all := len(v.shown().Marks)
	v.before.Hidden, v.next.Hidden = all == 0, all == 0
	v.place.SetText("")
	v.count.SetText(lang.L("No differences here"))
	if all > 0 {
		v.count.SetText(lang.L("Differences: {{.Count}}", map[string]any{"Count": all}))
	}
	if i != rows.None {
		l := v.line(i)
		v.place.SetText(placeText(l))
		if n := v.shown().Before(i + 1); n >= 0 && n < all && int(v.shown().Marks[n]) <= i && l.Sign != compare.Same {
			v.count.SetText(lang.L("{{.Number}} of {{.Count}}", map[string]any{"Number": n + 1, "Count": all}))
		}
	}
	v.all.Refresh()
}

// Focus puts the keyboard into the rows.
func (v *View) Focus() {
	if v.full.Visible() && v.OnFocus != nil {
		v.OnFocus(v.list)
	}
}

// Wait shows that the comparison is under way.
func (v *View) Wait(says string) {
	v.Say(look.IconClock, lang.L("Comparing"), says, nil)
}

// Say shows, in place of a comparison, why there is none and what to do next.
func (v *View) Say(icon look.Icon, title, says string, button *look.Button) {
	v.empty.Objects = []fyne.CanvasObject{look.Inset(0, 20, look.Empty(icon, title, says, button))}
	v.full.Hide()
	v.empty.Show()
	v.all.Refresh()
}

// typedKey answers what the rows do not use.
func (v *View) typedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyF7 {
		v.Step(true)
	} else if v.OnKey != nil {
		v.OnKey(key)
	}
}

// typedRune answers a letter.
func (v *View) typedRune(r rune) {
	switch r {
	case 'n':
		v.Step(true)
	case 'N':
		v.Step(false)
	default:
		if v.OnRune != nil {
			v.OnRune(r)
		}
	}
}

// CreateRenderer is called by the toolkit.
func (v *View) CreateRenderer() fyne.WidgetRenderer {
	v.ExtendBaseWidget(v)
	return widget.NewSimpleRenderer(v.all)
}
