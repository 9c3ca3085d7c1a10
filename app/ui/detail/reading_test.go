package detail

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

// each walks what is seen of o.
func each(o fyne.CanvasObject, see func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	see(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, part := range o.Objects {
			each(part, see)
		}
	case fyne.Widget:
		for _, part := range test.WidgetRenderer(o).Objects() {
			each(part, see)
		}
	}
}

// said is all text that is seen of o.
func said(o fyne.CanvasObject) string {
	var words []string
	each(o, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *canvas.Text:
			words = append(words, o.Text)
		case *widget.Hyperlink:
			words = append(words, o.Text)
		}
	})
	return strings.Join(words, " ")
}

// button is the button with that text, nil when none is seen.
func button(o fyne.CanvasObject, text string) *look.Button {
	var found *look.Button
	each(o, func(o fyne.CanvasObject) {
		if b, is := o.(*look.Button); is && (b.Text == text || b.Text == "" && b.Label == text) && found == nil {
			found = b
		}
	})
	return found
}

// press taps the button with that text.
func press(t *testing.T, o fyne.CanvasObject, text string) {
	t.Helper()
	b := button(o, text)
	if b == nil {
		t.Fatalf("no button %q is seen among: %s", text, said(o))
	}
	test.Tap(b)
}

// expect checks what is seen and what is not; texts to miss begin with "!".
func expect(t *testing.T, o fyne.CanvasObject, texts ...string) {
	t.Helper()
	all := said(o)
	for _, text := range texts {
		if missing, not := strings.CutPrefix(text, "!"); not {
			if strings.Contains(all, missing) {
				t.Errorf("%q is seen, expected it not to be: %s", missing, all)
			}
			continue
		}
		if !strings.Contains(all, text) {
			t.Errorf("%q is not seen: %s", text, all)
		}
	}
}
