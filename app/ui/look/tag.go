package look

import (
	"fyne.io/fyne/v2"

	"shopbell/providers/signature"
)

// Tag is a word in a small soft box of its tone, for a state beside a title.
func Tag(word string, tone signature.Tone) *Panel {
	text := NewStyled(word, ToneColor(tone), SizeSmall, fyne.TextStyle{Bold: true})
	p := newPanel(text, ToneSoft(tone), "", 8, 2)
	p.Radius = 6
	return p
}
