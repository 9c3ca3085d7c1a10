package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"shopbell/app/ui/look"
)

// groupBar stands below the list while several captures are chosen: how many,
// and what can be done with all of them; then how far that has come.
type groupBar struct {
	content *fyne.Container
	says    *look.Text
	acts    *fyne.Container
	more    *look.Button
	stop    *look.Button
	onStop  func()
	busy    bool
	onShown func() // it came or went, so that the list has to make room
}

// newGroupBar makes the bar for the actions of w.
func newGroupBar(w *Window) *groupBar {
	b := &groupBar{says: bold("")}
	b.says.Cut = true
	act := func(text string, tapped func()) *look.Button {
		button := look.Secondary(text, "", tapped)
		button.Compact = true
		return button
	}
	b.more = look.MenuButton(lang.L("More"), func() {
		openMenuBelow(b.more, []*fyne.MenuItem{
			fyne.NewMenuItem(lang.L("Take the pins off"), func() { w.pinSelected(false) }),
			fyne.NewMenuItem(lang.L("Copy as cURL"), w.copySelectedCurl),
			fyne.NewMenuItem(lang.L("Copy as raw HTTP"), w.copySelectedRaw),
		})
	})
	b.more.Compact = true
	away := look.Quiet("", look.IconCross, func() { w.list.clearSelection() })
	away.Label = lang.L("Clear the selection")
	b.acts = look.Row(6,
		act(lang.L("Replay"), w.replaySelected),
		act(lang.L("Pin"), func() { w.pinSelected(true) }),
		act(lang.L("Delete"), w.deleteSelected), b.more, away)
	b.stop = act(lang.L("Stop"), func() { b.onStop() })
	b.stop.Hide()
	line := look.AsideNeeding(8, b.need, b.says, look.Row(0, b.acts, b.stop))
	b.content = &fyne.Container{Layout: stacked{}, Objects: []fyne.CanvasObject{hairline(), look.Bar(line, 12, 5)}}
	b.content.Hide()
	return b
}

// show says how many are chosen.
func (b *groupBar) show(s *selection) {
	if b.busy {
		return
	}
	count := map[string]any{"Count": grouped(s.count())}
	text := lang.L("{{.Count}} selected", count)
	if s.more {
		text = lang.L("All selected, more than {{.Count}}", count)
	}
	b.set(text, s.some())
}

func (b *groupBar) set(text string, visible bool) {
	b.says.SetText(text)
	setVisible(b.acts, !b.busy)
	setVisible(b.stop, b.busy)
	b.content.Refresh()
	if moved := b.content.MinSize().Height != b.content.Size().Height; moved || b.content.Visible() != visible {
		setVisible(b.content, visible)
		b.onShown()
	}
}

// need is the width of what the bar says: how many it is must not be cut off.
func (b *groupBar) need() float32 {
	return fyne.MeasureText(b.says.Text, b.says.Theme().Size(theme.SizeNameText), fyne.TextStyle{Bold: true}).Width
}

// work says how far a job has come, which stop ends.
func (b *groupBar) work(text string, stop func()) {
	b.busy, b.onStop = true, stop
	b.set(text, true)
}

// rest ends the job.
func (b *groupBar) rest(s *selection) {
	b.busy, b.onStop = false, nil
	b.show(s)
}
