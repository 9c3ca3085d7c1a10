package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/engine"
	"shopbell/app/ui/look"
	"shopbell/providers/signature"
	"shopbell/tunnel"
)

// topBar tells where deliveries come in and where they go.
type topBar struct {
	content      fyne.CanvasObject
	tunnel, shop *look.Pill
	// The buttons stand there twice: with words, and for a narrow window without.
	pause, simulate, gear *look.Button
	narrow                []*look.Button
}

// buildTop makes the top bar and says what its parts do.
func (w *Window) buildTop() {
	t := &topBar{
		tunnel:   look.NewPill("Offline", "", signature.Neutral, func() { w.copy(w.model.tunnel.URL, "the tunnel's address") }),
		shop:     look.NewPill("Shop", "", signature.Neutral, nil),
		pause:    look.Secondary("Pause forwarding", look.IconPause, w.togglePause),
		simulate: look.Secondary("Simulate…", look.IconFlask, func() { w.openSample("") }),
		gear:     look.Secondary("", look.IconGear, w.openGear),
	}
	t.tunnel.OnTapped = w.openTunnel
	t.shop.OnTapped = w.openShop
	t.gear.Label = "Settings"
	pause := look.Secondary("", look.IconPause, w.togglePause)
	simulate := look.Secondary("", look.IconFlask, t.simulate.OnTapped)
	gear := look.Secondary("", look.IconGear, w.openGear)
	pause.Label, simulate.Label, gear.Label = "Pause forwarding", "Simulate…", "Settings"
	t.narrow = []*look.Button{pause, simulate, gear}
	left := look.Row(10, newBellTile(), middle(t.tunnel), look.NewGlyph(look.IconArrow, look.ColorMuted, 15), middle(t.shop))
	wide := look.Row(10, t.pause, t.simulate, t.gear)
	bar := &fyne.Container{Layout: topLayout{}, Objects: []fyne.CanvasObject{left, wide, look.Row(8, pause, simulate, gear)}}
	t.content = padded(bar, 14, 10)
	w.top = t
}

// show brings the bar in line with m.
func (t *topBar) show(m *model) {
	title, note, tone := tunnelWords(m.tunnel)
	t.tunnel.Set(title, m.tunnel.URL, note, tone)
	title, note, tone = shopWords(m.shop, m.paused)
	t.shop.Set(title, m.shop.URL, note, tone)
	text, icon := "Pause forwarding", look.IconPause
	if m.paused {
		text, icon = "Resume forwarding", look.IconPlay
	}
	if t.pause.Text != text {
		t.pause.Text, t.pause.Icon = text, icon
		t.narrow[0].Label, t.narrow[0].Icon = text, icon
		t.pause.Refresh()
		t.narrow[0].Refresh()
		t.content.Refresh()
	}
}

// tunnelWords is the state of a tunnel in a title, a note and a tone.
func tunnelWords(s tunnel.Status) (title, note string, tone signature.Tone) {
	if s.Kind == tunnel.KindLocal {
		return "Offline", "", signature.Neutral
	}
	kind := string(s.Kind)
	switch s.State {
	case tunnel.Online:
		return kind, latencyText(s.Latency), signature.Good
	case tunnel.Lost:
		return kind, "lost, coming back", signature.Caution
	case tunnel.Connecting:
		return kind, "connecting…", signature.Caution
	}
	return kind, "not online", signature.Bad
}

// shopWords is the state of the shop in a title, a note and a tone.
func shopWords(s engine.Shop, paused bool) (title, note string, tone signature.Tone) {
	switch {
	case paused:
		return "Shop", "paused", signature.Caution
	case s.URL == "":
		return "Shop", "not set", signature.Neutral
	case s.Checked.IsZero():
		return "Shop", "looking…", signature.Neutral
	case s.Up:
		return "Shop", latencyText(s.Latency), signature.Good
	}
	return "Shop", "no answer", signature.Bad
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

// topLayout puts the pills to the left and the buttons to the right, and takes
// the buttons without words when the window is narrow.
type topLayout struct{}

func (topLayout) MinSize(parts []fyne.CanvasObject) fyne.Size {
	left, short := parts[0].MinSize(), parts[2].MinSize()
	return fyne.NewSize(left.Width+short.Width+12, max(left.Height, short.Height))
}

func (topLayout) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	left, wide, short := parts[0], parts[1], parts[2]
	used := left.MinSize().Width
	fits := used+wide.MinSize().Width+12 <= size.Width
	setVisible(wide, fits)
	setVisible(short, !fits)
	left.Resize(fyne.NewSize(used, size.Height))
	left.Move(fyne.NewPos(0, 0))
	for _, p := range []fyne.CanvasObject{wide, short} {
		least := p.MinSize()
		p.Resize(fyne.NewSize(least.Width, least.Height))
		p.Move(fyne.NewPos(size.Width-least.Width, (size.Height-least.Height)/2))
	}
}

var _ fyne.Layout = topLayout{}
