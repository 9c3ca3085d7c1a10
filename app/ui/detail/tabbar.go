package detail

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

// noCount is a tab that counts nothing.
const noCount = -1

// tabBar is the row of tabs: press one, or move with the arrow keys.
type tabBar struct {
	widget.BaseWidget
	onChanged func(i int)

	names   []string
	counts  []int
	chosen  int
	hovered int
	focused bool
}

var (
	_ fyne.Focusable    = (*tabBar)(nil)
	_ desktop.Hoverable = (*tabBar)(nil)
)

func newTabBar(names []string, onChanged func(int)) *tabBar {
	b := &tabBar{names: names, counts: make([]int, len(names)), hovered: noCount, onChanged: onChanged}
	for i := range b.counts {
		b.counts[i] = noCount
	}
	b.ExtendBaseWidget(b)
	return b
}

func (b *tabBar) setCount(i, count int) {
	if b.counts[i] != count {
		b.counts[i] = count
		b.Refresh()
	}
}

func (b *tabBar) choose(i int) {
	if i < 0 || i >= len(b.names) || i == b.chosen {
		return
	}
	b.chosen = i
	b.Refresh()
	b.onChanged(i)
}

// under is the tab under a place, or noCount.
func (b *tabBar) under(at fyne.Position) int {
	for i, place := range b.places() {
		beside := at.X >= place.x-b.gap()/2 && at.X < place.x+place.width+b.gap()/2
		if beside && at.Y >= place.y && at.Y < place.y+tabHeight {
			return i
		}
	}
	return noCount
}

// Tapped chooses the tab under the pointer.
func (b *tabBar) Tapped(at *fyne.PointEvent) { b.choose(b.under(at.Position)) }

// TypedKey moves with the arrows.
func (b *tabBar) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyLeft:
		b.choose(b.chosen - 1)
	case fyne.KeyRight:
		b.choose(b.chosen + 1)
	default:
		look.PassKey(b, key)
	}
}

// TypedRune leaves letters to the window.
func (b *tabBar) TypedRune(r rune) { look.PassRune(b, r) }

// FocusGained draws the focus ring.
func (b *tabBar) FocusGained() { b.focused = true; b.Refresh() }

// FocusLost removes the focus ring.
func (b *tabBar) FocusLost() { b.focused = false; b.Refresh() }

// MouseIn marks the tab under the pointer.
func (b *tabBar) MouseIn(at *desktop.MouseEvent) { b.MouseMoved(at) }

// MouseMoved marks the tab under the pointer.
func (b *tabBar) MouseMoved(at *desktop.MouseEvent) {
	if i := b.under(at.Position); i != b.hovered {
		b.hovered = i
		b.Refresh()
	}
}

// MouseOut unmarks it.
func (b *tabBar) MouseOut() { b.hovered = noCount; b.Refresh() }

// Cursor is a hand.
func (b *tabBar) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel is the chosen tab.
func (b *tabBar) AccessibilityLabel() string { return b.names[b.chosen] }

// AccessibilityRole tells that this can be pressed.
func (b *tabBar) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// tabPlace is where a tab's words stand.
type tabPlace struct{ x, y, name, width float32 }

// tabHeight is the height of a row of tabs.
const tabHeight = 36

// gap is the space between two tabs; a narrow pane has less.
func (b *tabBar) gap() float32 {
	if b.Size().Width > 0 && b.Size().Width < 560 {
		return 12
	}
	return 22
}

func (b *tabBar) places() []tabPlace {
	places := make([]tabPlace, len(b.names))
	x, y := float32(0), float32(0)
	size := b.Theme().Size(theme.SizeNameText)
	for i, name := range b.names {
		p := tabPlace{name: fyne.MeasureText(name, size, fyne.TextStyle{Bold: i == b.chosen}).Width}
		p.width = p.name
		if b.counts[i] != noCount {
			p.width += 5 + fyne.MeasureText(fmt.Sprint(b.counts[i]), size, fyne.TextStyle{Italic: true}).Width
		}
		if room := b.Size().Width; room > 0 && x > 0 && x+p.width > room {
			x, y = 0, y+tabHeight
		}
		p.x, p.y = x, y
		places[i] = p
		x += p.width + b.gap()
	}
	return places
}

// CreateRenderer is called by the toolkit.
func (b *tabBar) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	r := &tabRenderer{bar: b, under: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil)}
	for range b.names {
		r.names = append(r.names, canvas.NewText("", nil))
		r.counts = append(r.counts, canvas.NewText("", nil))
	}
	return r
}

type tabRenderer struct {
	bar           *tabBar
	under, ring   *canvas.Rectangle
	names, counts []*canvas.Text
}

func (r *tabRenderer) MinSize() fyne.Size {
	places := r.bar.places()
	last := places[len(places)-1]
	return fyne.NewSize(0, last.y+tabHeight)
}

func (r *tabRenderer) Layout(fyne.Size) {
	b := r.bar
	th, variant := b.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	for i, place := range b.places() {
		name, count := r.names[i], r.counts[i]
		name.Text, name.TextSize, name.TextStyle.Bold = b.names[i], th.Size(theme.SizeNameText), i == b.chosen
		name.Color = th.Color(theme.ColorNameForeground, variant)
		if i == b.chosen || i == b.hovered {
			name.Color = th.Color(theme.ColorNameHyperlink, variant)
		}
		count.Text, count.TextSize, count.TextStyle.Italic = fmt.Sprint(b.counts[i]), name.TextSize, true
		count.Color = th.Color(look.ColorMuted, variant)
		count.Hidden = b.counts[i] == noCount
		high := name.MinSize().Height
		name.Move(fyne.NewPos(place.x, place.y+(tabHeight-high)/2))
		name.Resize(fyne.NewSize(place.name, high))
		count.Move(fyne.NewPos(place.x+place.name+5, place.y+(tabHeight-high)/2))
		count.Resize(fyne.NewSize(place.width, high))
		if i == b.chosen {
			r.mark(place)
		}
	}
}

// mark underlines the chosen tab.
func (r *tabRenderer) mark(place tabPlace) {
	th, variant := r.bar.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.under.FillColor = th.Color(theme.ColorNamePrimary, variant)
	r.under.Move(fyne.NewPos(place.x, place.y+tabHeight-2))
	r.under.Resize(fyne.NewSize(place.width, 2))
	r.ring.StrokeColor, r.ring.StrokeWidth, r.ring.CornerRadius = th.Color(theme.ColorNameFocus, variant), 3, 6
	r.ring.Hidden = !r.bar.focused
	r.ring.Move(fyne.NewPos(place.x-6, place.y+4))
	r.ring.Resize(fyne.NewSize(place.width+12, tabHeight-10))
}

func (r *tabRenderer) Refresh() {
	r.Layout(r.bar.Size())
	canvas.Refresh(r.bar)
}

func (r *tabRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.ring, r.under}
	for i := range r.names {
		objects = append(objects, r.names[i], r.counts[i])
	}
	return objects
}

func (r *tabRenderer) Destroy() {}
