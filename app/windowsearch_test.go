//go:build e2e

package main

import (
	"strings"
	"testing"
)

func TestWindowSearches(t *testing.T) {
	w := openAtWork(t, "light")
	w.click(allCaptures)
	w.settle()
	w.key("slash")
	w.typed("out")
	w.shoot("search-typing")
	w.key("Tab") // takes "outcome:", and its values are offered
	w.shoot("search-completion")
	w.typed("ver")
	w.key("Tab")
	w.typed("provider:tweed")
	w.key("Return") // the keyboard goes to the rows
	w.shoot("search-chips")
	w.key("Home")
	w.settle()
	w.key("p")
	w.await("the one that was found, pinned", func() bool { return w.count("is:pinned provider:tweed") == 1 && w.count("is:pinned") == 1 })

	w.key("ctrl+s")
	w.settle()
	w.typed("Tweed that verified")
	w.shoot("search-save")
	w.key("Return")
	w.await("the search in the file", func() bool { return strings.Contains(w.config(), `name = "Tweed that verified"`) })
	if text := w.config(); !strings.Contains(text, `query = "outcome:verified provider:tweed"`) {
		t.Errorf("the file holds another search:\n%s", text)
	}
	w.shoot("search-saved")

	w.key("ctrl+f")
	w.key("ctrl+a")
	w.typed("no such thing")
	w.key("Return")
	w.shoot("search-nothing")
}

func TestWindowFindsCommandsAndTellsKeys(t *testing.T) {
	w := openAtWork(t, "light")
	w.click(allCaptures)
	w.settle()
	w.click(firstRow)
	w.settle()
	w.key("ctrl+k")
	w.settle()
	w.shoot("palette")
	w.typed("mark for")
	w.shoot("palette-typing")
	w.key("Escape")
	w.key("ctrl+k")
	w.settle()
	w.typed("pin")
	w.shoot("palette-pin")
	w.key("Return")
	w.await("the pin", func() bool { return w.count("is:pinned outcome:mismatch") == 1 })
	w.key("question")
	w.shoot("keys")
	w.key("Escape")
}
