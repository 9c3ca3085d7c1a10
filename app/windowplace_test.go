//go:build e2e

package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

// Places in a window of 1440 by 900 pixels, as a hand finds them.
var (
	sampleButton = image.Pt(506, 391) // first run: "Send a signed sample"
	addEndpoint  = image.Pt(80, 361)  // sidebar, under one endpoint
	sampleOfNew  = image.Pt(790, 523) // "Send me a signed sample"
	allCaptures  = image.Pt(80, 110)
	firstRow     = image.Pt(320, 235)
	thirdRow     = image.Pt(320, 347)
	stripLeft    = image.Pt(240, 175) // an hour ago
	stripMiddle  = image.Pt(420, 175) // half an hour ago
	stripRight   = image.Pt(672, 175) // now
	bodyField    = image.Pt(718, 490) // of the sheet "Edit & re-sign"
)

// Parts of that window, in which a button is looked for.
var (
	verdictPane = image.Rect(690, 250, 1440, 860) // below the tabs
	everywhere  = image.Rect(60, 0, 1440, 900)    // but the bell
)

// accent is what fills a primary button in the light.
var accent = color.NRGBA{0x2b, 0x69, 0xe6, 0xff}

// button is where the first primary button in a part of the window is.
func (w *window) button(in image.Rectangle) (at image.Rectangle) {
	w.t.Helper()
	w.await("a button", func() bool {
		now, err := png.Decode(bytes.NewReader(w.screen()))
		if err != nil {
			w.t.Fatal(err)
		}
		at = filled(now, in, accent)
		return !at.Empty()
	})
	return at
}

// middle is the place in the middle of r.
func middle(r image.Rectangle) image.Point { return r.Min.Add(r.Size().Div(2)) }

// beside is a place on the button to the right of r.
func beside(r image.Rectangle) image.Point { return image.Pt(r.Max.X+60, middle(r).Y) }

// filled is the first area of a colour in a part of a picture that is as large
// as a button; lines and rings of that colour are not.
func filled(m image.Image, in image.Rectangle, c color.Color) image.Rectangle {
	const wide, high = 48, 24 // the least
	is := func(x, y int) bool { return image.Pt(x, y).In(in) && m.ColorModel().Convert(c) == m.At(x, y) }
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if !is(x, y) {
				continue
			}
			right, below := x, y
			for is(right+1, y) {
				right++
			}
			for is(x, below+1) {
				below++
			}
			if right-x >= wide && below-y >= high {
				return image.Rect(x, y, right, below)
			}
			x = right
		}
	}
	return image.Rectangle{}
}
