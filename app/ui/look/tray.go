package look

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"fyne.io/fyne/v2"

	"shopbell/assets"
)

// TrayState is what the icon in the tray says by its form.
type TrayState int

// The states.
const (
	TrayOK        TrayState = iota
	TrayPaused              // two bars
	TrayAttention           // an exclamation mark
)

// traySize is the icon's side in pixels: twice what trays mostly show.
const traySize = 64

// TrayIcon is our icon with a sign of the state at its lower right. It is a
// picture in fixed colours: nobody knows what colour a tray has, so the sign has
// a ring around it.
func TrayIcon(s TrayState) fyne.Resource {
	names := [...]string{"tray-ok.png", "tray-paused.png", "tray-attention.png"}
	whole, err := png.Decode(bytes.NewReader(assets.IconPNG))
	if err != nil {
		return fyne.NewStaticResource("tray.png", assets.IconPNG)
	}
	icon := shrink(whole, traySize)
	if s != TrayOK {
		sign(icon, s)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, icon); err != nil {
		return fyne.NewStaticResource("tray.png", assets.IconPNG)
	}
	return fyne.NewStaticResource(names[s], out.Bytes())
}

// shrink is a picture made smaller: each pixel is the mean of those it covers.
func shrink(whole image.Image, side int) *image.NRGBA {
	small := image.NewNRGBA(image.Rect(0, 0, side, side))
	b := whole.Bounds()
	for y := range side {
		for x := range side {
			var r, g, bl, a, n uint64
			for sy := y * b.Dy() / side; sy < max((y+1)*b.Dy()/side, y*b.Dy()/side+1); sy++ {
				for sx := x * b.Dx() / side; sx < max((x+1)*b.Dx()/side, x*b.Dx()/side+1); sx++ {
					pr, pg, pb, pa := whole.At(b.Min.X+sx, b.Min.Y+sy).RGBA()
					r, g, bl, a, n = r+uint64(pr), g+uint64(pg), bl+uint64(pb), a+uint64(pa), n+1
				}
			}
			small.Set(x, y, color.RGBA64{R: uint16(r / n), G: uint16(g / n), B: uint16(bl / n), A: uint16(a / n)})
		}
	}
	return small
}

// sign draws a disc with a ring, and on it the two bars or the mark.
func sign(icon *image.NRGBA, s TrayState) {
	const middle, ring, disc = 46.5, 17.5, 15
	fill := color.NRGBA{R: 0x5b, G: 0x64, B: 0x70, A: 0xff}
	if s == TrayAttention {
		fill = color.NRGBA{R: 0xc0, G: 0x26, B: 0x1b, A: 0xff}
	}
	white := color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff}
	for y := range traySize {
		for x := range traySize {
			dx, dy := float64(x)-middle, float64(y)-middle
			switch far := dx*dx + dy*dy; {
			case far > ring*ring:
			case far > disc*disc || onSign(s, dx, dy):
				icon.SetNRGBA(x, y, white)
			default:
				icon.SetNRGBA(x, y, fill)
			}
		}
	}
}

// onSign tells whether a place, seen from the middle of the disc, belongs to the sign.
func onSign(s TrayState, dx, dy float64) bool {
	if s == TrayPaused {
		return dy > -7.5 && dy < 7.5 && (dx > -6.5 && dx < -1.5 || dx > 1.5 && dx < 6.5)
	}
	return dx > -2.5 && dx < 2.5 && (dy > -9.5 && dy < 2.5 || dy > 4.5 && dy < 9.5)
}
