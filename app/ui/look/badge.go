package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/providers/signature"
)

// Badge is a verdict's mark: its symbol in a soft circle of its tone. A word
// stands beside it wherever it is used.
type Badge struct {
	widget.BaseWidget
	symbol string
	tone   signature.Tone
	side   float32
	bare   bool
}

// NewBadge returns the mark for symbol (✓ ◐ ✕ – ! ?, or a short text such as a
// number) of a tone, 22 wide and high.
func NewBadge(symbol string, tone signature.Tone) *Badge {
	b := &Badge{symbol: symbol, tone: tone, side: 22}
	b.ExtendBaseWidget(b)
	return b
}

// NewLargeBadge is a badge 30 wide and high, for banners and cards.
func NewLargeBadge(symbol string, tone signature.Tone) *Badge {
	b := NewBadge(symbol, tone)
	b.side = 30
	return b
}

// NewBareBadge is the symbol alone, for banners that have the tone's colour.
func NewBareBadge(symbol string, tone signature.Tone) *Badge {
	b := NewLargeBadge(symbol, tone)
	b.bare = true
	return b
}

// Set changes the mark, for rows that are used again.
func (b *Badge) Set(symbol string, tone signature.Tone) {
	if b.symbol == symbol && b.tone == tone {
		return
	}
	b.symbol, b.tone = symbol, tone
	b.Refresh()
}

// MinSize is the square in which the circle stands.
func (b *Badge) MinSize() fyne.Size { return fyne.NewSquareSize(b.side) }

// CreateRenderer is called by the toolkit.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	r := &badgeRenderer{badge: b, circle: canvas.NewCircle(nil), image: &canvas.Image{}, text: canvas.NewText("", nil)}
	r.image.FillMode = canvas.ImageFillContain
	r.text.Alignment = fyne.TextAlignCenter
	r.text.TextStyle.Bold = true
	r.paint()
	return r
}

type badgeRenderer struct {
	badge  *Badge
	circle *canvas.Circle
	image  *canvas.Image
	text   *canvas.Text
}

func (r *badgeRenderer) paint() {
	b := r.badge
	r.circle.FillColor = colorOf(b, ToneSoft(b.tone))
	r.circle.Hidden = b.bare
	icon, drawn := symbolIcon(b.symbol)
	r.image.Hidden, r.text.Hidden = !drawn, drawn
	if drawn {
		r.image.Resource = icon.Resource(ToneColor(b.tone))
		return
	}
	r.text.Text = oneLine(b.symbol)
	r.text.Color = colorOf(b, ToneColor(b.tone))
	r.text.TextSize = b.side * 0.48
}

func (r *badgeRenderer) MinSize() fyne.Size { return r.badge.MinSize() }

func (r *badgeRenderer) Layout(size fyne.Size) {
	side := r.badge.side
	at := fyne.NewPos((size.Width-side)/2, (size.Height-side)/2)
	r.circle.Move(at)
	r.circle.Resize(fyne.NewSquareSize(side))
	inner := side * 0.62
	r.image.Move(at.AddXY((side-inner)/2, (side-inner)/2))
	r.image.Resize(fyne.NewSquareSize(inner))
	high := r.text.MinSize().Height
	r.text.Move(at.AddXY(0, (side-high)/2))
	r.text.Resize(fyne.NewSize(side, high))
}

func (r *badgeRenderer) Refresh() {
	r.paint()
	r.Layout(r.badge.Size())
	r.circle.Refresh()
	r.image.Refresh()
	r.text.Refresh()
}

func (r *badgeRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.circle, r.image, r.text}
}
func (r *badgeRenderer) Destroy() {}
