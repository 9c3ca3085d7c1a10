package look

import (
	"image/color"
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Mark is a provider's mark: one or two letters on a rounded square of the
// provider's colour, in whichever of white and ink is easier to read.
type Mark struct {
	widget.BaseWidget
	letters, colour string
	side            float32
}

// ProviderMark returns the mark for letters on colour (#rrggbb), 20 wide and
// high. A colour that cannot be read becomes grey.
func ProviderMark(letters, colour string) *Mark {
	m := &Mark{letters: letters, colour: colour, side: 20}
	m.ExtendBaseWidget(m)
	return m
}

// LargeMark is a ProviderMark 28 wide and high.
func LargeMark(letters, colour string) *Mark {
	m := ProviderMark(letters, colour)
	m.side = 28
	return m
}

// Set changes the mark, for rows that are used again.
func (m *Mark) Set(letters, colour string) {
	if m.letters == letters && m.colour == colour {
		return
	}
	m.letters, m.colour = letters, colour
	m.Refresh()
}

// MinSize is the square itself.
func (m *Mark) MinSize() fyne.Size { return fyne.NewSquareSize(m.side) }

// CreateRenderer is called by the toolkit.
func (m *Mark) CreateRenderer() fyne.WidgetRenderer {
	m.ExtendBaseWidget(m)
	r := &markRenderer{mark: m, square: canvas.NewRectangle(nil), text: canvas.NewText("", nil)}
	r.square.CornerRadius = m.side * 0.26
	r.text.TextStyle.Bold = true
	r.text.Alignment = fyne.TextAlignCenter
	r.paint()
	return r
}

type markRenderer struct {
	mark   *Mark
	square *canvas.Rectangle
	text   *canvas.Text
}

func (r *markRenderer) paint() {
	m := r.mark
	fill, known := parseColour(m.colour)
	if !known {
		fill = colorOf(m, theme.ColorNameDisabled)
	}
	r.square.FillColor = fill
	letters := oneLine(m.letters)
	r.text.TextSize = m.side * 0.54
	if n := utf8.RuneCountInString(letters); n > 1 {
		r.text.TextSize = m.side * 0.47
		if n > 2 { // a mark has two letters at most
			_, first := utf8.DecodeRuneInString(letters)
			_, second := utf8.DecodeRuneInString(letters[first:])
			letters = letters[:first+second]
		}
	}
	r.text.Text = letters
	r.text.Color = readableOn(fill)
}

func (r *markRenderer) MinSize() fyne.Size { return r.mark.MinSize() }

func (r *markRenderer) Layout(size fyne.Size) {
	side := r.mark.side
	at := fyne.NewPos((size.Width-side)/2, (size.Height-side)/2)
	r.square.Move(at)
	r.square.Resize(fyne.NewSquareSize(side))
	high := r.text.MinSize().Height
	r.text.Move(at.AddXY(0, (side-high)/2-0.5))
	r.text.Resize(fyne.NewSize(side, high))
}

func (r *markRenderer) Refresh() {
	r.paint()
	r.Layout(r.mark.Size())
	r.square.Refresh()
	r.text.Refresh()
}

func (r *markRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.square, r.text}
}
func (r *markRenderer) Destroy() {}

// parseColour reads #rrggbb.
func parseColour(text string) (color.Color, bool) {
	digits, hash := strings.CutPrefix(text, "#")
	if !hash || len(digits) != 6 {
		return nil, false
	}
	hex, err := strconv.ParseUint(digits, 16, 24)
	if err != nil {
		return nil, false
	}
	return rgb(uint32(hex)), true
}
