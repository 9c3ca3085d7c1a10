package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// seen is every text in the window and in all that lies over it, drawn, cut off
// or spoken, whether it is scrolled into view or not.
func (d *desk) seen() string {
	var all strings.Builder
	read(d.win.Content(), &all)
	for _, over := range d.win.Canvas().Overlays().List() {
		read(over, &all)
	}
	all.WriteString(d.win.Title())
	return all.String()
}

func read(o fyne.CanvasObject, all *strings.Builder) {
	if !o.Visible() {
		return
	}
	if spoken, is := o.(fyne.Accessible); is {
		all.WriteString(spoken.AccessibilityLabel() + "\n")
	}
	switch o := o.(type) {
	case *canvas.Text:
		all.WriteString(o.Text + "\n")
	case *fyne.Container:
		for _, part := range o.Objects {
			read(part, all)
		}
	case fyne.Widget:
		for _, part := range test.WidgetRenderer(o).Objects() {
			read(part, all)
		}
	}
}
