package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/settings"
	"shopbell/app/ui/look"
)

// settingsSheet shows every key of the config file in sections, checks what is
// typed by the rules of the file, and writes it on Apply. What was not touched
// follows the file while the sheet is open.
type settingsSheet struct {
	window    *Window
	sheet     *sheet
	base      settings.Settings // in force
	fields    []*setting
	choices   []*choice
	sections  []*settingsSection
	endpoints *endpointsPage
	folder    *codeLine
	shown     *settingsSection
	right     *container.Scroll
	news      *look.Prose // what came of Apply
	trouble   *look.Prose // what is wrong with the file
	apply     *look.Button
}

// settingsSection is one page of the sheet.
type settingsSection struct {
	name    string
	item    *sideItem
	content fyne.CanvasObject
	follow  func(settings.Settings) // brings what is no field in line; nil: nothing
}

// settingsWidth is that of the sheet; it fits a window 900 wide.
const settingsWidth = 800

// openSettings opens the sheet.
func (w *Window) openSettings() { w.newSettings() }

// newSettings makes the sheet, unless it is open.
func (w *Window) newSettings() *settingsSheet {
	if w.preparing != nil {
		return w.preparing
	}
	s := &settingsSheet{window: w, sheet: w.openSheet(lang.L("Settings")), base: w.engine.Settings(), news: look.NewProse("", look.ColorMuted)}
	s.sheet.width = settingsWidth
	w.preparing = s
	s.sheet.enter, s.sheet.closed = s.submit, func() { w.preparing = nil }
	s.apply = look.Primary(lang.L("Apply"), "", s.submit)
	s.apply.Disable()
	s.news.Hide()
	s.trouble = look.NewProse("", look.ColorCaution)
	s.trouble.Hide()
	s.right = container.NewVScroll(container.NewStack())
	s.sections = s.allSections()
	var items []fyne.CanvasObject
	for _, section := range s.sections {
		items = append(items, section.item)
	}
	nav := container.NewVScroll(look.Column(2, items...))
	body := container.New(settingsLayout{canvas: w.win.Canvas(), like: s.apply}, nav, s.right)
	s.open(s.sections[0])
	s.sheet.fill([]fyne.CanvasObject{s.trouble, body, s.news}, look.Secondary(lang.L("Close"), "", s.sheet.close), s.apply)
	s.sheet.focus(s.sections[0].item)
	s.followFile()
	return s
}

// section adds a page.
func (s *settingsSheet) section(name string, icon look.Icon, content fyne.CanvasObject, follow func(settings.Settings)) *settingsSection {
	p := &settingsSection{name: name, content: content, follow: follow}
	p.item = newSideItem(look.NewGlyph(icon, look.ColorMuted, 16), name, func() { s.open(p) }, nil)
	return p
}

// open shows a page.
func (s *settingsSheet) open(p *settingsSection) {
	s.shown = p
	for _, other := range s.sections {
		other.item.set("", other == p)
	}
	s.right.Content = padded(p.content, 12, 2)
	s.right.ScrollToTop()
	s.right.Refresh()
}

// edit checks what stands in a field that the user has changed.
func (s *settingsSheet) edit(f *setting) {
	f.edited = f.typed() != f.kept
	s.say("")
	s.sheet.say("")
	f.field.say(s.wrong(f))
	s.state()
}

// wrong is what the file would say of a field, "" when it would take it.
func (s *settingsSheet) wrong(f *setting) string {
	if !f.edited || isToken(f) && !settings.MeansReference(f.typed().(string)) {
		return ""
	}
	_, err := s.base.With(s.window.engine.Catalog(), f.change())
	if err != nil {
		return reason(err)
	}
	return ""
}

func isToken(f *setting) bool { return f.place() == "tunnel.authtoken" }

// state lets Apply be pressed when something was changed and nothing is wrong.
func (s *settingsSheet) state() {
	changed, wrong := false, false
	for _, f := range s.fields {
		changed = changed || f.edited
		wrong = wrong || f.field.wrong.Visible()
	}
	if changed && !wrong {
		s.apply.Enable()
	} else {
		s.apply.Disable()
	}
	s.right.Content.Refresh()
	s.right.Refresh()
}

// changes are what was typed; the token apart, for it may be the secret itself.
func (s *settingsSheet) changes() (token string, changes []settings.Change) {
	for _, f := range s.fields {
		switch {
		case !f.edited:
		case isToken(f):
			token = f.typed().(string)
		default:
			changes = append(changes, f.change())
		}
	}
	return token, changes
}

// submit writes what was changed, away from the UI goroutine.
func (s *settingsSheet) submit() {
	if s.apply.Disabled() {
		return
	}
	token, changes := s.changes()
	sent := map[*setting]any{}
	for _, f := range s.fields {
		sent[f] = f.typed()
	}
	s.apply.Disable()
	s.sheet.say("")
	w := s.window
	w.keeping++ // until it is known, what the window wears stays
	w.task(func(ctx context.Context) error { return w.engine.Change(ctx, token, changes...) }, func(err error) {
		w.keeping--
		w.refresh.refreshNow()
		if err != nil {
			s.refuse(err)
			return
		}
		for _, f := range s.fields {
			f.edited = f.edited && f.typed() != sent[f] // typed meanwhile
		}
		w.followSettings(w.engine.Settings())
		s.state()
		s.sayApplied()
	})
}

// refuse says why nothing was applied: at the field that is meant, if it is one.
func (s *settingsSheet) refuse(err error) {
	s.apply.Enable()
	if p := (*settings.Problem)(nil); errors.As(err, &p) {
		for _, f := range s.fields {
			if f.edited && p.Place == f.place() {
				f.field.say(reason(err))
				s.state()
				return
			}
		}
	}
	s.sheet.say(lang.L("Nothing was changed.") + " " + reason(err))
}

func (s *settingsSheet) sayApplied() {
	s.say(lang.L("Applied, and written to {{.File}}.", map[string]any{"File": s.window.engine.File()}))
}

// say tells what came of Apply below the page.
func (s *settingsSheet) say(text string) {
	if s.news.Text() == text {
		return
	}
	s.news.SetText(text)
	setVisible(s.news, text != "")
	s.sheet.fit()
}

// follow shows what holds now where the user has not typed anything else.
func (s *settingsSheet) follow(now settings.Settings) {
	same := settings.Same(now, s.base)
	s.base = now
	if !same {
		for _, f := range s.fields {
			f.show(now)
			f.field.say(s.wrong(f))
		}
	}
	for _, p := range s.sections {
		if p.follow != nil {
			p.follow(now)
		}
	}
	if !same {
		s.state()
	}
	s.followFile()
}

// followFile says what is wrong with the file as it is now; the notice that says
// it too is behind the sheet.
func (s *settingsSheet) followFile() {
	text := ""
	if _, wrong := s.window.engine.FileState(); wrong != nil {
		text = reason(wrong)
	}
	if text != s.trouble.Text() {
		s.trouble.SetText(text)
		setVisible(s.trouble, text != "")
		s.sheet.fit()
	}
}

// settingsLayout puts the names of the pages to the left and the page to the
// right, as high as the window has room for.
type settingsLayout struct {
	canvas fyne.Canvas
	like   *look.Button // text stands there as on it
}

// The most that the pages take in height, and what of the window is not theirs.
const (
	settingsHeight = 470
	settingsRoom   = 210
)

func (l settingsLayout) MinSize(parts []fyne.CanvasObject) fyne.Size {
	high := min(settingsHeight, max(l.canvas.Size().Height-settingsRoom, 120))
	return fyne.NewSize(320, high)
}

func (l settingsLayout) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	left := 180 * max(1, look.Stretch(l.like))
	place(parts[0], 0, 0, left, size.Height)
	place(parts[1], left+12, 0, size.Width-left-12, size.Height)
}
