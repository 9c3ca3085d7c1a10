package ui

import (
	"image"
	"image/draw"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/engine"
	"shopbell/app/ui/look"
	"shopbell/providers"
)

// see walks what is seen of o.
func see(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, part := range o.Objects {
			see(part, visit)
		}
	case fyne.Widget:
		for _, part := range test.WidgetRenderer(o).Objects() {
			see(part, visit)
		}
	}
}

// textOf is all text that is seen of o.
func textOf(o fyne.CanvasObject) string {
	var words []string
	see(o, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *look.Prose:
			words = append(words, o.Text())
		case *canvas.Text:
			words = append(words, o.Text)
		case *widget.Check:
			words = append(words, o.Text)
		case *widget.Entry:
			words = append(words, o.Text)
		case *entry:
			words = append(words, o.Text)
		case *widget.Hyperlink:
			words = append(words, o.Text)
		}
	})
	return strings.Join(words, " ")
}

// press taps the button with that text in the detail pane.
func (d *desk) press(text string) {
	d.t.Helper()
	var found *look.Button
	see(d.detail.pane.Object(), func(o fyne.CanvasObject) {
		if b, is := o.(*look.Button); is && b.Text == text {
			found = b
		}
	})
	if found == nil {
		d.t.Fatalf("no button says %q: %s", text, textOf(d.detail.pane.Object()))
	}
	found.Tapped(nil)
}

// part is a piece of a picture.
func part(whole image.Image, at image.Rectangle) image.Image {
	piece := image.NewNRGBA(image.Rect(0, 0, at.Dx(), at.Dy()))
	draw.Draw(piece, piece.Bounds(), whole, at.Min, draw.Src)
	return piece
}

// openOwn is a desk with a folder for own providers, in which a file has some
// text; "" is no file.
func openOwn(t *testing.T, text string) *desk {
	t.Helper()
	first := &desk{t: t, folder: t.TempDir()}
	if text != "" {
		first.own("mine.toml", text)
	}
	d := openDeskWith(t, "http://localhost:8080", nil, func(o *engine.Options) {
		o.OwnProviders = first.folder
		o.Catalog, o.ProviderProblem = providers.WithOwn(first.folder)
	})
	d.folder = first.folder
	return d
}

// own writes the file of an own provider.
func (d *desk) own(file, text string) {
	d.t.Helper()
	if err := os.WriteFile(filepath.Join(d.folder, file), []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
}
