package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/inspector"
)

// queue returns the queue of an accept endpoint, nil for any other.
func (m *model) queue(endpoint string) *inspector.Queue {
	for i := range m.queues {
		if m.queues[i].Endpoint == endpoint {
			return &m.queues[i]
		}
	}
	return nil
}

// openQueuesMenu opens the menu of what waits for the shop: each queue with its
// state and what can be done to it.
func (w *Window) openQueuesMenu(at fyne.Position) {
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", w.queuesItems()...), w.win.Canvas(), at)
}

func (w *Window) queuesItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, q := range w.model.queues {
		one := fyne.NewMenuItem(lang.L("{{.Endpoint}}: {{.State}}", map[string]any{"Endpoint": q.Endpoint, "State": queueText(q)}), nil)
		one.ChildMenu = fyne.NewMenu("", w.queueItems(q)...)
		items = append(items, one)
	}
	if len(items) == 0 {
		none := fyne.NewMenuItem(lang.L("No endpoint delivers from a queue"), nil)
		none.Disabled = true
		items = append(items, none)
	}
	pause := fyne.NewMenuItem(lang.L("Pause forwarding"), w.togglePause)
	pause.Checked = w.model.paused
	return append(items, fyne.NewMenuItemSeparator(), pause)
}

// queueItems are what can be done to one queue.
func (w *Window) queueItems(q inspector.Queue) []*fyne.MenuItem {
	turn := fyne.NewMenuItem(lang.L("Pause the queue"), func() { w.pauseQueue(q.Endpoint, true) })
	if q.Paused {
		turn = fyne.NewMenuItem(lang.L("Resume the queue"), func() { w.pauseQueue(q.Endpoint, false) })
	}
	now := fyne.NewMenuItem(lang.L("Deliver now"), func() { w.drainQueue(q.Endpoint) })
	now.Disabled = q.Paused || q.AllPaused || q.Waiting == 0
	return []*fyne.MenuItem{turn, now}
}

// queueText is how a queue stands.
func queueText(q inspector.Queue) string {
	facts := []string{lang.L("nothing waits")}
	if q.Waiting > 0 {
		facts[0] = lang.L("{{.Count}} waiting", counted(q.Waiting))
	}
	if q.Aside > 0 {
		facts = append(facts, lang.L("{{.Count}} stepped aside", counted(q.Aside)))
	}
	switch {
	case q.Paused || q.AllPaused:
		facts = append(facts, lang.L("paused"))
	case q.Error != "":
		facts = append(facts, q.Error)
	}
	return strings.Join(facts, ", ")
}

// pausedQueues says which queues are paused, "" when none is.
func pausedQueues(m *model) string {
	var paused []string
	for _, q := range m.queues {
		if q.Paused {
			paused = append(paused, q.Endpoint)
		}
	}
	switch len(paused) {
	case 0:
		return ""
	case 1:
		return lang.L("The queue of {{.Endpoint}} is paused", map[string]any{"Endpoint": paused[0]})
	}
	return lang.N("{{.Count}} queues are paused", len(paused), counted(len(paused)))
}

// pauseQueue stops a queue or lets it go on.
func (w *Window) pauseQueue(endpoint string, on bool) {
	w.task(func(ctx context.Context) error { return w.engine.Inspector().PauseQueue(ctx, endpoint, on) }, func(err error) {
		if err != nil {
			w.notice.fail(lang.L("The queue was not changed"), err)
		}
		w.refresh.refreshNow()
	})
}

// drainQueue tries at once what waits in a queue.
func (w *Window) drainQueue(endpoint string) {
	w.task(func(context.Context) error { return w.engine.Inspector().DrainQueue(endpoint) }, func(err error) {
		if err != nil {
			w.notice.fail(lang.L("The queue was not hurried"), err)
		}
		w.refresh.refreshNow()
	})
}
