package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/ui/look"
	"shopbell/inspector"
)

// detailView is one capture on screen.
type detailView struct {
	content fyne.CanvasObject
	title   *look.Text
	says    *look.Prose
}

func (w *Window) newDetailView() *detailView {
	v := &detailView{title: bold(""), says: look.NewProse("", "")}
	v.content = padded(container.NewVBox(v.title, v.says, look.Primary("Replay", look.IconReplay, w.replay)), 16, 14)
	return v
}

func (v *detailView) show(c inspector.Capture) {
	v.title.SetText(c.Event)
	v.says.SetText(c.Verdict.Title() + "\n" + c.Verdict.Says())
}
