package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/tunnel"
)

// sheetWidth fits the longest address of a tunnel.
const sheetWidth float32 = 540

// sheet is a dialog over the window: a title, a body, what is wrong, buttons.
// Esc closes it; what it runs never blocks it.
type sheet struct {
	window *Window
	popup  *widget.PopUp // nil on a stage
	title  *look.Text
	body   *fyne.Container
	wrong  *look.Prose
	foot   *fyne.Container
	enter  func()
	closed func()
	host   tunnel.HostKey // that it asks about, zero for other sheets
	width  float32
}

// openSheet shows an empty sheet in front of everything.
func (w *Window) openSheet(title string) *sheet {
	s := &sheet{
		window: w, title: look.NewStyled(title, "", look.SizeTitle, fyne.TextStyle{Bold: true}),
		body: look.Column(14), width: sheetWidth, wrong: look.NewProse("", look.ColorBad), foot: container.New(layout.NewCustomPaddedHBoxLayout(10)),
	}
	s.wrong.Hide()
	scroll := container.NewVScroll(padded(s.body, 8, 2))
	column := container.New(sheetLayout{canvas: w.win.Canvas()}, padded(s.title, 8, 0), scroll, padded(s.wrong, 8, 0), padded(s.foot, 8, 0))
	s.popup = widget.NewModalPopUp(padded(column, 12, 14), w.win.Canvas())
	w.sheets = append(w.sheets, s)
	return s
}

// fill puts parts into the body, the buttons below, and shows the sheet.
func (s *sheet) fill(parts []fyne.CanvasObject, buttons ...fyne.CanvasObject) {
	s.body.Objects = parts
	s.foot.Objects = append([]fyne.CanvasObject{layout.NewSpacer()}, buttons...)
	s.say("")
	s.popup.Show()
	s.fit()
}

// fit gives the sheet the size that its content asks for.
func (s *sheet) fit() {
	s.popup.Resize(fyne.NewSize(s.width, 1))
	s.popup.Content.Refresh()
	s.popup.Resize(fyne.NewSize(s.width, s.popup.MinSize().Height))
	for _, over := range s.window.win.Canvas().Overlays().List() {
		over.Refresh() // it goes back to the middle
	}
}

// say shows what is wrong above the buttons, "" nothing.
func (s *sheet) say(wrong string) {
	s.wrong.SetText(wrong)
	setVisible(s.wrong, wrong != "")
	if s.popup.Visible() {
		s.fit()
	}
}

// focus puts the keyboard into a part.
func (s *sheet) focus(f fyne.Focusable) { s.window.win.Canvas().Focus(f) }

// close takes the sheet away.
func (s *sheet) close() {
	w := s.window
	w.win.Canvas().Unfocus() // else the cursor of its field blinks on, unseen, and repaints the window
	if s.popup != nil {
		s.popup.Hide()
	}
	for i, open := range w.sheets {
		if open == s {
			w.sheets = append(w.sheets[:i:i], w.sheets[i+1:]...)
			break
		}
	}
	if s.closed != nil {
		s.closed()
	}
}

// closeTop closes the sheet in front; false when there is none.
func (w *Window) closeTop() bool {
	if len(w.sheets) == 0 {
		return false
	}
	w.sheets[len(w.sheets)-1].close()
	return true
}

// confirm asks before something that cannot be undone.
func (w *Window) confirm(title, says, button string, act func()) *sheet {
	s := w.openSheet(title)
	s.enter = func() {
		s.close()
		act()
	}
	yes := look.Primary(button, "", s.enter)
	no := look.Secondary(lang.L("Cancel"), "", s.close)
	s.fill([]fyne.CanvasObject{look.NewProse(says, "")}, no, yes)
	s.focus(no)
	return s
}

// sheetLayout stacks title, body, what is wrong and the buttons; the body
// scrolls when the window is too low for it.
type sheetLayout struct{ canvas fyne.Canvas }

const (
	sheetGap  = 14
	sheetRoom = 70 // left free above and below the sheet, with its frame
)

func (l sheetLayout) heights(parts []fyne.CanvasObject) (body, rest float32) {
	for i, p := range parts {
		if i == 1 || !shownInside(p) {
			continue
		}
		rest += p.MinSize().Height + sheetGap
	}
	body = parts[1].(*container.Scroll).Content.MinSize().Height
	return min(body, max(l.canvas.Size().Height-rest-sheetRoom, 80)), rest
}

// shownInside tells whether a padded part shows anything.
func shownInside(p fyne.CanvasObject) bool {
	c, ok := p.(*fyne.Container)
	return !ok || len(c.Objects) == 0 || c.Objects[0].Visible()
}

func (l sheetLayout) MinSize(parts []fyne.CanvasObject) fyne.Size {
	body, rest := l.heights(parts)
	return fyne.NewSize(320, body+rest)
}

func (l sheetLayout) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	for range 2 { // wrapped text knows its height only once it knows its width
		body, _ := l.heights(parts)
		y := float32(0)
		for i, p := range parts {
			if !shownInside(p) {
				p.Resize(fyne.NewSize(size.Width, 0))
				continue
			}
			high := p.MinSize().Height
			if i == 1 {
				high = body
			}
			p.Move(fyne.NewPos(0, y))
			p.Resize(fyne.NewSize(size.Width, high))
			y += high + sheetGap
		}
	}
}
