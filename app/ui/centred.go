package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

// centredLines is a short text whose lines are broken where the width ends and
// each stand in the middle.
type centredLines struct {
	widget.BaseWidget
	text  string
	color fyne.ThemeColorName
}

func newCentredLines(color fyne.ThemeColorName) *centredLines {
	c := &centredLines{color: color}
	c.ExtendBaseWidget(c)
	return c
}

// SetText changes the text.
func (c *centredLines) SetText(text string) {
	if c.text != text {
		c.text = text
		c.Refresh()
	}
}

// CreateRenderer is called by the toolkit.
func (c *centredLines) CreateRenderer() fyne.WidgetRenderer { return &centredRenderer{of: c} }

type centredRenderer struct {
	of    *centredLines
	lines []fyne.CanvasObject
	width float32
}

const centredLine = 19 // units from one line to the next

func (r *centredRenderer) MinSize() fyne.Size {
	return fyne.NewSize(80, float32(max(len(r.lines), 1))*centredLine)
}

func (r *centredRenderer) Layout(size fyne.Size) {
	r.width = size.Width
	r.lines = nil
	for i, text := range breakLines(r.of.text, size.Width, r.of.Theme().Size(theme.SizeNameText)) {
		line := look.NewText(text, r.of.color)
		line.Align = fyne.TextAlignCenter
		line.Cut = true
		place(line, 0, float32(i)*centredLine, size.Width, centredLine)
		r.lines = append(r.lines, line)
	}
}

func (r *centredRenderer) Refresh() { r.Layout(fyne.NewSize(r.width, 0)) }

func (r *centredRenderer) Objects() []fyne.CanvasObject { return r.lines }
func (r *centredRenderer) Destroy()                     {}

// breakLines cuts text between words so that no line is wider than width.
func breakLines(text string, width, size float32) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && fyne.MeasureText(longer, size, fyne.TextStyle{}).Width > width {
			lines = append(lines, line)
			longer = word
		}
		line = longer
	}
	return append(lines, line)
}
