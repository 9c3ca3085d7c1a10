package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"shopbell/providers/signature"
)

// Pill shows the state of one part of the assembly: a status dot, a title, an
// address in fixed-width letters and a note. The title carries the state in
// words, so that the dot's colour never stands alone.
type Pill struct {
	widget.BaseWidget
	// OnTapped, when set, opens what belongs to the part.
	OnTapped func()

	title, note *Text
	mono        *Text
	dot         *dot
	copy        *Button
	row         *fyne.Container
}

// NewPill returns a pill; onCopy, when not nil, shows a copy button.
func NewPill(title, mono string, tone signature.Tone, onCopy func()) *Pill {
	p := &Pill{
		title: NewStyled(title, "", "", fyne.TextStyle{Bold: true}),
		mono:  NewStyled(mono, "", SizeCode, fyne.TextStyle{Monospace: true}),
		note:  NewStyled("", ColorMuted, "", fyne.TextStyle{}),
		dot:   newDot(tone),
		copy:  Quiet("", IconCopy, onCopy),
	}
	p.copy.Label = lang.L("Copy address")
	p.copy.Hidden = onCopy == nil || mono == ""
	p.note.Hidden = true
	p.mono.Hidden = mono == ""
	p.row = Row(8, p.dot, p.title, p.mono, p.note, p.copy)
	p.ExtendBaseWidget(p)
	return p
}

// Set changes everything the pill says; an empty mono or note is not shown.
func (p *Pill) Set(title, mono, note string, tone signature.Tone) {
	p.title.SetText(title)
	p.mono.SetText(mono)
	p.note.SetText(note)
	p.mono.Hidden, p.note.Hidden = mono == "", note == ""
	p.copy.Hidden = p.copy.OnTapped == nil || mono == ""
	p.dot.set(tone)
	p.Refresh()
}

// Tapped runs OnTapped.
func (p *Pill) Tapped(*fyne.PointEvent) {
	if p.OnTapped != nil {
		p.OnTapped()
	}
}

// Cursor is a hand when the pill can be tapped.
func (p *Pill) Cursor() desktop.Cursor {
	if p.OnTapped == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// CreateRenderer is called by the toolkit.
func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	back := newPanel(p.row, ColorPane, ColorBorder, 11, 3)
	back.Radius = 8
	return widget.NewSimpleRenderer(back)
}

// dot is the coloured status circle, 9 across.
type dot struct {
	widget.BaseWidget
	tone signature.Tone
}

func newDot(tone signature.Tone) *dot {
	d := &dot{tone: tone}
	d.ExtendBaseWidget(d)
	return d
}

func (d *dot) set(tone signature.Tone) { d.tone = tone; d.Refresh() }

// MinSize leaves the row its height.
func (d *dot) MinSize() fyne.Size { return fyne.NewSize(9, 28) }

// CreateRenderer is called by the toolkit.
func (d *dot) CreateRenderer() fyne.WidgetRenderer {
	return &dotRenderer{dot: d, circle: canvas.NewCircle(colorOf(d, dotColor(d.tone)))}
}

func dotColor(t signature.Tone) fyne.ThemeColorName {
	if t == signature.Neutral {
		return theme.ColorNameDisabled
	}
	return ToneColor(t)
}

type dotRenderer struct {
	dot    *dot
	circle *canvas.Circle
}

func (r *dotRenderer) MinSize() fyne.Size { return r.dot.MinSize() }

func (r *dotRenderer) Layout(size fyne.Size) {
	r.circle.Move(fyne.NewPos((size.Width-9)/2, (size.Height-9)/2))
	r.circle.Resize(fyne.NewSquareSize(9))
}

func (r *dotRenderer) Refresh() {
	r.circle.FillColor = colorOf(r.dot, dotColor(r.dot.tone))
	r.circle.Refresh()
}

func (r *dotRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.circle} }
func (r *dotRenderer) Destroy()                     {}
