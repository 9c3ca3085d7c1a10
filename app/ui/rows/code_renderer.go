package rows

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"shopbell/app/ui/look"
)

// codeRenderer lays out gutter, text and bars, each clipped.
type codeRenderer struct {
	view       *CodeView
	nums, text *container.Clip
}

func newCodeRenderer(v *CodeView) *codeRenderer {
	return &codeRenderer{view: v, nums: container.NewClip(v.nums), text: container.NewClip(v.texts)}
}

func (r *codeRenderer) MinSize() fyne.Size { return r.view.MinSize() }

func (r *codeRenderer) Layout(size fyne.Size) {
	v := r.view
	v.arrange()
	r.nums.Resize(fyne.NewSize(v.gutterWidth(), size.Height))
	r.text.Move(fyne.NewPos(v.textLeft(), 0))
	r.text.Resize(fyne.NewSize(max(0, size.Width-v.textLeft()), size.Height))
	v.nums.Resize(r.nums.Size())
	v.texts.Resize(r.text.Size())
	v.place()
	v.barV.Refresh()
	v.barH.Refresh()
}

// Refresh draws everything anew: document, theme or size may have changed.
func (r *codeRenderer) Refresh() {
	v := r.view
	v.measure()
	v.retire(0, 0)
	v.paintGutter()
	r.Layout(v.Size())
	canvas.Refresh(v.texts)
	canvas.Refresh(v.nums)
}

func (r *codeRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.view.gutter, r.view.strip, r.nums, r.text, r.view.barV, r.view.barH}
}

func (r *codeRenderer) Destroy() { r.view.pull.stop() }

// paintGutter colours the gutter and, in a focused view, the strip at its edge.
func (v *CodeView) paintGutter() {
	v.gutter.FillColor = v.color(look.ColorPane)
	v.gutter.TopLeftCornerRadius, v.gutter.BottomLeftCornerRadius = 9, 9 // as the frame around it
	v.strip.FillColor = v.color(theme.ColorNamePrimary)
	v.strip.Hidden = !v.focused
	v.gutter.Refresh()
	v.strip.Refresh()
}
