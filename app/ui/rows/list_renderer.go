package rows

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// CreateRenderer is called by the toolkit.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	return &listRenderer{list: l, clip: container.NewClip(l.body)}
}

type listRenderer struct {
	list *List
	clip *container.Clip
}

func (r *listRenderer) MinSize() fyne.Size { return r.list.MinSize() }

func (r *listRenderer) Layout(size fyne.Size) {
	r.clip.Resize(size)
	r.list.body.Resize(size)
	r.list.bar.Move(fyne.NewPos(size.Width-barThick, 0))
	r.list.bar.Resize(fyne.NewSize(barThick, size.Height))
	r.list.place(false)
	r.list.bar.Refresh()
}

// Refresh fills the rows on screen again.
func (r *listRenderer) Refresh() {
	r.list.place(true)
	r.list.bar.Refresh()
	canvas.Refresh(r.list.body)
}

func (r *listRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.clip, r.list.bar}
}

func (r *listRenderer) Destroy() {}
