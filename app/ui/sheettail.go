package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"shopbell/app/ui/look"
)

// fillAbove is fill with a tail above the buttons that stays in sight while the
// body scrolls.
func (s *sheet) fillAbove(parts, tail []fyne.CanvasObject, buttons ...fyne.CanvasObject) {
	s.fill(parts)
	row := container.New(layout.NewCustomPaddedHBoxLayout(10), append([]fyne.CanvasObject{layout.NewSpacer()}, buttons...)...)
	s.foot.Layout = look.Column(10).Layout
	s.foot.Objects = append(tail, row)
	s.fit()
}
