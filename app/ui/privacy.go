package ui

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/inspector/compare"
	"shopbell/inspector/redact"
	"shopbell/providers/signature"
)

// privacy masks personal data on the screen while it is switched on. What is
// masked is a copy made for showing: what is kept, judged and sent stays. Its
// methods are safe for concurrent use.
type privacy struct {
	on     atomic.Bool
	chosen bool // what the settings said last; the UI goroutine's
	// keeping is set while the user's choice is being written; the UI goroutine's.
	keeping bool
}

// text is a line as it may be shown.
func (p *privacy) text(line string) string {
	if !p.on.Load() {
		return line
	}
	return redact.Text(line)
}

// bytes masks bodies; nil when nothing is masked. It takes time: call it off
// the UI goroutine.
func (p *privacy) bytes() func([]byte) []byte {
	if !p.on.Load() {
		return nil
	}
	return redact.Bytes
}

// summary is what a row may say of a capture. It is masked before anything is
// cut off, because half an address is not known for one.
func (p *privacy) summary(s inspector.Summary) inspector.Summary {
	if p.on.Load() {
		for _, text := range []*string{&s.Event, &s.DeliveryID, &s.Path, &s.Hint, &s.Error} {
			*text = redact.Text(*text)
		}
	}
	return s
}

// capture is c as it may be shown, but for its bodies and its raw head, which the
// pane has masked itself.
func (p *privacy) capture(c inspector.Capture) inspector.Capture {
	if !p.on.Load() {
		return c
	}
	c.Summary = p.summary(c.Summary)
	for _, text := range []*string{&c.From, &c.Note, &c.Answer.Says, &c.Message.URL, &c.Message.Target} {
		*text = redact.Text(*text)
	}
	c.Notes = slices.Clone(c.Notes)
	for i := range c.Notes {
		c.Notes[i] = redact.Text(c.Notes[i])
	}
	c.Message.Header = p.header(c.Message.Header)
	c.Verdict = p.verdict(c.Verdict)
	c.Deliveries = slices.Clone(c.Deliveries)
	for i := range c.Deliveries {
		d := &c.Deliveries[i]
		d.Target, d.Error, d.Header = redact.Text(d.Target), redact.Text(d.Error), p.header(d.Header)
	}
	return c
}

// side is a side of a comparison, masked also for the secrets that it hides.
func (p *privacy) side(s compare.Side) compare.Side {
	header, secret, target, body := s.Message.Header, s.HideHeader, s.Target, s.Body
	s.HideHeader = func(name string) bool {
		return secret(name) || slices.ContainsFunc(header, func(f signature.Field) bool {
			return strings.EqualFold(f.Name, name) && redact.Header(f.Name, f.Value) != f.Value
		})
	}
	s.Target = func(text string) string { return redact.Text(target(text)) }
	s.Body = func(text []byte) []byte { return redact.Bytes(body(text)) }
	return s
}

func (p *privacy) header(header signature.Header) signature.Header {
	header = slices.Clone(header)
	for i, f := range header {
		header[i].Value = redact.Header(f.Name, f.Value)
	}
	return header
}

func (p *privacy) verdict(v signature.Verdict) signature.Verdict {
	v.Steps = slices.Clone(v.Steps)
	for i := range v.Steps {
		v.Steps[i].Evidence = redact.Text(v.Steps[i].Evidence)
	}
	if v.Diagnosis != nil {
		d := *v.Diagnosis
		d.Says, d.Do, d.Evidence = redact.Text(d.Says), redact.Text(d.Do), redact.Text(d.Evidence)
		v.Diagnosis = &d
	}
	return v
}

// togglePersonal hides personal data, or shows it again, at once, and keeps the
// choice.
func (w *Window) togglePersonal() {
	w.setPersonal(!w.private.on.Load())
	if !w.private.keeping {
		w.keepPersonal()
	}
}

// keepPersonal writes what is chosen, one choice after the other: the last one
// must be the last in the file.
func (w *Window) keepPersonal() {
	on := w.private.on.Load()
	w.private.keeping = true
	w.task(func(ctx context.Context) error {
		return w.engine.Change(ctx, "", settings.Change{Table: "window", Key: "hide_personal", Value: on})
	}, func(err error) {
		w.private.keeping = false
		switch {
		case err != nil:
			w.notice.fail(lang.L("The choice to hide personal data was not kept"), err)
		case w.private.on.Load() != on:
			w.keepPersonal()
		}
	})
}

// followPersonal takes over what the settings say when that changed there. While
// a choice of the user's is being written they may still tell of the one before.
func (w *Window) followPersonal(chosen bool) {
	if w.private.chosen != chosen {
		w.private.chosen = chosen
		if !w.private.keeping {
			w.setPersonal(chosen)
		}
	}
}

func (w *Window) setPersonal(on bool) {
	if w.private.on.Swap(on) == on {
		return
	}
	w.list.rows.Refresh()
	w.detail.pane.Hide(w.private.bytes())
	if c := w.detail.capture; c != nil {
		provider, candidates := w.senders(*c)
		w.detail.pane.Show(w.private.capture(*c), provider, candidates...)
	}
	if w.compare != nil && w.compare.load != nil {
		w.compare.run(false)
	}
	w.notice.show()
	w.status.show(w.model)
	w.status.mark(w.marked)
	w.menu.show(w)
	w.presence.wake()
}

// whole is the capture that the pane was given a masked copy of, for whatever
// is done with it.
func (w *Window) whole(c inspector.Capture) inspector.Capture {
	if kept := w.detail.capture; kept != nil && kept.ID == c.ID {
		return *kept
	}
	return c
}
