package detail_test

import (
	"fmt"

	"fyne.io/fyne/v2/test"

	"shopbell/app/ui/detail"
	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers"
)

// A pane is made once, put into the window, and told what to show.
func Example() {
	test.NewApp().Settings().SetTheme(look.Light())
	pane := detail.New(detail.Actions{Replay: func(c inspector.Capture) { fmt.Println("replay", c.ID) }}, detail.Options{})
	window := test.NewWindow(pane.Object())
	defer window.Close()
	c := inspector.Capture{}
	c.Event = "order.paid"
	pane.Show(c, providers.Provider{Name: "Shop"})
	shown, _ := pane.Shown()
	fmt.Println(shown.Event)
	// Output: order.paid
}
