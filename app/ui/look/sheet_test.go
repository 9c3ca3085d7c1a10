package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"shopbell/providers/signature"
)

// sheet is every part once.
func sheet() fyne.CanvasObject {
	off := Secondary("Not now", IconPause, nil)
	off.Disable()
	focused := Secondary("Focused", "", nil)
	focused.FocusGained()
	return container.NewPadded(Column(14,
		Row(8,
			NewPill("ngrok", "https://quiet-fox-1042.ngrok.app", signature.Good, func() {}),
			NewGlyph(IconArrow, ColorMuted, 16),
			NewPill("Shop", "http://localhost:8080", signature.Bad, nil)),
		Row(8, Primary("Replay", IconReplay, nil), Secondary("Edit & re-sign", IconEdit, nil), MenuButton("Export", nil), off, focused,
			Secondary("", IconGear, nil), Quiet("Copy", IconCopy, nil)),
		Row(8, NewBadge("✓", signature.Good), NewBadge("◐", signature.Caution), NewBadge("✕", signature.Bad), NewBadge("–", signature.Neutral),
			NewBadge("?", signature.Caution), NewBadge("!", signature.Bad), NewLargeBadge("1", signature.Good),
			ProviderMark("y", "#0b8f6a"), ProviderMark("Tw", "#3b5bdb"), LargeMark("Ts", "#d9480f"), ProviderMark("X", "nonsense")),
		Row(8, NewGlyph(IconCopy, "", 16), NewGlyph(IconReplay, "", 16), NewGlyph(IconPause, "", 16), NewGlyph(IconPlay, "", 16), NewGlyph(IconFlask, "", 16),
			NewGlyph(IconGear, "", 16), NewGlyph(IconSearch, "", 16), NewGlyph(IconPin, "", 16), NewGlyph(IconPlus, "", 16), NewGlyph(IconDown, "", 16),
			NewGlyph(IconOpen, "", 16), NewGlyph(IconInbox, "", 16), NewGlyph(IconList, "", 16), NewGlyph(IconClock, "", 16), NewGlyph(IconEdit, "", 16),
			NewGlyph(IconEye, "", 16), NewGlyph(IconBin, "", 16), NewGlyph(IconRelease, "", 16)),
		SectionTitle("Endpoints"),
		Banner(ColorBadSoft, Beside(12, true, NewBareBadge("✕", signature.Bad), Column(2,
			NewStyled("Signature does not match", ColorBad, theme.SizeNameSubHeadingText, fyne.TextStyle{Bold: true}),
			NewRuns("", Run{Text: "It does match with the signing key of "}, Run{Text: "yshop.pl (live)", Bold: true}, Run{Text: ": this endpoint holds the test key, which is a long story that wraps."})),
			Primary("Use that key", "", nil))),
		Card(Column(8, NewProse("A card with a sentence that is long enough to be wrapped at the width of this sheet, and evidence below it.", ""),
			NewEvidence("9f1c07de-55b0-4a0e-9d34-0c8b6a7be2e2|2026-11-22T14:32:06+01:00|0123456789abcdef0123456789abcdef0123456789abcdef", ColorMuted),
			NewCode("cut 9f1c07de-55b0-4a0e-9d34-0c8b6a7be2e2 9f1c07de-55b0-4a0e-9d34-0c8b6a7be2e2 9f1c07de-55b0-4a0e-9d34-0c8b6a7be2e2", ""))),
	))
}

func TestEveryPartIsDrawnLightAndDark(t *testing.T) {
	for name, th := range both() {
		t.Run(name, func(t *testing.T) {
			test.NewTempApp(t).Settings().SetTheme(th)
			w := test.NewTempWindow(t, container.NewStack(canvas.NewRectangle(th.Color(theme.ColorNameBackground, 0)), sheet()))
			w.Resize(fyne.NewSize(760, 520))
			test.AssertRendersToImage(t, "sheet-"+name+".png", w.Canvas())
		})
	}
}
