package ui

import (
	"net/url"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/engine"
	"shopbell/app/ui/look"
	"shopbell/providers/signature"
	"shopbell/tunnel"
)

// topBar tells where deliveries come in and where they go.
type topBar struct {
	content fyne.CanvasObject
	bar     *fyne.Container
	said    topWords
	// Everything stands there twice: in full, and short for a narrow window.
	tunnel, shop pillPair
	pause, gear  buttonPair
	simulate     buttonPair
}

// pillPair is a pill in full and one with the host alone.
type pillPair struct{ full, short *look.Pill }

func (p pillPair) set(w pillWords) {
	p.full.Set(w.title, w.address, w.note, w.tone)
	large := max(1, look.Stretch(p.short))
	address, note := shortHost(w.address, int(32/(large*large))), ""
	if w.tone == signature.Bad || w.tone == signature.Caution {
		address, note = "", w.note // a colour alone would not tell
	}
	p.short.Set(w.title, address, note, w.tone)
}

// pillWords is what a pill says.
type pillWords struct {
	title, address, note string
	tone                 signature.Tone
}

// topWords is what the bar says.
type topWords struct {
	tunnel, shop pillWords
	paused       bool
}

// buttonPair is a button with its words and one with its drawing alone.
type buttonPair struct{ full, short *look.Button }

func newButtonPair(text, label string, icon look.Icon, act func()) buttonPair {
	p := buttonPair{full: look.Secondary(text, icon, act), short: look.Secondary("", icon, act)}
	p.full.Label, p.short.Label = label, label
	return p
}

// buildTop makes the top bar and says what its parts do.
func (w *Window) buildTop() {
	copyAddress := func() { w.copy(w.model.tunnel.URL, lang.L("the tunnel's address")) }
	t := &topBar{
		tunnel:   pillPair{look.NewPill("", "", signature.Neutral, copyAddress), look.NewPill("", "", signature.Neutral, copyAddress)},
		shop:     pillPair{look.NewPill("", "", signature.Neutral, nil), look.NewPill("", "", signature.Neutral, nil)},
		pause:    newButtonPair(lang.L("Pause forwarding"), lang.L("Pause forwarding"), look.IconPause, w.togglePause),
		gear:     newButtonPair("", lang.L("Settings"), look.IconGear, w.openGear),
		simulate: newButtonPair(lang.L("Simulate…"), lang.L("Simulate a delivery"), look.IconFlask, func() { w.openSample("") }),
	}
	t.tunnel.full.OnTapped, t.tunnel.short.OnTapped = w.openTunnel, w.openTunnel
	t.shop.full.OnTapped, t.shop.short.OnTapped = w.openShop, w.openShop
	t.bar = &fyne.Container{Layout: topLayout{}, Objects: []fyne.CanvasObject{
		topLeft(t.tunnel.full, t.shop.full), topLeft(t.tunnel.short, t.shop.short),
		look.Row(10, t.pause.full, t.simulate.full, t.gear.full), look.Row(8, t.pause.short, t.simulate.short, t.gear.short),
	}}
	t.content = padded(t.bar, 14, 10)
	w.top = t
}

func topLeft(tunnel, shop fyne.CanvasObject) *fyne.Container {
	return look.Row(10, newBellTile(), middle(tunnel), look.NewGlyph(look.IconArrow, look.ColorMuted, 15), middle(shop))
}

// show brings the bar in line with m.
func (t *topBar) show(m *model) {
	said := topWords{paused: m.paused}
	said.tunnel.title, said.tunnel.note, said.tunnel.tone = tunnelWords(m.tunnel)
	said.shop.title, said.shop.note, said.shop.tone = shopWords(m.shop, m.paused)
	said.tunnel.address, said.shop.address = m.tunnel.URL, m.shop.URL
	if said == t.said {
		return // nothing to draw again
	}
	t.said = said
	t.tunnel.set(said.tunnel)
	t.shop.set(said.shop)
	t.showPause(m.paused)
	for _, part := range t.bar.Objects {
		part.Refresh()
	}
	t.bar.Refresh()
}

func (t *topBar) showPause(paused bool) {
	text, icon := lang.L("Pause forwarding"), look.IconPause
	if paused {
		text, icon = lang.L("Resume forwarding"), look.IconPlay
	}
	if t.pause.short.Label == text {
		return
	}
	t.pause.full.Text, t.pause.short.Label = text, text
	for _, b := range []*look.Button{t.pause.full, t.pause.short} {
		b.Icon = icon
		b.Refresh()
	}
}

// shortHost is the host of an address, cut in the middle to at most so many letters.
func shortHost(address string, most int) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		address = u.Host
	}
	return cutMiddle(address, most)
}

// tunnelWords is the state of a tunnel in a title, a note and a tone.
func tunnelWords(s tunnel.Status) (title, note string, tone signature.Tone) {
	if s.Kind == tunnel.KindLocal {
		return lang.L("Offline"), "", signature.Neutral
	}
	kind := string(s.Kind)
	switch s.State {
	case tunnel.Online:
		return kind, latencyText(s.Latency), signature.Good
	case tunnel.Lost:
		return kind, lang.L("lost, coming back"), signature.Caution
	case tunnel.Connecting:
		return kind, lang.L("connecting…"), signature.Caution
	}
	return kind, lang.L("not online"), signature.Bad
}

// shopWords is the state of the shop in a title, a note and a tone.
func shopWords(s engine.Shop, paused bool) (title, note string, tone signature.Tone) {
	switch {
	case paused:
		return lang.L("Shop"), lang.L("paused"), signature.Caution
	case s.URL == "":
		return lang.L("Shop"), lang.L("not set"), signature.Neutral
	case s.Checked.IsZero():
		return lang.L("Shop"), lang.L("looking…"), signature.Neutral
	case s.Up:
		return lang.L("Shop"), latencyText(s.Latency), signature.Good
	}
	return lang.L("Shop"), lang.L("no answer"), signature.Bad
}

// latencyText is a short time, "" for none.
func latencyText(d time.Duration) string {
	switch {
	case d <= 0:
		return ""
	case d < time.Millisecond:
		return millisText(0)
	}
	return millisText(d.Milliseconds())
}

// topLayout puts the pills to the left and the buttons to the right. Where both
// do not fit in full it takes the short buttons, then the short pills too.
type topLayout struct{}

func (topLayout) MinSize(parts []fyne.CanvasObject) fyne.Size {
	pills, buttons := parts[1].MinSize(), parts[3].MinSize()
	return fyne.NewSize(pills.Width+buttons.Width+12, max(pills.Height, buttons.Height))
}

func (topLayout) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	pills, buttons := parts[0], parts[2]
	fits := func() bool { return pills.MinSize().Width+buttons.MinSize().Width+12 <= size.Width }
	if !fits() {
		buttons = parts[3]
	}
	if !fits() {
		pills = parts[1]
	}
	for _, p := range parts {
		setVisible(p, p == pills || p == buttons)
	}
	least := pills.MinSize()
	place(pills, 0, 0, least.Width, size.Height)
	least = buttons.MinSize()
	place(buttons, size.Width-least.Width, (size.Height-least.Height)/2, least.Width, least.Height)
}
