//go:build e2e

package main

import (
	"fmt"
	"image"
	"testing"
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
	w.settle()
	w.key("p") // the capture that the cursor is on has no pin
	w.await("four pins", func() bool { return w.count("is:pinned") == 4 })
	w.key("Escape")

	w.drag(stripLeft, stripMiddle) // nothing arrived then
	w.shoot("list-brush")
	w.key("Escape") // takes the range back
	w.settle()
	w.drag(stripMiddle, stripRight) // all of them
	w.shoot("list-brush-all")
	w.key("Escape")
	w.settle()
	w.click(firstRow)
	w.key("ctrl+a")
	w.key("p") // the first one is pinned, so all pins come off
	w.await("no pins", func() bool { return w.count("is:pinned") == 0 })
}

func TestWindowDeletesAndBringsBack(t *testing.T) {
	w := openAtWork(t, "light")
	w.click(allCaptures)
	w.settle()
	w.click(firstRow)
	w.settle()
	w.key("Delete")
	w.await("one capture less", func() bool { return w.count("") == 5 })
	w.shoot("deleted-one")
	w.held("shift", func() { w.keys("Down", 2) })
	w.key("Delete")
	w.await("three captures less", func() bool { return w.count("") == 2 })
	w.shoot("deleted-several")
	w.key("ctrl+z")
	w.await("three captures back", func() bool { return w.count("") == 5 })
	w.key("ctrl+z")
	w.await("all captures back", func() bool { return w.count("") == 6 })
	w.shoot("deleted-undone")
}
