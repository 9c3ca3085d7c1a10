package ui

import (
	"strconv"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/providers/signature"
)

// The ways in which a sample is sent, in the order of their segments.
const (
	asItIs = iota
	byValue
	byText
)

// maxValues is how many values of a body are offered for change one by one.
const maxValues = 40

// sampleValues changes the values in a sample before it is signed.
type sampleValues struct {
	sheet    *sheet
	how      *look.Segments
	rows     *fyne.Container
	text     *area
	note     *look.Prose
	content  *fyne.Container
	onChange func()

	sample signature.Message // as the catalogue has it
	edited signature.Message
}

func newSampleValues(s *sheet, onChange func()) *sampleValues {
	v := &sampleValues{sheet: s, onChange: onChange, rows: look.Column(6), text: newArea(s, 9), note: look.NewProse("", look.ColorMuted)}
	v.how = look.NewSegments(lang.L("As it is"), lang.L("Change values"), lang.L("Change the text"))
	v.how.OnChanged = func(int) { v.turn() }
	v.text.OnChanged = v.typed
	v.content = newField(lang.L("Content"), look.Column(8, container.NewHBox(v.how), v.rows, v.text, v.note), "").content
	return v
}

// offer begins with another sample.
func (v *sampleValues) offer(m signature.Message) {
	v.sample, v.edited = m, m
	v.show()
}

// message is the sample as it was changed, nil as it is.
func (v *sampleValues) message() *signature.Message {
	if v.how.Chosen() == asItIs {
		return nil
	}
	m := v.edited
	return &m
}

func (v *sampleValues) turn() {
	if v.how.Chosen() == asItIs {
		v.edited = v.sample
	}
	v.show()
	v.onChange()
}

// show brings the inputs in line with what is chosen.
func (v *sampleValues) show() {
	v.rows.Objects = nil
	note := ""
	switch v.how.Chosen() {
	case byValue:
		note = v.showRows()
	case byText:
		if len(v.edited.Body) > areaLimit || !utf8.Valid(v.edited.Body) {
			note = lang.L("This body is too large, or no text: it can't be edited here.")
		} else {
			v.text.show(string(v.edited.Body))
		}
	}
	setVisible(v.rows, v.how.Chosen() == byValue)
	setVisible(v.text, v.how.Chosen() == byText && note == "")
	v.note.SetText(note)
	setVisible(v.note, note != "")
	v.rows.Refresh()
	v.sheet.fit()
}

// showRows lists the values, and tells what is not listed.
func (v *sampleValues) showRows() (note string) {
	leaves := signature.Leaves(v.edited, maxValues+1)
	for i, l := range leaves {
		if i == maxValues {
			return lang.L("These are the first {{.Count}} values; the others are in the text.", map[string]any{"Count": maxValues})
		}
		v.rows.Add(v.row(l))
	}
	if len(leaves) == 0 {
		return lang.L("The body is neither JSON nor a form: change its text.")
	}
	return ""
}

func (v *sampleValues) row(l signature.Leaf) fyne.CanvasObject {
	name := look.NewCode(l.Part.Name, look.ColorMuted)
	name.Cut = true
	value := newEntry(v.sheet, l.Text, "")
	value.CursorColumn = 0
	value.OnChanged = func(text string) {
		if m, err := signature.SetValue(v.edited, l.Part, text); err == nil {
			v.edited = m
			v.onChange()
		}
	}
	return container.NewGridWithColumns(2, middleLeft(name), value)
}

// middleLeft keeps a line at the left, at half the height of its place.
func middleLeft(line fyne.CanvasObject) fyne.CanvasObject {
	return look.Beside(0, true, nil, line, nil)
}

func (v *sampleValues) typed(text string) {
	v.edited.Body, v.edited.Head = []byte(text), nil
	if v.edited.Header.Has("Content-Length") {
		v.edited.Header = v.edited.Header.With("Content-Length", strconv.Itoa(len(text)))
	}
	v.onChange()
}
