package ui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2/lang"
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// chosen is the id of the selected capture; ok is false when there is none.
func (w *Window) chosen() (id ulid.ULID, ok bool) {
	return w.detail.id, w.detail.id != ulid.ULID{}
}

// togglePause stops or resumes forwarding.
func (w *Window) togglePause() {
	on := !w.model.paused
	w.task(func(context.Context) error {
		w.engine.Inspector().Pause(on)
		return nil
	}, func(error) { w.refresh.refreshNow() })
}

// replay sends what is selected to the shop again.
func (w *Window) replay() {
	if w.list.several.some() {
		w.replaySelected()
		return
	}
	w.replayOne()
}

// replayOne sends the capture in the detail pane to the shop again.
func (w *Window) replayOne() {
	id, ok := w.chosen()
	if !ok {
		return
	}
	w.deliver(lang.L("The replay was not sent"), func(ctx context.Context) (inspector.Delivery, error) {
		return w.engine.Inspector().Replay(ctx, id, inspector.ReplayOptions{})
	})
}

// release forwards the selected capture although it did not verify.
func (w *Window) release() {
	id, ok := w.chosen()
	if !ok {
		return
	}
	w.deliver(lang.L("The capture was not released"), func(ctx context.Context) (inspector.Delivery, error) {
		return w.engine.Inspector().Release(ctx, id)
	})
}

// deliver runs send and tells what the shop said.
func (w *Window) deliver(what string, send func(context.Context) (inspector.Delivery, error)) {
	var d inspector.Delivery
	w.task(func(ctx context.Context) (err error) {
		d, err = send(ctx)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			w.notice.fail(what, err)
		case d.Status == 0:
			w.notice.fail(lang.L("The shop did not answer"), fmt.Errorf("%s", d.Error))
		default:
			w.notice.tell(lang.L("The shop answered {{.Status}} in {{.Took}}.", map[string]any{"Status": d.Status, "Took": millisText(d.Millis)}))
		}
		w.refresh.refreshNow()
	})
}

// togglePin pins what is selected, or takes the pins off if the capture in the
// detail pane has one.
func (w *Window) togglePin() {
	if w.list.several.some() {
		w.pinSelected(w.detail.capture == nil || !w.detail.capture.Pinned)
		return
	}
	w.togglePinOne()
}

// togglePinOne pins the capture in the detail pane, or takes the pin off.
func (w *Window) togglePinOne() {
	id, ok := w.chosen()
	if !ok {
		return
	}
	w.try(lang.L("The pin could not be changed"), func(ctx context.Context) error {
		return w.engine.Store().Change(ctx, id, func(c *inspector.Capture) { c.Pinned = !c.Pinned })
	})
}

// deleteCapture removes what is selected.
func (w *Window) deleteCapture() {
	if w.list.several.some() {
		w.deleteSelected()
	} else if id, ok := w.chosen(); ok {
		w.deleteCaptures(id)
	}
}

// copyRaw puts the selected capture on the clipboard as a raw HTTP request,
// without secrets that the provider sends along unless they are shown.
func (w *Window) copyRaw() {
	if w.list.several.some() {
		w.copySelectedRaw()
		return
	}
	if w.detail.capture == nil {
		return
	}
	raw, exact := w.detail.pane.Raw()
	if hide := w.private.bytes(); hide != nil {
		w.task(func(context.Context) error {
			raw = hide(raw)
			return nil
		}, func(error) { w.copy(string(raw), lang.L("the raw request with personal data and secrets masked")) })
		return
	}
	switch {
	case w.detail.pane.Secret():
		w.copySecret(string(raw), lang.L("the raw request"))
	case exact:
		w.copy(string(raw), lang.L("the raw request"))
	default:
		w.app.Clipboard().SetContent(string(raw))
		w.notice.tell(lang.L("Copied the raw request without its secret; show it in the tab Raw to copy that too."))
	}
}

// copyCurl puts the selected capture on the clipboard as a command that sends
// it again, without secrets that the provider sends along unless they are shown.
func (w *Window) copyCurl() {
	if w.list.several.some() {
		w.copySelectedCurl()
		return
	}
	if w.detail.capture == nil {
		return
	}
	curl, secret, command, exact := w.detail.pane.Curl(), w.detail.pane.Secret(), "", false
	w.task(func(context.Context) (err error) {
		command, exact, err = curl()
		return err
	}, func(err error) {
		if err != nil {
			w.notice.fail(lang.L("The request was not copied"), err)
			return
		}
		if secret {
			w.copySecret(command, lang.L("the curl command"))
			return
		}
		w.app.Clipboard().SetContent(command)
		if exact {
			w.notice.tell(lang.L("Copied a curl command that sends the same request."))
		} else {
			w.notice.tell(lang.L("Copied a curl command without the request's secret; show it in the tab Raw to copy that too."))
		}
	})
}

// send sends a sample and, where nothing else is on screen, opens it: whoever
// asked for it wants to see what became of it.
func (w *Window) send(provider, endpoint string) {
	var newest []inspector.Summary
	w.task(func(ctx context.Context) error {
		if _, err := w.engine.SendSample(ctx, provider, "", endpoint); err != nil {
			return err
		}
		var err error
		newest, err = w.engine.Store().Page(ctx, inspector.Query{}, ulid.ULID{}, 1)
		return err
	}, func(err error) {
		if err != nil {
			w.notice.fail(lang.L("The sample could not be sent"), err)
			return
		}
		if len(newest) > 0 && w.detail.id == (ulid.ULID{}) {
			w.open(newest[0].ID)
		}
	})
}
