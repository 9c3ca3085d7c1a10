//go:build e2e

package main

import (
	"strings"
	"testing"

	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

// The pages of the settings, in their order.
const (
	keepPage       = 3
	appearancePage = 6
	languagePage   = 7
	settingsPages  = 8
)

// openSettings opens a page of the settings and puts the keyboard into one of
// its fields, 1 is the first.
func (w *window) openSettings(page, field int) {
	w.key("ctrl+comma")
	w.settle()
	w.keys("Down", page)
	w.key("space")
	w.settle()
	w.keys("Tab", settingsPages-1-page+field)
}

// chooses takes an entry of the menu of the field with the keyboard, 1 is the
// first, and applies that; the file must have line then.
func (w *window) chooses(entry int, line string) {
	w.t.Helper()
	w.key("space")
	w.settle()
	w.keys("Down", entry)
	w.key("Return")
	w.settle()
	w.click(middle(w.button(everywhere))) // Apply
	w.awaitLine(line)
}

// awaitLine waits until the settings have a line.
func (w *window) awaitLine(line string) {
	w.t.Helper()
	w.await(line+" in the file", func() bool { return strings.Contains(w.config(), "\n"+line+"\n") })
}

func TestWindowIsSet(t *testing.T) {
	w := openAtWork(t, "light")
	w.click(allCaptures)
	w.settle()
	w.click(firstRow)
	w.settle()
	w.openSettings(keepPage, 1)
	w.key("ctrl+a")
	w.typed("14")
	w.shoot("settings-typed")
	w.key("Return")
	w.awaitLine("days = 14")
	w.shoot("settings")
	w.key("Escape")

	w.openSettings(appearancePage, 2)
	w.chooses(5, "scale = 120")
	w.shoot("settings-scale")
	w.key("Escape")
	w.shoot("scale-120")
	w.openSettings(appearancePage, 2)
	w.chooses(3, "scale = 100")
	w.key("Escape")

	w.openSettings(languagePage, 1)
	w.chooses(3, `language = "cs"`)
	w.shoot("settings-language")
	w.key("Escape")
	w.shoot("language-cs")
	w.openSettings(languagePage, 1)
	w.chooses(2, `language = "en"`)
	w.key("Escape")
}

func TestWindowHidesPersonalDataAndGoesDark(t *testing.T) {
	w := openAtWork(t, "light")
	w.sendCustomer(t)
	w.click(allCaptures)
	w.settle()
	w.click(firstRow)
	w.settle()
	w.key("2") // the body
	w.shoot("personal-shown")
	w.key("ctrl+shift+h")
	w.awaitLine("hide_personal = true")
	w.shoot("personal-hidden")
	w.key("j")
	w.settle()
	w.key("1")
	w.settle()
	w.key("ctrl+shift+d")
	w.awaitLine(`theme = "dark"`)
	w.shoot("dark")
	w.resize(900, 600)
	w.shoot("small-dark")
	w.key("ctrl+shift+l")
	w.awaitLine(`theme = "light"`)
	w.shoot("small-light")
	w.key("ctrl+comma")
	w.shoot("small-settings")
	w.key("Escape")
	w.key("ctrl+m")
	w.shoot("small-simulate")
}

// sendCustomer sends a delivery of Truust, which signs nothing, with a person in
// it.
func (w *window) sendCustomer(t *testing.T) {
	t.Helper()
	m := signature.Message{
		Method: "POST", Target: "/truust/77b1c0d5a7a51ac8e00f1c3d2e4b5a69",
		Header: signature.Header{{Name: "Content-Type", Value: "application/json"}},
		Body: []byte(`{"type":"order.paid","order":"A-18","amount":129.90,"customer":{"name":"Jana Kovářová",` +
			`"email":"jana.kovarova@example.com","phone":"+420 601 234 567","address":{"street":"Dlouhá 12","city":"Brno"}},` +
			`"iban":"CZ6508000000192000145399"}`),
	}
	if _, err := inspectortest.Send(t.Context(), w.address(), m); err != nil {
		t.Fatal(err)
	}
	w.await("the order", func() bool { return w.count("A-18") == 1 })
}
