package look

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// maxTextBytes bounds what one line measures and draws: no window is wider.
const maxTextBytes = 4 << 10

// Text is one line of text without padding, in a colour and size by name. Set
// the fields, then call Refresh.
type Text struct {
	widget.BaseWidget
	Text     string
	Color    fyne.ThemeColorName // "" is the colour of text
	SizeName fyne.ThemeSizeName  // "" is the size of text
	Style    fyne.TextStyle
	Align    fyne.TextAlign
	// Cut lets the line be narrower than its text, which then ends in "…".
	Cut bool
}

// NewText returns a line of text in a colour of ours.
func NewText(text string, color fyne.ThemeColorName) *Text {
	t := &Text{Text: text, Color: color}
	t.ExtendBaseWidget(t)
	return t
}

// NewStyled returns a line of text in a colour, size and style.
func NewStyled(text string, color fyne.ThemeColorName, size fyne.ThemeSizeName, style fyne.TextStyle) *Text {
	t := &Text{Text: text, Color: color, SizeName: size, Style: style}
	t.ExtendBaseWidget(t)
	return t
}

// NewCode returns a monospaced line that may be cut.
func NewCode(text string, color fyne.ThemeColorName) *Text {
	t := NewStyled(text, color, SizeCode, fyne.TextStyle{Monospace: true})
	t.Cut = true
	return t
}

// SectionTitle is the small capital heading of a group.
func SectionTitle(text string) *Text {
	return NewStyled(upper(text), ColorMuted, theme.SizeNameCaptionText, fyne.TextStyle{Bold: true})
}

// SetText changes the text.
func (t *Text) SetText(text string) {
	if t.Text == text {
		return
	}
	t.Text = text
	t.Refresh()
}

// Set changes text and colour at once, for rows that are used again.
func (t *Text) Set(text string, color fyne.ThemeColorName) {
	if t.Text == text && t.Color == color {
		return
	}
	t.Text, t.Color = text, color
	t.Refresh()
}

// AccessibilityLabel is the whole text, also where it is cut.
func (t *Text) AccessibilityLabel() string { return t.Text }

// AccessibilityRole tells that this is text.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by the toolkit.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	r := &textRenderer{text: t, line: canvas.NewText("", nil)}
	r.style()
	r.line.Text = r.whole
	return r
}

type textRenderer struct {
	text  *Text
	line  *canvas.Text
	whole string // what fits the bound, unsafe runes replaced
	width fyne.Size
	size  fyne.Size
}

func (r *textRenderer) style() {
	t := r.text
	r.line.Color = colorOf(t, orColor(t.Color))
	r.line.TextSize = t.Theme().Size(orSize(t.SizeName))
	r.line.TextStyle = t.Style
	r.line.Alignment = t.Align
	whole := oneLine(t.Text)
	if r.whole != whole || r.width.IsZero() {
		r.whole = whole
	}
	r.width = fyne.MeasureText(r.whole, r.line.TextSize, r.line.TextStyle)
}

func (r *textRenderer) MinSize() fyne.Size {
	if r.text.Cut {
		return fyne.NewSize(0, r.width.Height)
	}
	return r.width
}

func (r *textRenderer) Layout(size fyne.Size) {
	r.size = size
	text := r.whole
	if r.text.Cut && r.width.Width > size.Width {
		text = cutTo(r.whole, size.Width, r.line.TextSize, r.line.TextStyle)
	}
	if r.line.Text != text {
		r.line.Text = text
		r.line.Refresh()
	}
	r.line.Move(fyne.NewPos(0, (size.Height-r.width.Height)/2))
	r.line.Resize(fyne.NewSize(size.Width, r.width.Height))
}

func (r *textRenderer) Refresh() {
	r.style()
	r.line.Text = ""
	r.Layout(r.text.Size())
	r.line.Refresh()
}

func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line} }
func (r *textRenderer) Destroy()                     {}

// cutTo is the longest start of text that fits width with an ellipsis.
func cutTo(text string, width, size float32, style fyne.TextStyle) string {
	const dots = "…"
	low, high := 0, len(text)
	for low < high {
		mid := (low + high + 1) / 2
		for mid < len(text) && !utf8.RuneStart(text[mid]) {
			mid++
		}
		if mid <= high && fyne.MeasureText(text[:mid]+dots, size, style).Width <= width {
			low = mid
		} else {
			high = (low+high+1)/2 - 1
		}
	}
	for low > 0 && low < len(text) && !utf8.RuneStart(text[low]) {
		low--
	}
	if low == 0 && fyne.MeasureText(dots, size, style).Width > width {
		return ""
	}
	return text[:low] + dots
}

func orColor(name fyne.ThemeColorName) fyne.ThemeColorName {
	if name == "" {
		return theme.ColorNameForeground
	}
	return name
}

func orSize(name fyne.ThemeSizeName) fyne.ThemeSizeName {
	if name == "" {
		return theme.SizeNameText
	}
	return name
}
