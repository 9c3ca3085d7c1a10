package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"shopbell/app/ui/look"
)

// emptyWords is what a pane says when it has nothing to show: why, and the next
// step.
type emptyWords struct {
	icon   look.Icon
	title  string
	says   string
	code   string // an address to copy, "" for none
	button string // "" for none
	act    func()
}

// emptyState shows emptyWords in the middle of a pane.
type emptyState struct {
	content *fyne.Container
	icon    *look.Glyph
	title   *look.Text
	says    *centredLines
	code    *codeLine
	button  *look.Button
	said    emptyWords
}

func newEmptyState(copied func(string)) *emptyState {
	e := &emptyState{
		icon:  look.NewGlyph(look.IconInbox, look.ColorMuted, 34),
		title: look.NewStyled("", "", theme.SizeNameSubHeadingText, fyne.TextStyle{Bold: true}),
		says:  newCentredLines(look.ColorMuted),
		code:  newCodeLine(copied),
	}
	e.title.Align = fyne.TextAlignCenter
	e.button = look.Primary("", "", func() {
		if e.said.act != nil {
			e.said.act()
		}
	})
	column := look.Column(12, middle(e.icon), e.title, e.says, e.code.content, container.NewCenter(e.button))
	e.content = container.New(narrowed{width: 380, from: 0.22}, column)
	e.content.Hide()
	return e
}

// show says w; the zero value hides the state.
func (e *emptyState) show(w emptyWords) {
	if w.title == "" {
		e.content.Hide()
		e.said = w
		return
	}
	changed := e.said.title != w.title || e.said.says != w.says || e.said.code != w.code || e.said.button != w.button || e.said.icon != w.icon
	e.said = w
	if changed {
		e.icon.Set(w.icon, look.ColorMuted)
		e.title.SetText(w.title)
		e.says.SetText(w.says)
		e.code.set(w.code)
		setVisible(e.code.content, w.code != "")
		e.button.SetText(w.button)
		setVisible(e.button, w.button != "")
		e.content.Refresh()
	}
	setVisible(e.content, true)
}

// codeLine is an address in fixed-width letters with a button that copies it.
type codeLine struct {
	content fyne.CanvasObject
	text    *look.Text
	copy    *look.Button
}

func newCodeLine(copied func(text string)) *codeLine {
	c := &codeLine{text: look.NewCode("", "")}
	c.copy = look.Quiet(lang.L("Copy"), look.IconCopy, func() { copied(c.text.Text) })
	c.content = look.Frame(padded(container.NewBorder(nil, nil, nil, c.copy, c.text), 10, 4))
	return c
}

func (c *codeLine) set(text string) { c.text.SetText(text) }

// narrowed keeps its one part at most so wide, in the middle, with a share of
// the free height above it.
type narrowed struct{ width, from float32 }

func (n narrowed) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(160, 0)
}

func (n narrowed) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	width := min(n.width, size.Width-40)
	p := parts[0]
	p.Resize(fyne.NewSize(width, p.MinSize().Height))
	high := p.MinSize().Height
	p.Resize(fyne.NewSize(width, high))
	p.Move(fyne.NewPos((size.Width-width)/2, max((size.Height-high)*n.from, 8)))
}
