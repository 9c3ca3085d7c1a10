package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

// field is one line of a form: its name, its input, a hint, and what is wrong
// with it.
type field struct {
	content *fyne.Container
	hint    *look.Prose
	wrong   *look.Prose
}

func newField(name string, input fyne.CanvasObject, hint string) *field {
	f := &field{hint: look.NewProse(hint, look.ColorMuted), wrong: look.NewProse("", look.ColorBad)}
	f.wrong.Hide()
	setVisible(f.hint, hint != "")
	title := look.NewRuns("", look.Run{Text: name, Bold: true})
	setVisible(title, name != "")
	f.content = look.Column(5, title, input, f.hint, f.wrong)
	return f
}

// explain changes the hint.
func (f *field) explain(hint string) {
	f.hint.SetText(hint)
	setVisible(f.hint, hint != "")
}

// say shows what is wrong in place, "" nothing.
func (f *field) say(wrong string) {
	f.wrong.SetText(wrong)
	setVisible(f.wrong, wrong != "")
}

// entry is a one-line input in a sheet: Enter goes on, Esc closes the sheet.
type entry struct {
	widget.Entry
	sheet *sheet
}

func newEntry(s *sheet, text, placeholder string) *entry {
	e := &entry{sheet: s}
	e.ExtendBaseWidget(e)
	e.Text, e.PlaceHolder = text, placeholder
	e.CursorColumn = len([]rune(text))
	e.OnSubmitted = func(string) {
		if s.enter != nil {
			s.enter()
		}
	}
	return e
}

// newSecretEntry shows dots in place of what is typed.
func newSecretEntry(s *sheet, placeholder string) *entry {
	e := newEntry(s, "", placeholder)
	e.Password = true
	return e
}

// TypedKey closes the sheet on Esc.
func (e *entry) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyEscape {
		e.sheet.close()
		return
	}
	e.Entry.TypedKey(key)
}

// choice is a button that opens a menu of which one item holds.
type choice struct {
	button   *look.Button
	values   []string
	labels   []string
	chosen   string
	onChange func(string)
}

func newChoice(values, labels []string, chosen string, onChange func(string)) *choice {
	c := &choice{onChange: onChange}
	c.button = look.MenuButton("", c.open)
	c.offer(values, labels, chosen)
	return c
}

// object is the button at its own width.
func (c *choice) object() fyne.CanvasObject { return container.NewHBox(c.button) }

// offer changes what can be chosen; the first value holds when chosen is none.
func (c *choice) offer(values, labels []string, chosen string) {
	c.values, c.labels = values, labels
	if !slices.Contains(values, chosen) && len(values) > 0 {
		chosen = values[0]
	}
	c.set(chosen)
}

// set chooses a value without telling.
func (c *choice) set(value string) {
	c.chosen = value
	if i := slices.Index(c.values, value); i >= 0 {
		c.button.SetText(c.labels[i])
	}
}

// choose is the user's choice.
func (c *choice) choose(value string) {
	c.set(value)
	if c.onChange != nil {
		c.onChange(value)
	}
}

func (c *choice) open() {
	var items []*fyne.MenuItem
	for i, value := range c.values {
		item := fyne.NewMenuItem(c.labels[i], func() { c.choose(value) })
		item.Checked = value == c.chosen
		items = append(items, item)
	}
	openMenuBelow(c.button, items)
}

// openMenuBelow shows a menu under a part of the window.
func openMenuBelow(o fyne.CanvasObject, items []*fyne.MenuItem) {
	driver := fyne.CurrentApp().Driver()
	if canvas := driver.CanvasForObject(o); canvas != nil {
		at := driver.AbsolutePositionForObject(o).AddXY(0, o.Size().Height+4)
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), canvas, at)
	}
}
