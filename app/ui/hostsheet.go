package ui

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/tunnel"
)

// hostSheet asks whether an SSH server is the one that it should be.
type hostSheet struct {
	sheet *sheet
	trust *look.Button
	no    *look.Button
}

// openHost asks about key; trusted is called when the user takes it.
func (w *Window) openHost(key tunnel.HostKey, trusted func()) *hostSheet {
	h := &hostSheet{sheet: w.openSheet(lang.L("Is this the right server?"))}
	h.sheet.host = key
	line := func(text, what string) fyne.CanvasObject {
		c := newCodeLine(func(text string) { w.copy(text, what) })
		c.set(text)
		return c.content
	}
	h.trust = look.Secondary(lang.L("Trust"), "", func() {
		h.sheet.close()
		w.engine.Trust(key)
		trusted()
	})
	h.no = look.Primary(lang.L("Don't connect"), "", h.sheet.close)
	h.sheet.fill([]fyne.CanvasObject{
		look.NewProse(lang.L("This SSH server is new here. Compare its fingerprint with the one that its owner publishes: if they differ, somebody may be in between."), ""),
		newField(lang.L("Server"), line(key.Host, lang.L("the server")), "").content,
		newField(lang.L("Type of the key"), line(key.Type, lang.L("the type of the key")), "").content,
		newField(lang.L("Fingerprint"), line(key.Fingerprint, lang.L("the fingerprint")), lang.L("Trusted once, it is remembered, and another key is refused.")).content,
	}, h.no, h.trust)
	h.sheet.focus(h.no)
	return h
}

// asksAbout tells whether a sheet asks about key already.
func (w *Window) asksAbout(key tunnel.HostKey) bool {
	return slices.ContainsFunc(w.sheets, func(s *sheet) bool { return s.host == key })
}

// hostQuestion asks about the server of the settings, once for each attempt that
// met a key which nobody has confirmed.
type hostQuestion struct {
	window *Window
	asked  *tunnel.HostKey
	open   *hostSheet // nil when none is
}

// follow asks about key, or takes the question back when there is none any more.
func (q *hostQuestion) follow(key *tunnel.HostKey) {
	if key == q.asked {
		return
	}
	q.asked = key
	if q.open != nil {
		q.open.sheet.close()
	}
	if key == nil || q.window.asksAbout(*key) {
		return
	}
	q.open = q.window.openHost(*key, q.tryAgain)
	q.open.sheet.closed = func() { q.open = nil }
}

func (q *hostQuestion) tryAgain() {
	w := q.window
	w.task(w.engine.TryAgain, func(err error) {
		w.refresh.refreshNow()
		if err != nil && unknownHost(err) == nil {
			w.notice.fail(lang.L("Go online"), err)
		}
	})
}

// unknownHost is the host key that an attempt met and did not know, nil for
// another error.
func unknownHost(err error) *tunnel.HostKey {
	var told *tunnel.Error
	if errors.As(err, &told) && !errors.Is(err, context.Canceled) {
		return told.HostKey
	}
	return nil
}
