package diffview

import (
	"fmt"
	"image/color"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/inspector/compare"
)

const (
	signWidth   = 22
	numberWidth = 48
	edge        = 8
	deepest     = 24 // steps that a text stands in at most
	maxMarks    = 8  // parts of a text that are underlined
)

// row shows one row of both sides. A part that differs is underlined, and its
// half has a sign and a ground of its own.
type row struct {
	widget.BaseWidget
	line        compare.Line
	left, right *half
	note        *canvas.Text
}

// half is one side of a row.
type half struct {
	back         *canvas.Rectangle
	sign, number *canvas.Text
	text         *canvas.Text
	marks        [maxMarks]*canvas.Rectangle
}

func newRow() *row {
	r := &row{left: newHalf(), right: newHalf(), note: canvas.NewText("", nil)}
	r.ExtendBaseWidget(r)
	return r
}

func newHalf() *half {
	h := &half{back: canvas.NewRectangle(nil), sign: canvas.NewText("", nil), number: canvas.NewText("", nil), text: canvas.NewText("", nil)}
	for i := range h.marks {
		h.marks[i] = canvas.NewRectangle(nil)
	}
	h.number.Alignment = fyne.TextAlignTrailing
	return h
}

func (h *half) objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{h.back, h.sign, h.number, h.text}
	for _, m := range h.marks {
		all = append(all, m)
	}
	return all
}

// set shows a line.
func (r *row) set(l compare.Line) {
	l.A, l.B = visible(l.A), visible(l.B)
	r.line = l
	r.Refresh()
}

// visible makes hostile text fit for a line on screen.
func visible(text string) string {
	return strings.Map(look.Visible, strings.ToValidUTF8(text, "\uFFFD"))
}

// AccessibilityLabel is the row as one sentence.
func (r *row) AccessibilityLabel() string { return spoken(r.line) }

// AccessibilityRole tells that this is text.
func (r *row) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// MinSize leaves all sizing to the list.
func (r *row) MinSize() fyne.Size { return fyne.NewSize(0, rowHeight) }

// CreateRenderer is called by the toolkit.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	r.ExtendBaseWidget(r)
	return &rowRenderer{row: r, objects: append(append(r.left.objects(), r.right.objects()...), r.note)}
}

type rowRenderer struct {
	row     *row
	objects []fyne.CanvasObject
}

func (d *rowRenderer) MinSize() fyne.Size           { return d.row.MinSize() }
func (d *rowRenderer) Objects() []fyne.CanvasObject { return d.objects }
func (d *rowRenderer) Destroy()                     {}

func (d *rowRenderer) color(name fyne.ThemeColorName) color.Color {
	return d.row.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}

// inks are the colours of a sign on one side: its text, and its ground.
func inks(s compare.Sign) (ink, ground fyne.ThemeColorName) {
	switch s {
	case compare.Removed:
		return look.ColorBad, look.ColorBadSoft
	case compare.Added:
		return look.ColorGood, look.ColorGoodSoft
	case compare.Changed:
		return look.ColorCaution, look.ColorCautionSoft
	case compare.Formatted:
		return look.ColorNeutral, look.ColorNeutralSoft
	case compare.Moved:
		return theme.ColorNameHyperlink, look.ColorAccentSoft
	}
	return look.ColorMuted, ""
}

func (d *rowRenderer) Layout(size fyne.Size) {
	r, l := d.row, d.row.line
	middle := size.Width / 2
	r.note.Text, r.note.TextSize = note(l), r.Theme().Size(theme.SizeNameCaptionText)
	ink, _ := inks(l.Sign)
	r.note.Color = d.color(ink)
	wide := fyne.MeasureText(r.note.Text, r.note.TextSize, r.note.TextStyle)
	wide.Width = min(wide.Width, middle/2)
	r.note.Text = cut(r.note.Text, wide.Width, r.note.TextSize, r.note.TextStyle)
	r.note.Move(fyne.NewPos(size.Width-wide.Width-edge-6, (size.Height-wide.Height)/2))
	r.note.Resize(wide)
	var inA, inB []compare.Span
	a, b := l.A, l.B
	if l.HasA && l.HasB && l.Sign != compare.Same {
		columns := int((middle - signWidth) / d.cell())
		a, b = near(a, b, columns)
		a, b = start(a, 4*columns), start(b, 4*columns) // what can be seen, in the longest letters
		if inA, inB = l.InA, l.InB; inA == nil && inB == nil {
			inA, inB = compare.Words(a, b)
		}
	}
	d.half(r.left, l.HasA, a, l.NumberA, inA, 0, fyne.NewSize(middle-1, size.Height), 0)
	d.half(r.right, l.HasB, b, l.NumberB, inB, middle+1, fyne.NewSize(size.Width-middle-1, size.Height), wide.Width+edge)
	r.note.Refresh()
}

// cell is the width of a letter.
func (d *rowRenderer) cell() float32 {
	return max(1, fyne.MeasureText("m", d.row.Theme().Size(look.SizeCode), fyne.TextStyle{Monospace: true}).Width)
}

// near cuts what two long texts begin with alike, so that the first difference
// is seen within columns.
func near(a, b string, columns int) (string, string) {
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	if start < columns*2/3 || start == len(a) && start == len(b) {
		return a, b
	}
	from := max(0, start-columns/4)
	for from > 0 && from < len(a) && !utf8.RuneStart(a[from]) {
		from--
	}
	return "…" + a[min(from, len(a)):], "…" + b[min(from, len(b)):]
}

// start is the first n bytes of text, to the letter.
func start(text string, n int) string {
	if len(text) <= n || n < 1 {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// half lays out one side from x on; tail is kept free at its end.
func (d *rowRenderer) half(h *half, has bool, text string, number int, spans []compare.Span, x float32, size fyne.Size, tail float32) {
	l, th := d.row.line, d.row.Theme()
	ink, ground := inks(l.Sign)
	if h.back.Hidden = ground == ""; !h.back.Hidden {
		if !has {
			ground = look.ColorPane
		}
		h.back.FillColor = d.color(ground)
	}
	h.back.Move(fyne.NewPos(x, 0))
	h.back.Resize(size)
	code := th.Size(look.SizeCode)
	style := fyne.TextStyle{Monospace: true}
	h.sign.Text, h.sign.TextSize, h.sign.TextStyle = "", code, fyne.TextStyle{Monospace: true, Bold: true}
	if has && l.Sign != compare.Same {
		h.sign.Text = l.Sign.Symbol()
	}
	h.sign.Color = d.color(ink)
	high := fyne.MeasureText("M", code, style).Height
	y := (size.Height - high) / 2
	h.sign.Move(fyne.NewPos(x+edge, y))
	left := x + signWidth
	h.number.Text, h.number.TextSize, h.number.TextStyle, h.number.Color = "", code, style, d.color(look.ColorMuted)
	if number > 0 {
		h.number.Text = fmt.Sprint(number)
		h.number.Move(fyne.NewPos(left, y))
		h.number.Resize(fyne.NewSize(numberWidth-edge, high))
		left += numberWidth
	}
	left += float32(2*min(l.Depth, deepest)) * d.cell()
	h.text.TextSize, h.text.TextStyle, h.text.Color = code, style, d.color(theme.ColorNameForeground)
	h.text.Text = cut(text, max(0, x+size.Width-tail-edge-left), code, style)
	h.text.Move(fyne.NewPos(left, y))
	h.text.Resize(fyne.NewSize(max(0, x+size.Width-tail-edge-left), high))
	d.underline(h, spans, left, y+high-1, ink)
	for _, o := range []fyne.CanvasObject{h.back, h.sign, h.number, h.text} {
		o.Refresh()
	}
}

// underline marks the parts of the text that differ.
func (d *rowRenderer) underline(h *half, spans []compare.Span, x, y float32, ink fyne.ThemeColorName) {
	text := h.text.Text
	at := func(offset int) float32 {
		return fyne.MeasureText(text[:min(offset, len(text))], h.text.TextSize, h.text.TextStyle).Width
	}
	for i, m := range h.marks {
		m.Hidden = i >= len(spans) || spans[i].From >= len(text)
		if m.Hidden {
			continue
		}
		to := spans[i].To
		if i == len(h.marks)-1 {
			to = spans[len(spans)-1].To // the rest in one
		}
		m.FillColor = d.color(ink)
		m.Move(fyne.NewPos(x+at(spans[i].From), y))
		m.Resize(fyne.NewSize(max(2, at(to)-at(spans[i].From)), 2))
		m.Refresh()
	}
}

func (d *rowRenderer) Refresh() { d.Layout(d.row.Size()) }

// cut is the start of text that fits a width, with "…" if that is not all.
func cut(text string, width, size float32, style fyne.TextStyle) string {
	if len(text) > 2000 {
		text = strings.ToValidUTF8(text[:2000], "") + "…"
	}
	for text != "" {
		wide := fyne.MeasureText(text, size, style).Width
		if wide <= width {
			return text
		}
		runes := []rune(strings.TrimSuffix(text, "…"))
		keep := min(len(runes)-1, int(float32(len(runes))*width/wide))
		if keep <= 0 {
			return ""
		}
		text = string(runes[:keep]) + "…"
	}
	return text
}
