package detail

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/app/ui/rows"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// deliveries is the fifth tab: every attempt at the shop, the newest first, and
// below it what the marked one sent. Arrow keys mark another one, Enter or a
// press shows its answer.
type deliveries struct {
	zone     *time.Location
	capture  shownCapture
	attempt  []inspector.Delivery
	provider providers.Provider
	list     *rows.List
	sent     *look.Scrolled
	empty    *look.Scrolled
	frame    *look.Panel
	all      *fyne.Container
}

// attemptHeight is the height of a row.
const attemptHeight = 58

// newDeliveries makes the tab; open shows the answer of an attempt, counted
// from the oldest.
func newDeliveries(zone *time.Location, open func(attempt int)) *deliveries {
	d := &deliveries{zone: zone, empty: look.NewScrolled(look.Column(0)), sent: look.NewScrolled(look.Column(0))}
	d.list = rows.New(func() fyne.CanvasObject { return newAttemptRow() }, func(i int, o fyne.CanvasObject) {
		o.(*attemptRow).fill(d.attempt[d.at(i)], d.provider, d.zone)
	})
	d.list.RowHeight = attemptHeight
	d.list.OnSelected = func(i int) { open(d.at(i)) }
	d.list.OnActivated = d.list.OnSelected
	d.list.OnStepped = func(i int) { d.showSent(d.at(i)) }
	d.frame = look.Frame(d.list)
	split := &fyne.Container{Objects: []fyne.CanvasObject{d.frame, d.sent}, Layout: splitLayout{
		need: func() float32 { return float32(len(d.attempt))*attemptHeight + 2 }, most: 0.45, gap: 14,
	}}
	d.all = &fyne.Container{Layout: stackLayout{}, Objects: []fyne.CanvasObject{plainPage(split), d.empty}}
	return d
}

// at is the number of an attempt, counted from the oldest, in row i.
func (d *deliveries) at(i int) int { return len(d.attempt) - 1 - i }

// show builds the tab; attempt is the one whose answer is shown. nothing is
// what to show when there was none.
func (d *deliveries) show(c shownCapture, attempt int, nothing fyne.CanvasObject) {
	d.capture, d.attempt, d.provider = c, c.Deliveries, c.provider
	none := len(d.attempt) == 0
	d.all.Objects[0].(*fyne.Container).Hidden = none
	d.empty.Hidden = !none
	if none {
		d.empty.SetContent(nothing, false)
	}
	d.list.SetCount(len(d.attempt))
	d.list.Mark(d.at(attempt))
	if !none {
		d.showSent(attempt)
	}
	d.all.Refresh()
}

// showSent says what an attempt sent.
func (d *deliveries) showSent(attempt int) {
	if attempt >= 0 && attempt < len(d.attempt) {
		d.sent.SetContent(sentPart(d.capture, attempt, d.zone), false)
	}
}

// attemptRow is one attempt in two lines.
type attemptRow struct {
	widget.BaseWidget
	all                        *fyne.Container
	badge                      *look.Badge
	kind, note, status, target *look.Text
	changed                    *look.Text
}

func newAttemptRow() *attemptRow {
	r := &attemptRow{
		badge:   look.NewBadge("–", signature.Neutral),
		kind:    look.NewStyled("", "", "", fyne.TextStyle{Bold: true}),
		note:    look.NewStyled("", look.ColorMuted, look.SizeSmall, fyne.TextStyle{}),
		status:  look.NewStyled("", "", "", fyne.TextStyle{}),
		target:  look.NewStyled("", look.ColorMuted, look.SizeSmall, fyne.TextStyle{}),
		changed: look.NewStyled("", look.ColorCaution, look.SizeSmall, fyne.TextStyle{}),
	}
	r.kind.Cut, r.target.Cut = true, true
	first := look.Beside(8, true, nil, r.kind, r.status)
	second := look.Beside(8, true, nil, r.target, look.Row(8, r.changed, r.note))
	r.all = look.Inset(14, 9, look.Beside(12, true, r.badge, look.Column(2, first, second), nil))
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer is called by the toolkit.
func (r *attemptRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.all) }

func (r *attemptRow) fill(d inspector.Delivery, p providers.Provider, zone *time.Location) {
	tone := look.StatusTone(d.Status)
	r.badge.Set(statusSymbol(tone), tone)
	r.kind.SetText(kindWord(d.Kind))
	r.status.Set(look.Status(d.Status)+" · "+look.Millis(d.Millis), look.ToneColor(tone))
	r.target.Set(p.MaskTarget(d.Target), look.ColorMuted)
	if d.Error != "" {
		r.target.Set(sentence(d.Error), look.ColorBad)
	}
	r.note.SetText(look.Moment(d.Sent, zone))
	r.changed.SetText(changes(d))
	r.all.Refresh()
}

// changes says how what was sent differs from the capture, or that the shop may
// have had it before.
func changes(d inspector.Delivery) string {
	switch {
	case d.Repeated:
		return lang.L("sent again, perhaps twice")
	case d.Edited && d.Resigned:
		return lang.L("edited, signed anew")
	case d.Edited:
		return lang.L("edited")
	case d.Resigned:
		return lang.L("signed anew")
	}
	return ""
}
