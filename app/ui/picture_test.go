package ui

import (
	"image"
	"image/draw"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/engine"
)

// openScene is a desk with the captures of the scene, posed for a picture.
func openScene(t *testing.T) *desk {
	t.Helper()
	d := openDeskWith(t, "http://localhost:8080", func(e *engine.Engine) { scene(t, e) },
		func(o *engine.Options) { o.Now = sceneNow })
	d.rest()
	d.setTheme(themeLight)
	d.list.rows.Select(0)
	d.wait("the diagnosis", func() bool { return d.detail.capture != nil && d.detail.capture.Verdict.Diagnosis != nil })
	d.pose(true)
	return d
}

// leftOf is the window as drawn, up to the detail pane, which has pictures of
// its own.
func (d *desk) leftOf(x int) image.Image {
	whole := d.win.Canvas().Capture()
	part := image.NewNRGBA(image.Rect(0, 0, x, whole.Bounds().Dy()))
	draw.Draw(part, part.Bounds(), whole, image.Point{}, draw.Src)
	return part
}

func TestWindowLooksAsBefore(t *testing.T) {
	d := openScene(t)
	d.setTheme(themeLight)
	d.shot("light")
	test.AssertImageMatches(t, "window-light.png", d.leftOf(683))
	d.setTheme(themeDark)
	d.shot("dark")
	test.AssertImageMatches(t, "window-dark.png", d.leftOf(683))
}

func TestFirstRunLooksAsBefore(t *testing.T) {
	d := openDesk(t, nil)
	d.pose(false)
	d.both("first-run", d.win.Canvas().Capture)
	d.win.Resize(fyne.NewSize(900, 600))
	d.both("first-run-small", piece(d.first.content))
	d.win.Resize(fyne.NewSize(1180, 640))
	for name, shop := range map[string]engine.Shop{
		"looking": {URL: "http://localhost:8080"}, "silent": {URL: "http://localhost:8080", Checked: sceneNow()},
	} {
		d.pretend(func(m *model) { m.shop = shop })
		d.both("first-run-"+name, piece(d.first.content))
	}
}

func TestWindowHoldsTogetherWhenItIsSmall(t *testing.T) {
	d := openScene(t)
	d.win.Resize(fyne.NewSize(900, 600))
	d.shot("narrow")
	if least := d.win.Content().MinSize(); least.Width > 900 || least.Height > 600 {
		t.Errorf("the window needs %v, expected no more than 900x600", least)
	}
	if d.top.pause.full.Visible() && d.top.bar.Objects[2].Visible() {
		t.Error("the buttons keep their words in a narrow window")
	}
}
