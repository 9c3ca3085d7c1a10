package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"shopbell/app/ui/look"
	"shopbell/providers/signature"
)

// firstRun is what the window shows before there is anything: three steps, each
// of which works by itself, and the state of the shop.
type firstRun struct {
	content  fyne.CanvasObject
	provider *providerPick
	sample   *look.Button
	add      *look.Button
	online   *look.Button
	ssh      *look.Button
	shopSign *look.Badge
	shopName *look.Text
	shopSays *look.Prose
}

func (w *Window) newFirstRun() *firstRun {
	f := &firstRun{
		shopSign: look.NewLargeBadge("–", signature.Neutral), shopName: bold(""), shopSays: look.NewProse("", look.ColorMuted),
	}
	f.provider = w.newProviderPick(firstProvider, canSimulate, nil)
	f.sample = look.Primary(lang.L("Send a signed sample"), "", func() { w.send(f.provider.chosen, "") })
	f.add = look.Primary(lang.L("Add endpoint…"), "", w.newEndpoint)
	f.online = look.Primary(lang.L("ngrok…"), "", w.openTunnel)
	f.ssh = look.Secondary(lang.L("SSH…"), "", w.openSSH)
	f.shopName.Cut = true
	title := look.NewStyled(lang.L("Ready for the first delivery"), "", theme.SizeNameHeadingText, fyne.TextStyle{Bold: true})
	title.Cut = true
	cards := container.New(thirds{gap: 18, least: 215},
		stepCard("1", signature.Good, lang.L("See one arrive"),
			lang.L("A signed sample of a provider you choose, sent through a local tunnel to a demo shop."), f.provider.button, f.sample),
		stepCard("2", signature.Caution, lang.L("Add your endpoint"),
			lang.L("Pick the provider, paste its signing secret (kept in the system keyring), say where it goes in your shop."), f.add),
		stepCard("3", signature.Caution, lang.L("Go online"),
			lang.L("A public HTTPS address: by ngrok with a token, or over SSH. Then copy the endpoint's URL to the provider."), f.online, f.ssh))
	another := look.Secondary(lang.L("Use another…"), "", w.openShop)
	words := look.Column(2, f.shopName, f.shopSays)
	shop := look.Card(container.NewBorder(nil, nil, padded(f.shopSign, 4, 0), middle(another), padded(words, 10, 0)))
	column := look.Column(22,
		look.Column(8, title, look.NewProse(lang.L("Everything below works on this machine alone. Go online when you want a provider to reach you."), look.ColorMuted)),
		cards, shop)
	f.content = newSurface(look.ColorPane, container.NewVScroll(container.New(page{width: 1072, top: 56}, column)))
	return f
}

func stepCard(number string, tone signature.Tone, title, says string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	head := look.NewStyled(title, "", theme.SizeNameSubHeadingText, fyne.TextStyle{Bold: true})
	head.Cut = true
	card := look.Card(look.Column(0,
		container.NewHBox(look.NewLargeBadge(number, tone)), space(14), head, space(6),
		look.NewProse(says, look.ColorMuted), space(16), container.New(wrap{gap: 8}, buttons...)))
	card.Across, card.Down = 20, 18
	return card
}

// show tells of the shop as m has it.
func (f *firstRun) show(m *model) {
	switch {
	case m.shop.Checked.IsZero():
		f.shopSign.Set("–", signature.Neutral)
		f.shopName.SetText(lang.L("Looking for a shop on {{.Address}}", map[string]any{"Address": m.shop.URL}))
		f.shopSays.SetText(lang.L("Deliveries will be forwarded there, unchanged, once an endpoint exists."))
	case m.shop.Up:
		f.shopSign.Set("✓", signature.Good)
		f.shopName.SetText(lang.L("A shop answers on {{.Address}}", map[string]any{"Address": m.shop.URL}))
		f.shopSays.SetText(lang.L("Found just now. Deliveries will be forwarded there, unchanged, once an endpoint exists."))
	default:
		f.shopSign.Set("!", signature.Caution)
		f.shopName.SetText(lang.L("No shop answers on {{.Address}}", map[string]any{"Address": m.shop.URL}))
		f.shopSays.SetText(lang.L("Start it, or name another address. Captures are kept all the same and wait for it."))
	}
}

// page keeps its column at most so wide, in the middle, some way down.
type page struct{ width, top float32 }

func (p page) MinSize(parts []fyne.CanvasObject) fyne.Size {
	least := parts[0].MinSize()
	return fyne.NewSize(300, least.Height+2*p.top)
}

func (p page) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	width := min(p.width, size.Width-64)
	parts[0].Move(fyne.NewPos((size.Width-width)/2, p.top))
	parts[0].Resize(fyne.NewSize(width, size.Height-2*p.top))
}
