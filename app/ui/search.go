package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/complete"
	"shopbell/app/ui/look"
	"shopbell/inspector"
)

const (
	// typingPause is how long a search waits for the next letter. It is shorter
	// than fast typing, so that the rows follow, and saves those in between.
	typingPause = 60 * time.Millisecond
	// mostChips bounds what is shown of a long search.
	mostChips = 12
)

// searchField reads the search grammar as it is typed. Below it stands what was
// understood, a term a chip, and how much was found; or what is wrong, while the
// list keeps what it showed.
type searchField struct {
	content *fyne.Container
	entry   *searchEntry
	star    *searchStar
	drop    *dropList
	chips   *fyne.Container
	vain    *look.Prose // what is of no use
	wrong   *look.Prose
	tally   *look.Text // how much was found

	now     func() time.Time
	onFind  func(q inspector.Query, typed bool)
	scope   func() scope
	onGrown func()                           // the field takes more or less height
	known   func() complete.Known            // what completion offers
	later   func(time.Duration, func())      // on the UI goroutine
	name    func(provider string) string     // of a provider
	saved   func(text string) (string, bool) // the name of a saved search
	focus   func(fyne.Focusable)

	query  inspector.Query // what the chips show
	typing int             // rises with each change, so that only the last one runs
	offers []complete.Offer
	set    bool // the text is set by us, not typed
}

func newSearchField(now func() time.Time, of func() scope, onFind func(inspector.Query, bool)) *searchField {
	s := &searchField{
		scope: of, now: now, onFind: onFind, entry: &searchEntry{}, star: &searchStar{},
		wrong: look.NewProse("", look.ColorBad), vain: look.NewProse("", look.ColorCaution), tally: small("", look.ColorMuted),
	}
	s.chips = &fyne.Container{Layout: chipFlow{wrap: wrap{gap: 6}, field: s.entry}}
	s.drop = newDropList(s.take)
	e := s.entry
	e.ExtendBaseWidget(e)
	s.star.ExtendBaseWidget(s.star)
	s.star.Hide()
	e.drop, e.asked, e.closed, e.left = s.drop, func() { s.complete(true) }, s.close, s.leave
	e.ActionItem = padded(s.star, 6, 0)
	e.Icon = look.IconSearch.Resource(look.ColorMuted)
	e.OnChanged = func(string) { s.typed() }
	for _, o := range []fyne.CanvasObject{s.chips, s.vain, s.wrong, s.tally} {
		o.Hide()
	}
	s.content = look.Column(6, s.entry, s.chips, s.vain, s.wrong, s.tally)
	return s
}

// text is what the user typed.
func (s *searchField) text() string { return s.entry.Text }

// clear empties the field.
func (s *searchField) clear() { s.put("", 0) }

// put changes the text without completing it.
func (s *searchField) put(text string, cursor int) {
	s.set = true
	s.entry.put(text, cursor)
	s.set = false
	s.close()
	s.run()
}

// typed reads the field after a change: what it means at once, what it finds
// when the typing pauses.
func (s *searchField) typed() {
	s.typing++
	now := s.typing
	if !s.set && s.entry.focused {
		s.complete(false)
	}
	s.read()
	s.later(typingPause, func() {
		if s.typing == now {
			s.run()
		}
	})
}

// read shows what the field means, or what is wrong with it.
func (s *searchField) read() (q inspector.Query, ok bool) {
	typed := s.entry.Text
	s.showStar()
	q, err := inspector.ParseQuery(typed, s.now())
	if err == nil {
		if s.query.String() != typed {
			s.query = q
			s.showTerms()
		}
		s.say("")
		return q, true
	}
	if !s.drop.open() { // else the word is still being completed
		s.say(reason(err))
	}
	return q, false
}

// run reads the field and passes the search on.
func (s *searchField) run() {
	s.typing++
	q, ok := s.read()
	if !ok {
		return
	}
	if text := s.whole(); text != q.String() {
		var err error
		if q, err = inspector.ParseQuery(text, s.now()); err != nil {
			s.say(reason(err))
			return
		}
	}
	s.onFind(q, s.entry.Text != "")
}

// whole is the search with the scope that it is made in.
func (s *searchField) whole() string {
	return strings.TrimSpace(s.scope().query() + " " + s.entry.Text)
}

// say shows what is wrong, in place of what was understood.
func (s *searchField) say(wrong string) {
	if s.wrong.Text() != wrong {
		s.wrong.SetText(wrong)
	}
	s.arrange(wrong)
}

// arrange shows the parts that have something to say.
func (s *searchField) arrange(wrong string) {
	right, grown := wrong == "", false
	for part, shown := range map[fyne.CanvasObject]bool{
		s.wrong: !right, s.chips: right && len(s.chips.Objects) > 0, s.vain: right && s.vain.Text() != "", s.tally: right && s.tally.Text != "",
	} {
		grown = grown || part.Visible() != shown
		setVisible(part, shown)
	}
	if grown {
		s.onGrown()
	}
}

// showTerms makes the chips.
func (s *searchField) showTerms() {
	terms := s.query.Terms()
	var chips []fyne.CanvasObject
	vain := ""
	for i, t := range terms {
		if i < mostChips {
			chips = append(chips, newChip(termWords(t, s.name), t.Vain, func() { s.remove(i) }))
		}
		if says := vainWords(terms, i, s.name); says != "" && vain == "" {
			vain = says
		}
	}
	if more := len(terms) - mostChips; more > 0 {
		chips = append(chips, middle(small(lang.L("and {{.Count}} more", words{"Count": more}), look.ColorMuted)))
	}
	s.chips.Objects = chips
	s.chips.Refresh()
	s.vain.SetText(vain)
	if s.entry.Text == "" {
		s.tally.SetText("")
	}
	s.onGrown() // the chips may take more lines
}

// remove takes a term out of the text.
func (s *searchField) remove(place int) {
	if s.query.String() != s.entry.Text {
		s.close()
		s.read() // it says why the text has no terms
		return
	}
	text := s.query.Without(place)
	s.put(text, len(text))
	s.focus(s.entry)
}

// show tells how much was found.
func (s *searchField) show(f found, typed bool) {
	says := ""
	if typed && s.entry.Text != "" {
		says = foundWords(f, func(t time.Time) string { return clockText(t, s.now()) })
	}
	s.tally.SetText(says)
	if !s.wrong.Visible() {
		s.arrange("")
	}
}

// showStar marks a search that is saved.
func (s *searchField) showStar() {
	setVisible(s.star, s.entry.Text != "")
	icon, ink := look.IconPin, look.ColorMuted
	if _, saved := s.saved(s.whole()); saved {
		icon, ink = look.IconPinned, look.ColorCaution
	}
	s.star.SetResource(icon.Resource(ink))
}
