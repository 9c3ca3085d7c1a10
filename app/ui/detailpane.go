package ui

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"
	"github.com/oklog/ulid/v2"

	"shopbell/app/ui/detail"
	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// detailPane shows the selected capture, and reads it again when its summary
// changed.
type detailPane struct {
	pane *detail.Pane
	says string // why no capture is shown, "" when none is selected

	id      ulid.ULID // zero when nothing is selected
	summary inspector.Summary
	capture *inspector.Capture // nil until it was read
	reading bool
	again   bool // it changed while it was being read
	read    func(ulid.ULID)
}

func (w *Window) buildDetail() {
	w.detail = &detailPane{read: w.readCapture, pane: detail.New(detail.Actions{
		SecretCopied:   w.secretCopied,
		Replay:         func(inspector.Capture) { w.replayOne() },
		Edit:           func(inspector.Capture) { w.editCapture() },
		Release:        func(inspector.Capture) { w.release() },
		Pin:            func(inspector.Capture, bool) { w.togglePinOne() },
		Export:         w.openExport,
		Remedies:       func(c inspector.Capture) []detail.Remedy { return w.remedies(w.whole(c)) },
		UseOffered:     func(c inspector.Capture) { w.useOffered(w.whole(c)) },
		AddSecret:      func(c inspector.Capture) { w.openEndpoint(c.Endpoint) },
		AddEndpoint:    func(c inspector.Capture) { w.openEndpointFor(w.whole(c), c.Provider) },
		ChooseProvider: func(c inspector.Capture, provider string) { w.openEndpointFor(w.whole(c), provider) },
		Open:           w.open,
		CompareEarlier: w.compareEarlier,
		CompareSent:    func(c inspector.Capture, attempt int) { w.compareSent(w.whole(c), attempt) },
		CompareAnswers: func(c inspector.Capture, before, attempt int) { w.compareAnswers(w.whole(c), before, attempt) },
	}, detail.Options{Do: w.onUI})}
	w.detail.pane.OnSearch = w.searchFor
	w.detail.pane.Hide(w.private.bytes())
}

// findOrSearch searches the body that has the focus, else the captures.
func (w *Window) findOrSearch() {
	if !w.detail.pane.FindIn(w.win.Canvas().Focused()) {
		w.focusSearch()
	}
}

// nothing shows that no capture is selected.
func (d *detailPane) nothing() {
	d.id, d.capture, d.says = ulid.ULID{}, nil, ""
	d.pane.Clear("")
}

// fail shows why the selected capture is not there, and the next step.
func (d *detailPane) fail(icon look.Icon, title, next string) {
	d.capture, d.says = nil, title
	d.pane.Say(icon, title, next)
}

// open shows a capture that another one points to.
func (w *Window) open(id ulid.ULID) {
	w.list.selected = id
	w.list.mark()
	w.inspect(inspector.Summary{ID: id})
}

// inspect shows the capture of a row.
func (w *Window) inspect(s inspector.Summary) {
	d := w.detail
	if d.id == s.ID {
		return
	}
	d.id, d.summary, d.capture = s.ID, s, nil
	w.refresh.selectID(s.ID)
	w.menu.show(w)
	w.readCapture(s.ID)
}

// unselect goes back to no selection.
func (w *Window) unselect() {
	w.list.clear()
	w.refresh.selectID(ulid.ULID{})
	w.detail.nothing()
	w.menu.show(w)
}

// follow reads the capture again when its summary changed; nil is a capture
// that is gone. What is about another capture than the one on screen came late.
func (d *detailPane) follow(id ulid.ULID, s *inspector.Summary) {
	switch {
	case d.id == (ulid.ULID{}) || d.id != id:
	case s == nil:
		d.id = ulid.ULID{}
		d.fail(look.IconInbox, lang.L("This capture is gone"), lang.L("It was deleted, or is older than what is kept. Select another one."))
	case !sameSummary(*s, d.summary):
		d.summary = *s
		d.read(d.id)
	}
}

// sameSummary compares by value.
func sameSummary(a, b inspector.Summary) bool {
	if (a.Again == nil) != (b.Again == nil) || a.Again != nil && *a.Again != *b.Again {
		return false
	}
	same := a.Received.Equal(b.Received)
	a.Again, b.Again = nil, nil
	a.Received, b.Received = time.Time{}, time.Time{}
	return same && a == b
}

// readCapture reads the whole capture away from the UI goroutine. One reading
// runs at a time, so that a flood of changes does not pile them up.
func (w *Window) readCapture(id ulid.ULID) {
	d := w.detail
	if d.reading {
		d.again = true
		return
	}
	d.reading, d.again = true, false
	var c inspector.Capture
	w.task(func(ctx context.Context) (err error) {
		c, err = w.engine.Store().Get(ctx, id)
		return err
	}, func(err error) {
		d.reading = false
		if d.again || d.id != id {
			if d.id != (ulid.ULID{}) {
				w.readCapture(d.id)
			}
			return
		}
		w.showCapture(c, err)
	})
}

func (w *Window) showCapture(c inspector.Capture, err error) {
	d := w.detail
	if errors.Is(err, inspector.ErrNotFound) {
		d.follow(d.id, nil)
		return
	}
	if err != nil {
		d.fail(look.IconBang, lang.L("This capture cannot be read"), lang.L("{{.Why}} Press F5 to try again.", map[string]any{"Why": reason(err)}))
		return
	}
	before := d.capture
	judged := before == nil || before.ID != c.ID || before.Outcome != c.Outcome || before.Verdict.Diagnosis != nil
	d.capture = &c
	d.says = ""
	provider, candidates := w.senders(c)
	d.pane.Show(w.private.capture(c), provider, candidates...)
	w.menu.show(w)
	if judged && needsDiagnosis(c) {
		w.diagnose(c.ID)
	}
}

// senders are the provider of a capture, as its verdict has it, and those that
// it could come from where nobody knows.
func (w *Window) senders(c inspector.Capture) (provider providers.Provider, candidates []providers.Provider) {
	catalog := w.engine.Catalog()
	provider, _ = catalog.Get(orElse(c.Verdict.Provider, c.Provider))
	for _, id := range c.Candidates {
		if p, known := catalog.Get(id); known {
			candidates = append(candidates, p)
		}
	}
	return provider, candidates
}

func needsDiagnosis(c inspector.Capture) bool {
	return c.Verdict.Diagnosis == nil && c.Verdict.Outcome != "" && c.Verdict.Outcome != signature.Verified && c.Verdict.Outcome != signature.Unsigned
}

// diagnose has the verdict of a capture explained, and reads it again when
// there is an explanation.
func (w *Window) diagnose(id ulid.ULID) {
	var found *signature.Diagnosis
	w.task(func(ctx context.Context) (err error) {
		found, err = w.engine.Inspector().Diagnose(ctx, id)
		return err
	}, func(err error) {
		if err != nil && !errors.Is(err, inspector.ErrNotFound) {
			w.notice.fail(lang.L("The verdict could not be explained"), err)
		}
		if found != nil && w.detail.id == id {
			w.readCapture(id)
		}
	})
}
