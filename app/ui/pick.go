package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/providers"
)

// providerPick is a button that shows the provider that is chosen and opens the
// list of all. Its chosen is "" before one was.
type providerPick struct {
	window   *Window
	button   *look.Button
	mark     *look.Mark
	sign     fyne.CanvasObject             // the mark with its place, hidden while there is none
	only     func(providers.Provider) bool // nil lets all pass
	detect   bool                          // none is a choice too: it is detected
	chosen   string
	onChange func(id string)
}

func (w *Window) newProviderPick(chosen string, only func(providers.Provider) bool, onChange func(string)) *providerPick {
	p := &providerPick{window: w, only: only, onChange: onChange, mark: look.ProviderMark("", "")}
	p.sign = middle(p.mark)
	p.button = look.MenuButton("", func() { p.open() })
	p.set(chosen)
	return p
}

// object is the mark and the button at its own width.
func (p *providerPick) object() fyne.CanvasObject {
	return container.NewHBox(look.Row(8, p.sign, p.button))
}

// set chooses a provider without telling.
func (p *providerPick) set(id string) {
	p.chosen = id
	found, known := p.window.engine.Catalog().Get(id)
	setVisible(p.sign, known)
	switch {
	case known:
		p.mark.Set(found.Mark, found.Colour)
		p.button.SetText(found.Name)
	case id != "":
		p.button.SetText(id) // its file is gone
	case p.detect:
		p.button.SetText(lang.L("Detect the provider"))
	default:
		p.button.SetText(lang.L("Choose a provider…"))
	}
}

// choose is the user's choice.
func (p *providerPick) choose(id string) {
	p.set(id)
	if p.onChange != nil {
		p.onChange(id)
	}
}

// open shows the list of providers.
func (p *providerPick) open() *picker { return p.window.openPicker(p) }

// canSimulate tells whether a provider has a delivery to send.
func canSimulate(p providers.Provider) bool { return len(p.Examples) > 0 || len(p.Samples) > 0 }
