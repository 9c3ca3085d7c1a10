package look

import (
	"fyne.io/fyne/v2"

	"shopbell/providers/signature"
)

// ToneColor is the name of the colour in which text and symbols of a tone are
// drawn, on the window's background as well as on ToneSoft.
func ToneColor(t signature.Tone) fyne.ThemeColorName {
	switch t {
	case signature.Good:
		return ColorGood
	case signature.Caution:
		return ColorCaution
	case signature.Bad:
		return ColorBad
	}
	return ColorNeutral
}

// ToneSoft is the name of the background colour of a tone.
func ToneSoft(t signature.Tone) fyne.ThemeColorName {
	switch t {
	case signature.Good:
		return ColorGoodSoft
	case signature.Caution:
		return ColorCautionSoft
	case signature.Bad:
		return ColorBadSoft
	}
	return ColorNeutralSoft
}

// StatusTone is the tone of an HTTP status: 0 is no answer.
func StatusTone(status int) signature.Tone {
	switch {
	case status >= 200 && status < 300:
		return signature.Good
	case status >= 300 && status < 400:
		return signature.Caution
	case status >= 100 && status < 200:
		return signature.Neutral
	}
	return signature.Bad
}
