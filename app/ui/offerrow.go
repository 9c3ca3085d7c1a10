package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

// offerRow draws one provider of the picker in two lines.
type offerRow struct {
	widget.BaseWidget
	mark           *look.Mark
	name, category *look.Text
	scheme, remark *look.Text
}

func newOfferRow() *offerRow {
	r := &offerRow{
		mark: look.ProviderMark("", ""), name: bold(""), category: small("", look.ColorMuted),
		scheme: small("", look.ColorMuted), remark: small("", look.ColorMuted),
	}
	r.name.Cut, r.scheme.Cut = true, true
	r.category.Align, r.remark.Align = fyne.TextAlignTrailing, fyne.TextAlignTrailing
	r.ExtendBaseWidget(r)
	return r
}

func (r *offerRow) set(o offer) {
	r.mark.Set(o.mark, o.colour)
	r.name.Set(o.name, theme.ColorNameForeground)
	r.category.SetText(o.category)
	r.scheme.SetText(o.scheme())
	remark := ""
	switch {
	case o.own:
		remark = lang.L("your own")
	case o.secondary:
		remark = lang.L("secondary source")
	}
	r.remark.SetText(remark)
	r.Refresh()
}

// AccessibilityLabel is the row as one sentence.
func (r *offerRow) AccessibilityLabel() string {
	return r.name.Text + ", " + r.category.Text + ", " + r.scheme.Text
}

// AccessibilityRole tells that this is text.
func (r *offerRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by the toolkit.
func (r *offerRow) CreateRenderer() fyne.WidgetRenderer { return &offerRenderer{row: r} }

type offerRenderer struct{ row *offerRow }

func (d *offerRenderer) MinSize() fyne.Size { return fyne.NewSize(220, pickerRow) }

func (d *offerRenderer) Layout(size fyne.Size) {
	const left, edge, first, second, line = 42, 12, 4, 23, 18
	r := d.row
	place(r.mark, 12, (size.Height-20)/2, 20, 20)
	right := size.Width - edge
	width := r.category.MinSize().Width
	place(r.category, right-width, first, width, line)
	place(r.name, left, first, right-width-8-left, line)
	width = r.remark.MinSize().Width
	place(r.remark, right-width, second, width, line)
	place(r.scheme, left, second, right-width-10-left, line)
}

func (d *offerRenderer) Refresh() { d.Layout(d.row.Size()) }

func (d *offerRenderer) Objects() []fyne.CanvasObject {
	r := d.row
	return []fyne.CanvasObject{r.mark, r.name, r.category, r.scheme, r.remark}
}
func (d *offerRenderer) Destroy() {}
