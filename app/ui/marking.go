package ui

import (
	"fyne.io/fyne/v2/lang"
	"github.com/oklog/ulid/v2"
)

// marking is the capture that others are compared with; the zero value is none.
type marking struct {
	id   ulid.ULID
	name string
}

// mark marks the selected capture for comparing, or takes the mark off it.
func (w *Window) mark() {
	id, some := w.chosen()
	if !some {
		return
	}
	if w.marked.id == id {
		w.setMark(marking{})
		return
	}
	s := w.detail.summary
	if c := w.detail.capture; c != nil {
		s = c.Summary
	}
	w.setMark(marking{id: id, name: lang.L("{{.Event}}, {{.Time}}", map[string]any{
		"Event": rowTitle(&s, w.engine.Catalog()), "Time": clockText(s.Received, w.options.Now()),
	})})
}

// setMark shows which capture is marked: in its row and in the status bar.
func (w *Window) setMark(m marking) {
	w.marked, w.list.marked = m, m.id
	w.list.rows.Refresh()
	w.status.mark(m)
}

// mark shows the mark in the status bar.
func (s *statusBar) mark(m marking) {
	setVisible(s.marked, m.name != "")
	s.marked.SetText(lang.L("Marked: {{.Name}}", map[string]any{"Name": cutMiddle(s.private.text(m.name), 48)}))
	s.line.Objects[0].Refresh()
	s.line.Refresh()
}
