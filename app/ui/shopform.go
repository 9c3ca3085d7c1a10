package ui

import (
	"context"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
)

// shopForm changes where deliveries go.
type shopForm struct {
	window  *Window
	sheet   *sheet
	address *entry
	field   *field
	save    *look.Button
}

func (w *Window) openShop() { w.newShopForm() }

func (w *Window) newShopForm() *shopForm {
	f := &shopForm{window: w, sheet: w.openSheet(lang.L("The shop"))}
	shop := w.engine.Shop()
	f.sheet.enter = f.submit
	f.address = newEntry(f.sheet, shop.URL, "http://localhost:8080")
	f.field = newField(lang.L("Address of your shop"), f.address, shopSays(shop.Up, shop.Says))
	f.save = look.Primary(lang.L("Save"), "", f.submit)
	f.sheet.fill([]fyne.CanvasObject{
		look.NewProse(lang.L("Deliveries are forwarded there: same method, headers and body."), look.ColorMuted),
		f.field.content,
	}, look.Secondary(lang.L("Cancel"), "", f.sheet.close), f.save)
	f.sheet.focus(f.address)
	return f
}

func shopSays(up bool, says string) string {
	if up {
		return lang.L("It answers.")
	}
	if says == "" {
		return ""
	}
	return lang.L("{{.Reason}}. Start your shop, or name another address.", map[string]any{"Reason": upperFirst(says)})
}

func (f *shopForm) submit() {
	if f.save.Disabled() {
		return
	}
	address := strings.TrimSpace(f.address.Text)
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		f.field.say(lang.L("An address begins with http:// or https:// and names a host."))
		f.sheet.fit()
		return
	}
	f.field.say("")
	f.save.Disable()
	w := f.window
	w.task(func(ctx context.Context) error { return w.engine.SetShop(ctx, address) }, func(err error) {
		f.save.Enable()
		w.refresh.refreshNow()
		if err != nil {
			f.sheet.say(lang.L("Nothing was changed.") + " " + reason(err))
			return
		}
		f.sheet.close()
	})
}
