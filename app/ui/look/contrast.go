package look

import (
	"image/color"
	"math"
)

// Contrast is the contrast ratio of two opaque colours as WCAG 2 defines it,
// from 1 (the same) to 21 (black on white). Text needs 4.5 for level AA.
func Contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	if la < lb {
		la, lb = lb, la
	}
	return (la + 0.05) / (lb + 0.05)
}

// luminance is the relative luminance of WCAG 2: sRGB made linear, weighted.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func linear(channel uint32) float64 {
	v := float64(channel) / 0xffff
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

// readableOn is the text colour that stands out more on background.
func readableOn(background color.Color) color.Color {
	white, ink := rgb(0xffffff), rgb(0x000000) // of black and white, one always reaches 4.58:1
	if Contrast(white, background) >= Contrast(ink, background) {
		return white
	}
	return ink
}
