package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// ScrollMargin is the space that a Scrolled keeps at both sides of its content,
// where its bar lies.
const ScrollMargin = 12

// Scrolled scrolls content downwards. It gives the content its width before it
// asks for its height, which the toolkit's own scroller does not, so that
// wrapped text is right at once.
type Scrolled struct {
	widget.BaseWidget
	scroll *container.Scroll
}

// NewScrolled returns content in a scroller.
func NewScrolled(content fyne.CanvasObject) *Scrolled {
	s := &Scrolled{scroll: container.NewVScroll(margined(content))}
	s.ExtendBaseWidget(s)
	return s
}

// SetContent shows other content. keep keeps the place, for content that is
// the same thing a little later.
func (s *Scrolled) SetContent(content fyne.CanvasObject, keep bool) {
	s.scroll.Content = margined(content)
	if !keep {
		s.scroll.Offset = fyne.Position{}
	}
	s.fit()
	s.Refresh()
}

// Scrolled moves the content by the wheel; a part of the content that takes
// wheel events for itself hands on here what it has no use for.
func (s *Scrolled) Scrolled(by *fyne.ScrollEvent) { s.scroll.Scrolled(by) }

func margined(content fyne.CanvasObject) fyne.CanvasObject { return Inset(ScrollMargin, 0, content) }

func (s *Scrolled) fit() {
	fitWidth(s.scroll.Content, s.Size().Width)
}

// CreateRenderer is called by the toolkit.
func (s *Scrolled) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	return &scrolledRenderer{s}
}

type scrolledRenderer struct{ scrolled *Scrolled }

func (r *scrolledRenderer) MinSize() fyne.Size { return fyne.NewSize(120, 80) }

func (r *scrolledRenderer) Layout(size fyne.Size) {
	r.scrolled.fit()
	r.scrolled.scroll.Resize(size)
	r.scrolled.scroll.Refresh()
}

func (r *scrolledRenderer) Refresh() {
	r.scrolled.fit()
	r.scrolled.scroll.Refresh()
}

func (r *scrolledRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.scrolled.scroll}
}
func (r *scrolledRenderer) Destroy() {}
