package ui

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/oklog/ulid/v2"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

// detailPane shows the selected capture, and reads it again when its summary
// changed.
type detailPane struct {
	content *fyne.Container
	empty   *emptyState
	view    *detailView

	id      ulid.ULID // zero when nothing is selected
	summary inspector.Summary
	capture *inspector.Capture // nil until it was read
	reading bool
	again   bool // it changed while it was being read
	read    func(ulid.ULID)
}

func (w *Window) buildDetail() {
	d := &detailPane{empty: newEmptyState(nil), read: w.readCapture}
	d.view = w.newDetailView()
	d.content = container.NewStack(d.view.content, d.empty.content)
	w.detail = d
	d.nothing()
}

// nothing is the state without a selection.
func (d *detailPane) nothing() {
	d.id, d.capture = ulid.ULID{}, nil
	d.view.content.Hide()
	d.empty.show(emptyWords{
		icon: look.IconEye, title: "Nothing is selected",
		says: "Choose a capture to see whether its signature holds, and why.",
	})
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
// that is gone.
func (d *detailPane) follow(s *inspector.Summary) {
	switch {
	case d.id == (ulid.ULID{}):
	case s == nil:
		d.nothing()
		d.empty.show(emptyWords{
			icon: look.IconBin, title: "This capture is gone",
			says: "It was deleted, or is older than what is kept.",
		})
	case s.ID == d.id && !sameSummary(*s, d.summary):
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
		d.follow(nil)
		return
	}
	if err != nil {
		d.view.content.Hide()
		d.empty.show(emptyWords{
			icon: look.IconBang, title: "This capture cannot be read", says: reason(err),
			button: "Try again", act: func() { w.readCapture(d.id) },
		})
		return
	}
	first := d.capture == nil || d.capture.ID != c.ID
	d.capture = &c
	d.empty.show(emptyWords{})
	d.view.content.Show()
	d.view.show(c)
	w.menu.show(w)
	if first && needsDiagnosis(c) {
		w.diagnose(c.ID)
	}
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
			w.notice.fail("The verdict could not be explained", err)
		}
		if found != nil && w.detail.id == id {
			w.readCapture(id)
		}
	})
}
