package rows

import (
	"time"

	"fyne.io/fyne/v2"
)

// pull scrolls while a drag is held beyond an edge, also when the pointer
// rests there.
type pull struct {
	by        fyne.Position // units for each frame
	at        fyne.Position // the pointer
	animation *fyne.Animation
}

// pullShare is how much of the way beyond the edge is scrolled in each frame.
const pullShare = 0.2

// pullTo begins, steers or ends the pull for a pointer at a place.
func (v *CodeView) pullTo(at fyne.Position) {
	v.pull.at = at
	v.pull.by = fyne.NewPos(beyond(at.X, v.gutterWidth(), v.Size().Width), beyond(at.Y, 0, v.Size().Height))
	if v.pull.by.IsZero() {
		v.pull.stop()
		return
	}
	if v.pull.animation != nil {
		return
	}
	v.pull.animation = fyne.NewAnimation(time.Second, func(float32) { v.pulled() })
	v.pull.animation.RepeatCount = fyne.AnimationRepeatForever
	v.pull.animation.Start()
}

// pulled is one frame of the pull.
func (v *CodeView) pulled() {
	v.down.scroll(v.pull.by.Y * pullShare)
	v.across.scroll(v.pull.by.X * pullShare)
	v.setSelection(v.anchor, v.offsetUnder(v.pull.at))
	v.moved()
}

func (p *pull) stop() {
	if p.animation != nil {
		p.animation.Stop()
		p.animation = nil
	}
}

// beyond is how far place lies outside low to high.
func beyond(place, low, high float32) float32 {
	return min(0, place-low) + max(0, place-high)
}
