package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// both is every theme variant under the name of its pictures.
func both() map[string]Theme { return map[string]Theme{"light": Light(), "dark": Dark()} }

// readPairs are the text and background colours that stand on each other.
func readPairs() [][2]fyne.ThemeColorName {
	pairs := [][2]fyne.ThemeColorName{
		{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary},
		{theme.ColorNameForegroundOnError, theme.ColorNameError},
		{theme.ColorNameForegroundOnSuccess, theme.ColorNameSuccess},
		{theme.ColorNameForegroundOnWarning, theme.ColorNameWarning},
		{theme.ColorNamePlaceHolder, theme.ColorNameInputBackground},
		{ColorGood, ColorGoodSoft}, {ColorCaution, ColorCautionSoft},
		{ColorBad, ColorBadSoft}, {ColorNeutral, ColorNeutralSoft},
	}
	texts := []fyne.ThemeColorName{
		theme.ColorNameForeground, theme.ColorNameHyperlink, ColorMuted, ColorGood, ColorCaution, ColorBad, ColorNeutral,
		ColorCodeKey, ColorCodeString, ColorCodeNumber, ColorCodeWord, ColorCodePunct, ColorCodeStrange,
	}
	grounds := []fyne.ThemeColorName{theme.ColorNameBackground, ColorPane, ColorPanel, ColorSelected, ColorHoverRow}
	for _, text := range texts {
		for _, ground := range grounds {
			pairs = append(pairs, [2]fyne.ThemeColorName{text, ground})
		}
	}
	for _, soft := range []fyne.ThemeColorName{ColorGoodSoft, ColorCautionSoft, ColorBadSoft, ColorNeutralSoft, ColorCodeSelect} {
		pairs = append(pairs, [2]fyne.ThemeColorName{theme.ColorNameForeground, soft})
	}
	return pairs
}

func TestTextPairsHaveContrastAA(t *testing.T) {
	for name, th := range both() {
		for _, pair := range readPairs() {
			if got := Contrast(th.Color(pair[0], 0), th.Color(pair[1], 0)); got < 4.5 {
				t.Errorf("%s: %s on %s has contrast %.2f, expected 4.5 or more", name, pair[0], pair[1], got)
			}
		}
	}
}

func TestThemeDefinesEveryColourOfTheToolkit(t *testing.T) {
	test.AssertAllColorNamesDefined(t, New(), "shopbell")
}

func TestThemeFollowsTheSystemUnlessForced(t *testing.T) {
	name := theme.ColorNameBackground
	if New().Color(name, theme.VariantLight) == New().Color(name, theme.VariantDark) {
		t.Error("the theme that follows the system shows both variants alike")
	}
	if Light().Color(name, theme.VariantDark) != New().Color(name, theme.VariantLight) {
		t.Error("the light theme does not stay light")
	}
	if Dark().Color(name, theme.VariantLight) != New().Color(name, theme.VariantDark) {
		t.Error("the dark theme does not stay dark")
	}
}

func TestProviderMarkIsReadableOnAnyColour(t *testing.T) {
	for _, text := range []string{"#000000", "#ffffff", "#0b8f6a", "#ffd400", "#777777", "#635bff"} {
		fill, known := parseColour(text)
		if !known {
			t.Fatalf("colour %q was not read", text)
		}
		if got := Contrast(readableOn(fill), fill); got < 4.5 {
			t.Errorf("letters on %s have contrast %.2f, expected 4.5 or more", text, got)
		}
	}
}

func TestColourThatCannotBeReadIsRefused(t *testing.T) {
	for _, text := range []string{"", "red", "#fff", "#gggggg", "#1234567", "0b8f6a", "#-12345"} {
		if _, known := parseColour(text); known {
			t.Errorf("colour %q was read, expected it to be refused", text)
		}
	}
}

func TestEveryDrawingIsThere(t *testing.T) {
	test.NewTempApp(t)
	files, err := drawings.ReadDir("icons")
	if err != nil || len(files) < 20 {
		t.Fatalf("read %d drawings, expected all of them: %v", len(files), err)
	}
	for _, icon := range []Icon{
		IconCopy, IconReplay, IconPause, IconPlay, IconFlask, IconGear, IconSearch, IconPin, IconPinned, IconPlus, IconArrow, IconDown, IconOpen, IconCheck,
		IconCross, IconDash, IconHalf, IconBang, IconQuestion, IconInbox, IconList, IconClock, IconEdit, IconEye, IconBin, IconRelease,
	} {
		if _, err := drawings.ReadFile("icons/" + string(icon) + ".svg"); err != nil {
			t.Errorf("drawing %q: %v", icon, err)
		}
	}
}
