//go:build e2e

package main

import (
	"bytes"
	"testing"
)

func TestWindowReplaysEditsSimulatesAndCompares(t *testing.T) {
	w := openAtWork(t, "light")
	w.click(allCaptures)
	w.settle()
	w.click(firstRow)
	w.settle()
	w.keys("j", 2) // the genuine one of Everifin
	w.settle()
	w.replay()
	w.edit()
	w.simulate()
	w.compare()
}

// replay sends the selected capture again.
func (w *window) replay() {
	before := len(w.shop.Requests())
	w.key("r")
	w.await("the replay at the shop", func() bool { return len(w.shop.Requests()) == before+1 })
	all := w.shop.Requests()
	if again := all[before]; !bytes.Contains(again.Body, []byte("payment.statusChange")) {
		w.t.Errorf("the shop got %q", again.Body)
	}
	w.key("5") // the deliveries
	w.shoot("replayed")
	w.key("1")
}

// edit sends the selected capture with another body, signed anew.
func (w *window) edit() {
	before := len(w.shop.Requests())
	w.key("e")
	w.settle()
	w.click(bodyField) // below the text: the cursor goes to its last line
	w.key("End")
	w.key("BackSpace")
	w.typed(`,"edited":true}`)
	w.shoot("edit")
	w.click(middle(w.button(everywhere)))
	w.await("the edited one at the shop", func() bool { return len(w.shop.Requests()) == before+1 })
	all := w.shop.Requests()
	if edited := all[before]; !bytes.HasSuffix(edited.Body, []byte(`},"edited":true}`)) {
		w.t.Errorf("the shop got %q", edited.Body)
	}
	w.shoot("edit-sent")
	w.key("Escape")
}

// simulate sends a delivery of Everifin in which a value was changed after signing.
func (w *window) simulate() {
	w.key("ctrl+m")
	w.settle()
	w.keys("Tab", 4) // from Send round to provider, event, target, what is wrong with it
	w.key("space")
	w.settle()
	w.keys("Down", 2)
	w.shoot("simulate-spoil")
	w.key("Return")
	w.shoot("simulate")
	w.click(middle(w.button(everywhere)))
	w.await("the spoiled delivery", func() bool { return w.count("provider:everifin outcome:mismatch is:held") == 1 })
	w.shoot("simulate-sent")
	w.key("Escape")
}

// compare shows the genuine delivery of Everifin beside the spoiled one, which is
// the newest.
func (w *window) compare() {
	w.key("m")
	w.settle()
	w.key("Home")
	w.settle()
	w.key("d")
	w.shoot("compare")
	w.key("n")
	w.shoot("compare-next")
	w.key("Escape")
	w.settle()
	w.key("p") // the keyboard is back on the list
	w.await("the spoiled one pinned", func() bool { return w.count("provider:everifin outcome:mismatch is:pinned") == 1 })
}
