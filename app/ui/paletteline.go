package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

// paletteLine draws one thing that the palette offers: its name, what it is or
// why it cannot be had, and its key.
type paletteLine struct {
	widget.BaseWidget
	name, about, key *look.Text
}

func newPaletteRow() *paletteLine {
	l := &paletteLine{name: look.NewText("", ""), about: small("", look.ColorMuted), key: small("", look.ColorMuted)}
	l.name.Cut, l.about.Cut = true, true
	l.key.Align = fyne.TextAlignTrailing
	l.ExtendBaseWidget(l)
	return l
}

func (l *paletteLine) set(i *paletteItem) {
	color := theme.ColorNameForeground
	if i.off {
		color = look.ColorMuted
	}
	l.name.Set(i.name, color)
	l.about.SetText(i.about)
	l.key.SetText(i.key)
	l.Refresh()
}

// AccessibilityLabel is the row as one sentence.
func (l *paletteLine) AccessibilityLabel() string {
	return l.name.Text + ", " + l.about.Text + ", " + l.key.Text
}

// AccessibilityRole tells that this is text.
func (l *paletteLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by the toolkit.
func (l *paletteLine) CreateRenderer() fyne.WidgetRenderer { return &paletteRenderer{line: l} }

type paletteRenderer struct{ line *paletteLine }

func (r *paletteRenderer) MinSize() fyne.Size { return fyne.NewSize(220, paletteRow) }

func (r *paletteRenderer) Layout(size fyne.Size) {
	const edge, gap, high = 12, 14, 20
	l := r.line
	y := (size.Height - high) / 2
	key := l.key.MinSize().Width
	place(l.key, size.Width-edge-key, y, key, high)
	room := size.Width - 2*edge - key - gap
	name := min(fyne.MeasureText(l.name.Text, l.Theme().Size(theme.SizeNameText), l.name.Style).Width+1, room*0.7)
	place(l.name, edge, y, name, high)
	place(l.about, edge+name+gap, y, room-name-gap, high)
}

func (r *paletteRenderer) Refresh() { r.Layout(r.line.Size()) }

func (r *paletteRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.line.name, r.line.about, r.line.key}
}
func (r *paletteRenderer) Destroy() {}
