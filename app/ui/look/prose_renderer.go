package look

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// CreateRenderer is called by the toolkit.
func (p *Prose) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	r := &proseRenderer{prose: p}
	r.wrap(p.Size().Width)
	return r
}

// proseRenderer keeps the wrapped lines of one width.
type proseRenderer struct {
	prose  *Prose
	width  float32
	height float32
	texts  []*canvas.Text

	x, y, line float32 // where the next word goes while wrapping
}

// MinSize needs a width first: before it was told one, it is a single line.
func (r *proseRenderer) MinSize() fyne.Size { return fyne.NewSize(0, r.height) }

func (r *proseRenderer) Layout(size fyne.Size) {
	if size.Width != r.width {
		r.wrap(size.Width)
	}
}

func (r *proseRenderer) Refresh() {
	r.wrap(r.prose.Size().Width)
	canvas.Refresh(r.prose)
}

func (r *proseRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(r.texts))
	for i, t := range r.texts {
		objects[i] = t
	}
	return objects
}

func (r *proseRenderer) Destroy() {}

// wrap places every word; width 0 (not laid out yet) puts all on one line.
func (r *proseRenderer) wrap(width float32) {
	r.width, r.texts = width, nil
	size := r.prose.Theme().Size(r.prose.sizeName)
	r.line = fyne.MeasureText("Ay", size, fyne.TextStyle{}).Height
	r.x, r.y = 0, 0
	left := maxProseBytes
	for _, run := range r.prose.runs {
		text := strings.ToValidUTF8(run.Text, "\uFFFD")
		if len(text) > left {
			text = clip(text, left) + "…"
		}
		left -= min(left, len(text))
		r.place(run, text, size)
	}
	r.align()
	r.height = r.y + r.line
}

// align moves the finished lines to the middle or the right.
func (r *proseRenderer) align() {
	if r.prose.Align == fyne.TextAlignLeading || r.width <= 0 {
		return
	}
	ends := map[int]float32{}
	row := func(t *canvas.Text) int { return int((t.Position().Y + r.line/2) / r.line) }
	for _, t := range r.texts {
		ends[row(t)] = max(ends[row(t)], t.Position().X+t.Size().Width)
	}
	for _, t := range r.texts {
		left := r.width - ends[row(t)]
		if r.prose.Align == fyne.TextAlignCenter {
			left /= 2
		}
		t.Move(t.Position().AddXY(left, 0))
	}
}

// place puts the words of one run, each with the spaces that follow it.
func (r *proseRenderer) place(run Run, text string, size float32) {
	style := fyne.TextStyle{Bold: run.Bold, Monospace: run.Mono}
	for i, para := range strings.Split(text, "\n") {
		if i > 0 {
			r.x, r.y = 0, r.y+r.line
		}
		r.fill(run, strings.Map(Visible, strings.TrimSuffix(para, "\r")), size, style)
	}
}

// fill takes the most words that fit on the line at a time, so that a line is
// one object and not one for each word.
func (r *proseRenderer) fill(run Run, para string, size float32, style fyne.TextStyle) {
	for para != "" {
		n := r.fits(para, size, style)
		if n == 0 {
			r.x, r.y = 0, r.y+r.line
			para = strings.TrimLeft(para, " ")
			continue
		}
		r.add(run, para[:n], size, style)
		para = para[n:]
		if para != "" {
			r.x, r.y = 0, r.y+r.line
			para = strings.TrimLeft(para, " ")
		}
	}
}

// fits is how many bytes of para go on the rest of the line: whole words, or as
// much of one as the full width holds when it stands alone. 0 is a new line.
func (r *proseRenderer) fits(para string, size float32, style fyne.TextStyle) int {
	room := r.width - r.x
	if r.width <= 0 || fyne.MeasureText(para, size, style).Width <= room {
		return len(para)
	}
	most := fitting(para, room, size, style)
	if most < len(para) && para[most] == ' ' {
		return most
	}
	if cut := strings.LastIndexByte(para[:most], ' '); cut >= 0 {
		return cut + 1
	}
	if r.x > 0 {
		return 0
	}
	_, first := utf8.DecodeRuneInString(para)
	return max(most, first)
}

// fitting is how many bytes of text fit into room.
func fitting(text string, room, size float32, style fyne.TextStyle) int {
	low, high := 0, len(text)
	for low < high {
		mid := (low + high + 1) / 2
		for mid < len(text) && !utf8.RuneStart(text[mid]) {
			mid++
		}
		if mid <= high && fyne.MeasureText(text[:mid], size, style).Width <= room {
			low = mid
		} else {
			high = (low+high+1)/2 - 1
		}
	}
	for low > 0 && low < len(text) && !utf8.RuneStart(text[low]) {
		low--
	}
	return low
}

func (r *proseRenderer) add(run Run, text string, size float32, style fyne.TextStyle) {
	color := run.Color
	if color == "" {
		color = r.prose.color
	}
	t := canvas.NewText(text, colorOf(r.prose, orColor(color)))
	t.TextSize, t.TextStyle = size, style
	least := t.MinSize()
	// Mono and plain letters share a base line when their boxes share a middle.
	t.Move(fyne.NewPos(r.x, r.y+(r.line-least.Height)/2))
	t.Resize(least)
	r.texts = append(r.texts, t)
	r.x += least.Width
}

// clip cuts text to n bytes at most, between characters.
func clip(text string, n int) string {
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
