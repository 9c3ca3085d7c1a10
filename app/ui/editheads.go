package ui

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// maxHeads is how many header fields are offered for change; what is behind
// them is sent as it is.
const maxHeads = 60

// editHeads changes the header of a request: its fields in their order.
type editHeads struct {
	sheet    *sheet
	provider providers.Provider
	rows     []*headRow
	rest     signature.Header // beyond maxHeads
	column   *fyne.Container
	content  fyne.CanvasObject
	onChange func()
}

// headRow is one field. The length of the body counts itself.
type headRow struct {
	name, value *entry
	content     *fyne.Container
}

func newEditHeads(s *sheet, p providers.Provider, h signature.Header, onChange func()) *editHeads {
	e := &editHeads{sheet: s, provider: p, onChange: onChange, column: look.Column(4)}
	shown := min(len(h), maxHeads)
	e.rest = h[shown:]
	for _, f := range h[:shown] {
		e.add(f)
	}
	more := look.Quiet(lang.L("Add a header"), look.IconPlus, func() {
		e.add(signature.Field{})
		e.sheet.focus(e.rows[len(e.rows)-1].name)
		e.moved()
	})
	parts := []fyne.CanvasObject{e.column, look.Wrap(8, more)}
	if len(e.rest) > 0 {
		parts = append(parts, look.NewProse(lang.L("{{.Count}} more headers are sent as they are.", map[string]any{"Count": len(e.rest)}), look.ColorMuted))
	}
	e.content = look.Column(6, parts...)
	return e
}

func (e *editHeads) add(f signature.Field) {
	r := &headRow{name: newEntry(e.sheet, f.Name, lang.L("Name")), value: newEntry(e.sheet, f.Value, lang.L("Value"))}
	r.name.CursorColumn, r.value.CursorColumn = 0, 0
	r.value.Password = f.Name != "" && e.provider.SecretHeader(f.Name)
	if ownLength(f.Name) {
		r.name.Disable()
		r.value.Disable()
	}
	r.name.OnChanged = func(string) { e.onChange() }
	if !ownLength(f.Name) {
		r.value.OnChanged = func(string) { e.onChange() }
	}
	away := look.Quiet("", look.IconBin, func() { e.remove(r) })
	away.Label = lang.L("Remove this header")
	twoToThree := leftRight{gap: 6, left: func(both float32) float32 { return both * 2 / 5 }}
	r.content = look.Beside(6, true, nil, &fyne.Container{Layout: twoToThree, Objects: []fyne.CanvasObject{r.name, r.value}}, away)
	e.rows = append(e.rows, r)
	e.column.Add(r.content)
}

func (e *editHeads) remove(r *headRow) {
	e.rows = slices.DeleteFunc(e.rows, func(other *headRow) bool { return other == r })
	e.column.Remove(r.content)
	e.moved()
}

// moved tells that a row came or went.
func (e *editHeads) moved() {
	e.sheet.fit()
	e.onChange()
}

// header is what was typed, with the length of a body.
func (e *editHeads) header(size int) signature.Header {
	var h signature.Header
	for _, r := range e.rows {
		f := signature.Field{Name: strings.TrimSpace(r.name.Text), Value: r.value.Text}
		if ownLength(f.Name) {
			f.Value = strconv.Itoa(size)
			if r.value.Text != f.Value {
				r.value.SetText(f.Value) // it has no OnChanged
			}
		}
		if f.Name != "" || f.Value != "" {
			h = append(h, f)
		}
	}
	return append(h, e.rest...)
}

func ownLength(name string) bool { return strings.EqualFold(name, "Content-Length") }
