package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

func TestCodeIsReadableOnEveryMark(t *testing.T) {
	for _, th := range []Theme{Light(), Dark()} {
		for _, back := range []fyne.ThemeColorName{ColorPanel, ColorGoodSoft, ColorCautionSoft, ColorBadSoft, ColorCodeSelect} {
			for _, ink := range []fyne.ThemeColorName{theme.ColorNameForeground, ColorCodeKey, ColorCodeString, ColorCodeNumber, ColorCodeWord, ColorCodePunct, ColorCodeStrange} {
				if got := Contrast(th.Color(ink, theme.VariantLight), th.Color(back, theme.VariantLight)); got < 4.5 {
					t.Errorf("%s on %s has contrast %.2f, expected 4.5 or more", ink, back, got)
				}
			}
		}
	}
}
