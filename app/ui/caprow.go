package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/providers/signature"
)

// captureRow draws one capture in two lines: verdict, event and time; where it
// belongs and what the shop said.
type captureRow struct {
	widget.BaseWidget
	badge         *look.Badge
	title, time   *look.Text
	second, state *look.Text
	pin           *look.Glyph
	said          rowText
	loading       bool
}

func newCaptureRow() *captureRow {
	r := &captureRow{
		badge: look.NewBadge("–", signature.Neutral),
		title: bold(""), time: small("", look.ColorMuted),
		second: small("", look.ColorMuted), state: small("", look.ColorMuted),
		pin: look.NewGlyph(look.IconPin, look.ColorCaution, 12),
	}
	r.title.Cut, r.second.Cut = true, true
	r.time.Align, r.state.Align = fyne.TextAlignTrailing, fyne.TextAlignTrailing
	r.pin.Hide()
	r.ExtendBaseWidget(r)
	return r
}

// set shows what t says.
func (r *captureRow) set(t rowText) {
	if r.said == t && !r.loading {
		return
	}
	r.said, r.loading = t, false
	r.badge.Show()
	r.badge.Set(t.symbol, t.tone)
	r.title.Set(t.title, theme.ColorNameForeground)
	r.time.Set(t.time, look.ColorMuted)
	second := look.ColorMuted
	if t.strange {
		second = look.ColorCaution
	}
	r.second.Set(t.second, second)
	r.state.Set(t.state, look.ToneColor(t.stateTone))
	setVisible(r.pin, t.pinned)
	r.Refresh()
}

// wait shows a row that is still being read.
func (r *captureRow) wait() {
	if r.loading {
		return
	}
	r.said, r.loading = rowText{}, true
	r.badge.Hide()
	r.pin.Hide()
	r.title.Set("…", look.ColorMuted)
	for _, t := range []*look.Text{r.time, r.second, r.state} {
		t.SetText("")
	}
	r.Refresh()
}

// AccessibilityLabel is the row as one sentence.
func (r *captureRow) AccessibilityLabel() string { return r.said.spoken() }

// AccessibilityRole tells that this is text.
func (r *captureRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by the toolkit.
func (r *captureRow) CreateRenderer() fyne.WidgetRenderer { return &captureRowRenderer{row: r} }

// captureRowRenderer places the texts; background, selection and the line below
// are the list's.
type captureRowRenderer struct{ row *captureRow }

func (d *captureRowRenderer) MinSize() fyne.Size {
	return fyne.NewSize(220, d.row.Theme().Size(look.SizeRow))
}

func (d *captureRowRenderer) Layout(size fyne.Size) {
	const left, edge = 46, 12
	r := d.row
	line := 20 * look.Stretch(r)
	first := (r.Theme().Size(look.SizeRow) - 2*line) / 2 // 8 of 56
	second := first + line + 1
	r.badge.Resize(r.badge.MinSize())
	r.badge.Move(fyne.NewPos(12, first))
	right := size.Width - edge
	width := r.time.MinSize().Width
	place(r.time, right-width, first, width, line)
	inner := right - width - 8 - left
	if r.pin.Visible() {
		inner -= 18
		place(r.pin, right-width-18, first+4, 12, 12)
	}
	place(r.title, left, first, inner, line)
	width = r.state.MinSize().Width
	place(r.state, right-width, second, width, line-2)
	place(r.second, left, second, right-width-10-left, line-2)
}

func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(max(width, 0), height))
}

func (d *captureRowRenderer) Refresh() { d.Layout(d.row.Size()) }

func (d *captureRowRenderer) Objects() []fyne.CanvasObject {
	r := d.row
	return []fyne.CanvasObject{r.badge, r.title, r.time, r.pin, r.second, r.state}
}
func (d *captureRowRenderer) Destroy() {}
