package ui

import (
	"strings"
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
	left := &fyne.Container{Layout: cutRow{gap: 18}}
	for _, t := range []*look.Text{s.personal, s.tunnel, s.kept, s.marked, s.rules} {
		t.Cut = true
		left.Add(t)
	}
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
		return lang.L("○ Local tunnel only")
	}
	age := map[string]any{"Age": spanText(s.now().Sub(t.Since))}
	switch t.State {
	case tunnel.Online:
		return lang.L("● Tunnel up {{.Age}}", age)
	case tunnel.Lost:
		return lang.L("◐ Tunnel lost {{.Age}} ago, coming back", age)
	case tunnel.Connecting:
		return lang.L("◐ Tunnel connecting")
	}
	return lang.L("○ Tunnel not online")
}

func keptText(m *model) string {
	facts := []string{capturesText(m.counts.All, m.counts.Bytes)}
	if m.counts.Low {
		facts = append(facts, lang.L("◐ disk nearly full, {{.Size}} left", map[string]any{"Size": bytesText(m.counts.Free)}))
	}
	switch n := int(m.counts.TurnedAway); {
	case n == 1:
		facts = append(facts, lang.L("✕ 1 delivery turned away: the store was full"))
	case n > 1:
		facts = append(facts, lang.N("✕ {{.Count}} deliveries turned away: the store was full", n, counted(n)))
	}
	return strings.Join(facts, " · ")
}

func capturesText(n int, bytes int64) string {
	of := map[string]any{"Count": grouped(n), "Size": bytesText(bytes)}
	switch {
	case n <= 0:
		return lang.L("No captures yet")
	case n == 1:
		return lang.L("1 capture · {{.Size}} on disk", of)
	}
	return lang.N("{{.Count}} captures · {{.Size}} on disk", n, of)
}

// rulesText says what is forwarded, as the endpoints have it.
func rulesText(m *model) string {
	if m.paused {
		return lang.L("Forwarding is paused")
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
		return lang.L("Forwarding also what does not verify at {{.Endpoint}}", map[string]any{"Endpoint": open[0]})
	case len(open) > 1:
		return lang.N("Forwarding also what does not verify at {{.Count}} endpoints", len(open), counted(len(open)))
	case m.configured():
		return lang.L("Forwarding verified only")
	}
	return lang.L("Holding what does not verify")
}

// endsLayout puts one part at each end and lets go of the right one when both
// do not fit.
type endsLayout struct{}

func (endsLayout) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, max(parts[0].MinSize().Height, parts[1].MinSize().Height))
}

func (endsLayout) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	left, right := parts[0].MinSize(), parts[1].MinSize()
	parts[0].Resize(fyne.NewSize(min(left.Width, size.Width), size.Height))
	setVisible(parts[1], left.Width+right.Width+16 <= size.Width)
	parts[1].Resize(fyne.NewSize(right.Width, size.Height))
	parts[1].Move(fyne.NewPos(size.Width-right.Width, 0))
}

// cutRow is a row of texts; the one that reaches the end is cut there.
type cutRow struct{ gap float32 }

func (r cutRow) MinSize(parts []fyne.CanvasObject) (size fyne.Size) {
	for _, p := range parts {
		if p.Visible() {
			size.Width += wholeWidth(p) + r.gap
			size.Height = max(size.Height, p.MinSize().Height)
		}
	}
	return fyne.NewSize(max(size.Width-r.gap, 0), size.Height)
}

func (r cutRow) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for _, p := range parts {
		if p.Visible() {
			width := wholeWidth(p)
			place(p, x, 0, min(width, size.Width-x), size.Height)
			x += width + r.gap
		}
	}
}

// wholeWidth is that of a text that may be cut.
func wholeWidth(o fyne.CanvasObject) float32 {
	t := o.(*look.Text)
	return fyne.MeasureText(t.Text, t.Theme().Size(t.SizeName), t.Style).Width
}
