package ui

import "fyne.io/fyne/v2"

// thirds puts parts side by side, equally wide and high, and below each other
// where they would get narrower than least.
type thirds struct{ gap, least float32 }

func (l thirds) columns(n int, width float32) int {
	for cols := n; cols > 1; cols-- {
		if (width-l.gap*float32(cols-1))/float32(cols) >= l.least {
			return cols
		}
	}
	return 1
}

// widest is the width that parts were last given, for their height depends on it.
func widest(parts []fyne.CanvasObject) (right float32) {
	for _, p := range parts {
		right = max(right, p.Position().X+p.Size().Width)
	}
	return right
}

func (l thirds) MinSize(parts []fyne.CanvasObject) fyne.Size {
	cols := l.columns(len(parts), widest(parts))
	lines := (len(parts) + cols - 1) / cols
	return fyne.NewSize(l.least, float32(lines)*tallest(parts)+float32(lines-1)*l.gap)
}

func tallest(parts []fyne.CanvasObject) (high float32) {
	for _, p := range parts {
		high = max(high, p.MinSize().Height)
	}
	return high
}

func (l thirds) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	cols := l.columns(len(parts), size.Width)
	width := (size.Width - l.gap*float32(cols-1)) / float32(cols)
	for i, p := range parts {
		p.Resize(fyne.NewSize(width, p.Size().Height))
		p.Move(fyne.NewPos(float32(i%cols)*(width+l.gap), p.Position().Y))
	}
	high := tallest(parts)
	for i, p := range parts {
		p.Resize(fyne.NewSize(width, high))
		p.Move(fyne.NewPos(p.Position().X, float32(i/cols)*(high+l.gap)))
	}
}

// wrap puts parts in a row and goes on below where the width ends.
type wrap struct{ gap float32 }

func (l wrap) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(80, l.flow(parts, max(widest(parts), 80), false))
}

func (l wrap) Layout(parts []fyne.CanvasObject, size fyne.Size) { l.flow(parts, size.Width, true) }

// flow returns the height that parts take in a width, and places them if told.
func (l wrap) flow(parts []fyne.CanvasObject, width float32, place bool) float32 {
	var x, y, line float32
	for _, p := range parts {
		least := p.MinSize()
		if x > 0 && x+least.Width > width {
			x, y, line = 0, y+line+l.gap, 0
		}
		if place {
			p.Move(fyne.NewPos(x, y))
			p.Resize(least)
		}
		x, line = x+least.Width+l.gap, max(line, least.Height)
	}
	return y + line
}

// leftRight puts two parts side by side; left is the width of the first one, of
// what both have.
type leftRight struct {
	gap  float32
	left func(both float32) float32
}

func (l leftRight) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(160, tallest(parts))
}

func (l leftRight) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	both := size.Width - l.gap
	left := l.left(both)
	place(parts[0], 0, 0, left, size.Height)
	place(parts[1], left+l.gap, 0, both-left, size.Height)
}
