package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/inspector"
)

// openGear opens the small menu at the top right.
func (w *Window) openGear() {
	themes := fyne.NewMenuItem(menuTheme.title(), nil)
	themes.ChildMenu = fyne.NewMenu("", w.menu.themes...)
	items := append(append(w.items(cmdSettings), themes), w.items(cmdConfigPath, cmdPalette, cmdKeys, cmdAbout)...)
	gear := w.top.gear.full
	if !w.top.bar.Objects[2].Visible() {
		gear = w.top.gear.short
	}
	openMenuBelow(gear, items)
}

// copyConfigPath puts the path of the config file on the clipboard.
func (w *Window) copyConfigPath() {
	w.copy(w.engine.File(), lang.L("the path {{.Path}}", map[string]any{"Path": w.engine.File()}))
}

// openEndpointMenu opens the menu of one endpoint.
func (w *Window) openEndpointMenu(name string, at fyne.Position) {
	ep := w.model.endpoint(name)
	if ep == nil {
		return
	}
	sample := fyne.NewMenuItem(lang.L("Send a signed sample"), func() {
		w.send(ep.Endpoint.Provider, name)
	})
	sample.Disabled = ep.Endpoint.Provider == ""
	items := []*fyne.MenuItem{sample}
	if ep.known {
		items = []*fyne.MenuItem{
			fyne.NewMenuItem(lang.L("Copy URL"), func() {
				w.copy(w.engine.EndpointURL(name), lang.L("the URL of {{.Name}}", map[string]any{"Name": name}))
			}),
			fyne.NewMenuItem(lang.L("Edit…"), func() { w.openEndpoint(name) }), sample, fyne.NewMenuItemSeparator(),
		}
		if q := w.model.queue(name); q != nil {
			items = append(append(items, w.queueItems(*q)...), fyne.NewMenuItemSeparator())
		}
		items = append(items, fyne.NewMenuItem(lang.L("Remove…"), func() { w.removeEndpoint(name) }))
	} else {
		sample.Action = func() { w.send(ep.Endpoint.Provider, "") }
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), w.win.Canvas(), at)
}

// removeEndpoint asks, then removes.
func (w *Window) removeEndpoint(name string) *sheet {
	return w.confirm(lang.L("Remove endpoint {{.Name}}?", map[string]any{"Name": name}),
		lang.L("Deliveries to its address will be answered 404. Its captures and its secret in the keyring stay."), lang.L("Remove"), func() {
			w.task(func(ctx context.Context) error { return w.engine.RemoveEndpoint(ctx, name) }, func(err error) {
				if err != nil {
					w.notice.fail(lang.L("The endpoint was not removed"), err)
					return
				}
				if w.list.scope == (scope{kind: scopeEndpoint, endpoint: name}) {
					w.choose(scope{})
				}
				w.refresh.refreshNow()
			})
		})
}

// openCaptureMenu opens the menu of the selected capture.
func (w *Window) openCaptureMenu(at fyne.Position) {
	items := append(slices.Clip(w.menu.capture), w.searchItems()...)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), w.win.Canvas(), at)
}

// openExport opens the menu of what a capture can be copied as.
func (w *Window) openExport(_ inspector.Capture, button fyne.CanvasObject) {
	openMenuBelow(button, w.items(cmdCopyCurl, cmdCopyRaw))
}

// openAbout shows what this is and where its files are.
func (w *Window) openAbout() {
	s := w.openSheet("Shopbell " + w.options.Version)
	parts := []fyne.CanvasObject{look.NewProse(lang.L("It rings when a provider calls the shop: receives webhooks, says whether the signature holds and why, keeps them, and forwards them."), "")}
	for _, line := range []struct{ name, path string }{{lang.L("Config file"), w.engine.File()}, {lang.L("Data"), w.engine.DataDir()}} {
		if line.path != "" {
			code := newCodeLine(func(text string) { w.copy(text, lang.L("the path")) })
			code.set(line.path)
			parts = append(parts, look.Column(5, bold(line.name), code.content))
		}
	}
	done := look.Primary(lang.L("Close"), "", s.close)
	s.fill(parts, done)
	s.focus(done)
}
