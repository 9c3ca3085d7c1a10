package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/alert"
	"shopbell/app/ui/session"
	"shopbell/inspector"
)

// tell sends a note to the desktop. A click on it opens what it is about.
func (p *presence) tell(life context.Context, n alert.Note) {
	if p.link == nil {
		return // nobody would show it
	}
	note := p.noteOf(life, n)
	err := p.link.Notify(note, func() { p.window.onUI(func() { p.window.openNote(n) }) })
	if errors.Is(err, session.ErrNoNotifications) {
		p.window.app.SendNotification(fyne.NewNotification(note.Title, note.Text))
	}
	// A desktop without notifications is no trouble of the user's: tray and window tell the same.
}

// openNote opens what a note is about.
func (w *Window) openNote(n alert.Note) {
	w.Raise()
	switch {
	case n.Kind == alert.Failed && n.Count == 1:
		w.open(n.Capture)
	case n.Kind == alert.Failed:
		w.choose(scope{kind: scopeNotVerified})
		w.open(n.Capture)
	}
}

// noteOf puts a note into words. Nothing in them comes from a body, and no
// secret can.
func (p *presence) noteOf(life context.Context, n alert.Note) session.Note {
	e := p.window.engine
	up := func(good, bad, text string) session.Note {
		if n.Up {
			return session.Note{Title: good}
		}
		return session.Note{Title: bad, Text: text}
	}
	switch n.Kind {
	case alert.Tunnel:
		return up(lang.L("The tunnel is up again"), lang.L("The tunnel is down"),
			lang.L("Providers cannot reach Shopbell until it is back; what they send meanwhile they mostly send again."))
	case alert.Shop:
		return up(lang.L("The shop answers again"), lang.L("The shop does not answer"),
			lang.L("Nothing answers at {{.URL}}. Deliveries are kept meanwhile.", map[string]any{"URL": p.shown(e.Settings().Shop.URL)}))
	case alert.Store:
		note := up(lang.L("There is room on the disk again"), lang.L("The disk is nearly full"),
			lang.L("When it is full, deliveries are turned away. Make room, or keep fewer captures."))
		note.Urgent = !n.Up
		return note
	}
	return p.failureNote(life, n)
}

func (p *presence) failureNote(life context.Context, n alert.Note) session.Note {
	from := p.shown(n.Most)
	if n.Count > 1 {
		title := lang.N("{{.Count}} deliveries failed, {{.Of}} of them {{.From}}", n.Count, map[string]any{"Count": grouped(n.Count), "Of": grouped(n.Of), "From": from})
		if n.Of == n.Count {
			title = lang.N("{{.Count}} deliveries of {{.From}} failed", n.Count, map[string]any{"Count": grouped(n.Count), "From": from})
		}
		return session.Note{Title: title, Text: lang.L("Their signatures were not verified.")}
	}
	s, err := p.window.engine.Store().Summary(life, n.Capture)
	if err != nil {
		s = inspector.Summary{}
	}
	note := session.Note{Title: lang.L("A delivery of {{.From}} failed", map[string]any{"From": from}), Text: sentence(summaryWord(&s))}
	if s.Event != "" && !p.window.private.on.Load() {
		note.Text = s.Event + " · " + summaryWord(&s)
	}
	return note
}

// shown is text as it may leave the window.
func (p *presence) shown(text string) string { return p.window.private.text(text) }
