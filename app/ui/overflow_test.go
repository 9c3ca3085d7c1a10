package ui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/app/ui/detail"
	"shopbell/app/ui/look"
)

// TestEveryLanguageFitsTheSmallestWindow opens what has words in it, at the
// smallest size, and looks for a part that is narrower than its words.
func TestEveryLanguageFitsTheSmallestWindow(t *testing.T) {
	d := openDesk(t, func(e *engine.Engine) { keepMany(t, e, 30) })
	d.addEndpoint("tweed", "tweed", typedSecret)
	d.closeTop()
	d.win.Resize(fyne.NewSize(900, 600))
	for _, code := range settings.Languages() {
		d.speak(code)
		d.wait("the list", func() bool { return d.list.listing != nil && d.list.rows.Count() > 0 })
		d.rest()
		see := func(what string) { d.fits(code + ", " + what) }
		see("the window")
		d.step(fyne.KeyDown)
		d.wait("the capture", func() bool { return d.detail.capture != nil })
		for tab := range detail.TabNames() {
			d.detail.pane.TurnTo(tab)
			d.rest()
			see(fmt.Sprint("tab ", tab))
		}
		for what, open := range map[string]func(){
			"the tunnel": d.openTunnel, "over ssh": func() { d.newTunnelForm("ssh").ssh.service.choose("") },
			"a new host": func() { d.openHost(exampleHost(), func() {}) }, "the shop": d.openShop, "an endpoint": func() { d.openEndpoint("tweed") },
			"a new endpoint": d.newEndpoint, "simulate": func() { d.openSample("tweed") }, "edit": d.editCapture,
			"clear": func() { d.openClear() }, "keys": d.openKeys, "palette": func() { d.openPalette() }, "about": d.openAbout,
			"nothing to compare": d.openUnmarked,
		} {
			open()
			d.rest()
			see(what)
			for d.closeTop() {
			}
		}
		s := d.newSettings()
		for _, p := range s.sections {
			s.open(p)
			see("settings, " + p.name)
		}
		s.sheet.close()
		d.unselect()
	}
}

// fits complains of every part on screen that has less room than its words need.
func (d *desk) fits(where string) {
	d.t.Helper()
	canvas := d.win.Canvas()
	for _, o := range append(canvas.Overlays().List(), d.win.Content()) {
		d.fit(where, o)
	}
	for _, over := range canvas.Overlays().List() {
		if size := over.MinSize(); size.Width > canvas.Size().Width || size.Height > canvas.Size().Height {
			d.t.Errorf("%s: it needs %v of %v", where, size, canvas.Size())
		}
	}
}

func (d *desk) fit(where string, o fyne.CanvasObject) {
	if !o.Visible() {
		return
	}
	words := ""
	switch part := o.(type) {
	case *look.Button:
		words = part.Text
	case *widget.Check:
		words = part.Text
	case *look.Segments:
		words = part.AccessibilityLabel()
	}
	if need, has := o.MinSize().Width, o.Size().Width; words != "" && need > has+0.5 {
		d.t.Errorf("%s: %q needs %.0f and has %.0f", where, words, need, has)
	}
	switch part := o.(type) {
	case *fyne.Container:
		for _, c := range part.Objects {
			d.fit(where, c)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(part).Objects() {
			d.fit(where, c)
		}
	}
}
