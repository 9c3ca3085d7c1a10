package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/inspector"
)

// searchField reads the search grammar as it is typed. What is wrong is said
// below it, and the list keeps what it showed.
type searchField struct {
	content *fyne.Container
	entry   *searchEntry
	wrong   *look.Prose
	now     func() time.Time
	onFind  func(q inspector.Query, typed bool)
	scope   func() scope
	onGrown func() // the field takes more or less height
}

func newSearchField(now func() time.Time, of func() scope, onFind func(inspector.Query, bool)) *searchField {
	s := &searchField{scope: of, entry: &searchEntry{}, wrong: look.NewProse("", look.ColorBad), now: now, onFind: onFind}
	s.entry.ExtendBaseWidget(s.entry)
	s.entry.Icon = look.IconSearch.Resource(look.ColorMuted)
	s.entry.PlaceHolder = "Search, for example outcome:mismatch since:1h"
	s.entry.OnChanged = func(string) { s.run() }
	s.wrong.Hide()
	s.content = look.Column(6, s.entry, s.wrong)
	return s
}

// text is what the user typed.
func (s *searchField) text() string { return s.entry.Text }

// clear empties the field.
func (s *searchField) clear() { s.entry.SetText("") }

// run reads the field and passes the search on, or says what is wrong with it.
func (s *searchField) run() {
	typed := s.entry.Text
	if _, err := inspector.ParseQuery(typed, s.now()); err != nil {
		s.say(reason(err))
		return
	}
	text := s.scope().query()
	if text != "" && typed != "" {
		text += " "
	}
	q, err := inspector.ParseQuery(text+typed, s.now())
	if err != nil {
		s.say(reason(err))
		return
	}
	s.say("")
	s.onFind(q, typed != "")
}

func (s *searchField) say(wrong string) {
	if s.wrong.Text() != wrong {
		s.wrong.SetText(wrong)
	}
	if (wrong != "") != s.wrong.Visible() {
		setVisible(s.wrong, wrong != "")
		s.onGrown()
	}
}

// searchEntry is an entry that Esc empties, and leaves when it is empty.
type searchEntry struct{ widget.Entry }

// TypedKey empties or leaves the field on Esc. Keys that no text has are the window's.
func (e *searchEntry) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyEscape:
	case fyne.KeyF5, fyne.KeyF6:
		look.PassKey(e, key)
		return
	default:
		e.Entry.TypedKey(key)
		return
	}
	if e.Text != "" {
		e.SetText("")
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil {
		c.Unfocus()
	}
}
