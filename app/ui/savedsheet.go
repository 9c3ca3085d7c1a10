package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/settings"
	"shopbell/app/ui/look"
	"shopbell/tunnel"
)

// savedSheet shows the address of an endpoint that was just added.
type savedSheet struct {
	sheet *sheet
	url   *codeLine
}

func (w *Window) openSaved(ep settings.Endpoint) *savedSheet {
	s := &savedSheet{sheet: w.openSheet(lang.L("Endpoint {{.Endpoint}} is ready", map[string]any{"Endpoint": ep.Name}))}
	s.url = newCodeLine(func(text string) { w.copy(text, lang.L("the address")) })
	s.url.set(w.engine.EndpointURL(ep.Name))
	says := lang.L("Give this address to the provider.")
	if w.engine.Tunnel().Kind == tunnel.KindLocal {
		says = lang.L("This address works on this machine alone. Go online to get one that the provider can reach.")
	}
	done := look.Primary(lang.L("Done"), "", s.sheet.close)
	buttons := []fyne.CanvasObject{done}
	if ep.Provider != "" {
		sample := look.Secondary(lang.L("Send me a signed sample"), look.IconFlask, func() {
			s.sheet.close()
			w.send(ep.Provider, ep.Name)
		})
		buttons = []fyne.CanvasObject{sample, done}
	}
	s.sheet.fill([]fyne.CanvasObject{look.NewProse(says, ""), s.url.content}, buttons...)
	s.sheet.focus(done)
	w.saved = s
	return s
}
