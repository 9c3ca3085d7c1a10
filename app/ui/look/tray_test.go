package look

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"testing"

	"fyne.io/fyne/v2/test"
)

// TestTrayIconsLookAsBefore draws the three states in a row, on a light tray and
// on a dark one.
func TestTrayIconsLookAsBefore(t *testing.T) {
	test.NewTempApp(t)
	row := image.NewNRGBA(image.Rect(0, 0, 3*traySize, 2*traySize))
	draw.Draw(row, image.Rect(0, 0, 3*traySize, traySize), image.White, image.Point{}, draw.Src)
	draw.Draw(row, image.Rect(0, traySize, 3*traySize, 2*traySize), image.Black, image.Point{}, draw.Src)
	for i, s := range []TrayState{TrayOK, TrayPaused, TrayAttention} {
		icon, err := png.Decode(bytes.NewReader(TrayIcon(s).Content()))
		if err != nil {
			t.Fatal(err)
		}
		for y := range 2 {
			draw.Draw(row, image.Rect(i*traySize, y*traySize, (i+1)*traySize, (y+1)*traySize), icon, image.Point{}, draw.Over)
		}
	}
	test.AssertImageMatches(t, "tray.png", row)
}
