package ui

import (
	"context"
	"errors"
	"image"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/oklog/ulid/v2"

	"shopbell/app/settings"
	"shopbell/app/ui/look"
	"shopbell/inspector"
)

func TestEveryStateOfClearingIsDrawn(t *testing.T) {
	d := openScene(t)
	d.win.Resize(fyne.NewSize(900, 600))
	c := d.openClear()
	for _, s := range []posed{
		{"counting", func() { c.say("Counting… 12\u2009000 so far.") }},
		{"some", func() { c.ask(cleared{count: 8}, nil) }},
		{"search", func() {
			c.typed = true
			c.ask(cleared{count: 8}, nil)
		}},
		{"for-good", func() { c.ask(cleared{count: undoMost + 1}, nil) }},
		{"deleting", func() {
			c.yes.Disable()
			c.say("4\u2009500 of 10\u2009001 are deleted. Closing this stops it.")
		}},
		{"none", func() { c.ask(cleared{}, nil) }},
		{"unreadable", func() { c.ask(cleared{}, errors.New("read the captures: the disk does not answer")) }},
	} {
		s.show()
		d.both(filepath.Join("clear", s.name), c.sheet.alone)
	}
}

// fix changes what a line of a sheet says that differs from run to run.
func (s *sheet) fix(part, says string) {
	see(s.popup.Content, func(o fyne.CanvasObject) {
		if text, is := o.(*look.Text); is && strings.Contains(text.Text, part) {
			text.SetText(says)
		}
	})
}

func TestEverySmallSheetIsDrawn(t *testing.T) {
	d := openScene(t)
	d.win.Resize(fyne.NewSize(900, 600))
	saved := func(ep settings.Endpoint) *sheet {
		s := d.openSaved(ep)
		s.url.set("http://127.0.0.1:8787/keypay/9f1c07de55b04a0e")
		return s.sheet
	}
	for _, s := range []struct {
		name string
		open func() *sheet
	}{
		{"about", func() *sheet {
			d.openAbout()
			s := d.sheets[0]
			s.title.SetText("Shopbell 1.2.0")
			s.fix("shopbell.toml", "/home/anna/.config/shopbell/shopbell.toml")
			s.fix(d.engine.DataDir(), "/home/anna/.local/share/shopbell")
			return s
		}},
		{"saved", func() *sheet { return saved(settings.Endpoint{Name: "Keypay", Provider: "keypay"}) }},
		{"saved-any", func() *sheet { return saved(settings.Endpoint{Name: "Everything"}) }},
		{"remove", func() *sheet { return d.removeEndpoint("Tweed") }},
		{"delete", func() *sheet {
			d.deleteCaptures(make([]ulid.ULID, undoMost+1)...)
			return d.sheets[0]
		}},
		{"personal", func() *sheet {
			d.setPersonal(true)
			d.rest()
			d.editCapture()
			return d.sheets[0]
		}},
	} {
		sheet := s.open()
		d.both(filepath.Join("sheets", s.name), sheet.alone)
		sheet.close()
	}
}

func TestAComparisonThatCannotBeIsDrawn(t *testing.T) {
	d := openScene(t)
	d.win.Resize(fyne.NewSize(700, 400))
	failed := func(err error) func() {
		return func() { d.openComparison(nil).fail(err, false) }
	}
	for _, s := range []posed{
		{"no-capture", func() {
			d.unselect()
			d.compareMarked()
		}},
		{"nothing-marked", d.openUnmarked},
		{"same", func() {
			d.openEmptyComparison("This is the marked capture", "Select another one and press D; M takes the mark off.")
		}},
		{"failed", failed(errors.New("read the capture: the disk does not answer"))},
		{"gone", failed(inspector.ErrNotFound)},
		{"not-kept", failed(inspector.ErrNotKept)},
		{"too-long", failed(context.DeadlineExceeded)},
	} {
		s.show()
		d.both(filepath.Join("comparison", s.name), piece(d.compare.view))
		d.closeTop()
	}
}

// menuDrawn draws the menu that is open, and closes it.
func (d *desk) menuDrawn() image.Image {
	var menu fyne.CanvasObject
	see(d.win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if m, is := o.(*widget.PopUpMenu); is {
			menu = m
		}
	})
	d.win.Canvas().Overlays().Remove(d.win.Canvas().Overlays().Top())
	return drawnAlone(menu, theme.ColorNameOverlayBackground)
}

func TestEveryMenuIsDrawn(t *testing.T) {
	d := openScene(t)
	d.win.Resize(fyne.NewSize(1100, 800))
	at := fyne.NewPos(20, 20)
	d.pretend(func(m *model) {
		m.queues = []inspector.Queue{{Endpoint: "Tweed", Waiting: 3}, {Endpoint: "Twisto", Paused: true}}
		m.chosen.Searches = []settings.Search{{Name: "Failed", Query: "outcome:mismatch"}}
	})
	for _, s := range []posed{
		{"gear", d.openGear},
		{"export", func() { d.openExport(inspector.Capture{}, d.top.pause.full) }},
		{"capture", func() { d.openCaptureMenu(at) }},
		{"endpoint", func() { d.openEndpointMenu("Tweed", at) }},
		{"queues", func() { d.openQueuesMenu(at) }},
		{"search", func() { d.openSearchMenu("Failed", at) }},
		{"group", func() { d.list.group.more.OnTapped() }},
	} {
		d.both(filepath.Join("menus", s.name), func() image.Image {
			s.show()
			return d.menuDrawn()
		})
	}
	d.pretend(func(m *model) { m.queues = nil })
	d.both("menus/queues-none", func() image.Image {
		d.openQueuesMenu(at)
		return d.menuDrawn()
	})
}
