package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/tunnel"
)

// statusBar is the line at the foot: the tunnel's age, what is kept, what is
// forwarded, and the two keys by which all others are found.
type statusBar struct {
	content             fyne.CanvasObject
	line                *fyne.Container
	tunnel, kept, rules *look.Text
	palette, keys       *look.Text
	marked              *look.Text
	personal            *look.Text // that personal data is hidden
	private             *privacy
	now                 func() time.Time
}

func newStatusBar(now func() time.Time, private *privacy) *statusBar {
	s := &statusBar{tunnel: small("", look.ColorMuted), kept: small("", look.ColorMuted), rules: small("", look.ColorMuted), marked: small("", look.ColorMuted), now: now}
	s.private, s.personal = private, small(lang.L("◍ Personal data hidden"), look.ColorCaution)
	s.marked.Hide()
	s.personal.Hide()
	s.palette, s.keys = small("", look.ColorMuted), small("", look.ColorMuted)
	left := look.Row(18, s.personal, s.tunnel, s.kept, s.marked, s.rules)
	right := look.Row(18, s.palette, s.keys)
	s.line = &fyne.Container{Layout: endsLayout{}, Objects: []fyne.CanvasObject{left, right}}
	s.content = padded(s.line, 14, 5)
	return s
}

// hint says by which keys commands and keys are found.
func (s *statusBar) hint(palette, keys string) {
	s.palette.SetText(palette)
	s.keys.SetText(keys)
	s.line.Objects[1].Refresh()
}

func (s *statusBar) show(m *model) {
	tunnel, kept, rules := s.tunnelText(m.tunnel), keptText(m), rulesText(m)
	if s.tunnel.Text == tunnel && s.kept.Text == kept && s.rules.Text == rules && s.personal.Visible() == s.private.on.Load() {
		return // nothing to draw again
	}
	setVisible(s.personal, s.private.on.Load())
	s.tunnel.SetText(tunnel)
	s.kept.SetText(kept)
	s.rules.SetText(rules)
	s.line.Objects[0].Refresh()
	s.line.Refresh()
}

func (s *statusBar) tunnelText(t tunnel.Status) string {
	if t.Kind == tunnel.KindLocal {
		return "○ Local tunnel only"
	}
	age := spanText(s.now().Sub(t.Since))
	switch t.State {
	case tunnel.Online:
		return "● Tunnel up " + age
	case tunnel.Lost:
		return "◐ Tunnel lost " + age + " ago, coming back"
	case tunnel.Connecting:
		return "◐ Tunnel connecting"
	}
	return "○ Tunnel not online"
}

func keptText(m *model) string {
	text := "No captures yet"
	if m.counts.All > 0 {
		text = plural(m.counts.All, "capture", "captures") + " · " + bytesText(m.counts.Bytes) + " on disk"
	}
	if m.counts.Low {
		text += " · ◐ disk nearly full, " + bytesText(m.counts.Free) + " left"
	}
	if n := int(m.counts.TurnedAway); n > 0 {
		text += " · ✕ " + plural(n, "delivery", "deliveries") + " turned away: the store was full"
	}
	return text
}

// rulesText says what is forwarded, as the endpoints have it.
func rulesText(m *model) string {
	if m.paused {
		return "Forwarding is paused"
	}
	if paused := pausedQueues(m); paused != "" {
		return paused
	}
	var open []string
	for _, ep := range m.endpoints {
		if ep.known && ep.Unverified == "forward" {
			open = append(open, ep.Name)
		}
	}
	switch {
	case len(open) == 1:
		return "Forwarding also what does not verify at " + open[0]
	case len(open) > 1:
		return "Forwarding also what does not verify at " + plural(len(open), "endpoint", "endpoints")
	case m.configured():
		return "Forwarding verified only"
	}
	return "Holding what does not verify"
}

// endsLayout puts one part at each end and lets go of the right one when both
// do not fit.
type endsLayout struct{}

func (endsLayout) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, max(parts[0].MinSize().Height, parts[1].MinSize().Height))
}

func (endsLayout) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	left, right := parts[0].MinSize(), parts[1].MinSize()
	parts[0].Resize(fyne.NewSize(left.Width, size.Height))
	setVisible(parts[1], left.Width+right.Width+16 <= size.Width)
	parts[1].Resize(fyne.NewSize(right.Width, size.Height))
	parts[1].Move(fyne.NewPos(size.Width-right.Width, 0))
}
