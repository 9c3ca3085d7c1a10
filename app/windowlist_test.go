//go:build e2e

package main

import (
	"fmt"
	"image"
	"testing"
)

// Places in the list pane of a window of 1440 by 900 pixels.
var (
	thirdRow   = image.Pt(320, 347)
	stripLeft  = image.Pt(240, 175) // an hour ago
	stripRight = image.Pt(420, 175) // half an hour ago
)

// held does act while a key is held.
func (w *window) held(key string, act func()) {
	w.xdotool("keydown", key)
	defer w.xdotool("keyup", key)
	act()
}

func (w *window) drag(from, to image.Point) {
	w.xdotool("mousemove", fmt.Sprint(from.X), fmt.Sprint(from.Y), "sleep", "0.2", "mousedown", "1", "sleep", "0.2",
		"mousemove", fmt.Sprint((from.X+to.X)/2), fmt.Sprint(from.Y), "sleep", "0.2",
		"mousemove", fmt.Sprint(to.X), fmt.Sprint(to.Y), "sleep", "0.2", "mouseup", "1", "sleep", "0.2")
}

func TestWindowChoosesSeveralCapturesAndARangeOfTime(t *testing.T) {
	w := openAtWork(t, "light")
	w.click(allCaptures)
	w.settle()
	w.click(firstRow)
	w.held("shift", func() { w.click(thirdRow) })
	w.shoot("list-selection")
	w.key("p")
	w.await("three pins", func() bool { return w.count("is:pinned") == 3 })
	w.held("shift", func() { w.key("Down") })
	w.key("Delete")
	w.settle()
	w.key("Return") // no; the selection stays
	w.key("p")      // the capture that the cursor is on has no pin
	w.await("four pins", func() bool { return w.count("is:pinned") == 4 })
	w.key("Escape")

	w.drag(stripLeft, stripRight) // nothing arrived then
	w.shoot("list-brush")
	w.key("Escape") // takes the range back
	w.settle()
	w.click(firstRow)
	w.key("ctrl+a")
	w.key("p") // the first one is pinned, so all pins come off
	w.await("no pins", func() bool { return w.count("is:pinned") == 0 })
}
