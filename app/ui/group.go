package ui

import (
	"bytes"
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"
	"github.com/oklog/ulid/v2"

	"shopbell/app/ui/detail"
	"shopbell/inspector"
	"shopbell/providers"
)

const (
	// replayAsks is how many captures are replayed without a question.
	replayAsks = 20
	// pinsAtOnce share one sync of the disk.
	pinsAtOnce = 64
	// copyLimit bounds what goes to the clipboard, in bytes.
	copyLimit = 8 << 20
)

// figures are what sentences on a job are made with.
func figures(done, total int) map[string]any {
	return map[string]any{"Done": grouped(done), "Total": grouped(total)}
}

// replaySelected sends the chosen captures to the shop again, one after another
// in the order in which they arrived.
func (w *Window) replaySelected() {
	n := w.list.several.count()
	if n <= replayAsks {
		w.replayAll()
		return
	}
	w.confirm(lang.L("Replay {{.Count}} captures?", map[string]any{"Count": grouped(n)}),
		lang.L("Each is sent to the shop again, one after another in the order of arrival. You can stop it."), lang.L("Replay"), w.replayAll)
}

func (w *Window) replayAll() {
	good := 0
	w.together(job{
		atOnce: 1,
		says: func(done, total int) string {
			return lang.L("Replaying {{.Done}} of {{.Total}}…", figures(done, total))
		},
		act: func(ctx context.Context, id ulid.ULID) error {
			d, err := w.engine.Inspector().Replay(ctx, id, inspector.ReplayOptions{})
			if errors.Is(err, inspector.ErrBusy) {
				return nil // it is being sent at this moment
			}
			if err == nil && d.Status >= 200 && d.Status < 300 {
				good++
			}
			return err
		},
		end: func(done, total int, err error) {
			data := figures(done, total)
			data["Good"], data["Bad"] = grouped(good), grouped(done-good)
			switch {
			case errors.Is(err, context.Canceled):
				w.notice.tell(lang.L("Stopped: {{.Done}} of {{.Total}} replayed, {{.Good}} answered 2xx.", data))
			case err != nil:
				w.notice.fail(lang.L("Only {{.Done}} of {{.Total}} were replayed", data), err)
			case good < done:
				w.notice.tell(lang.L("{{.Done}} replayed: {{.Good}} answered 2xx, {{.Bad}} did not.", data))
			default:
				w.notice.tell(lang.L("{{.Done}} replayed, all answered 2xx.", data))
			}
		},
	})
}

// pinSelected pins the chosen captures, or takes their pins off.
func (w *Window) pinSelected(on bool) {
	w.together(job{
		atOnce: pinsAtOnce,
		says: func(done, total int) string {
			if on {
				return lang.L("Pinning {{.Done}} of {{.Total}}…", figures(done, total))
			}
			return lang.L("Unpinning {{.Done}} of {{.Total}}…", figures(done, total))
		},
		act: func(ctx context.Context, id ulid.ULID) error {
			return w.engine.Store().Change(ctx, id, func(c *inspector.Capture) { c.Pinned = on })
		},
		end: func(done, total int, err error) {
			switch {
			case err != nil && !errors.Is(err, context.Canceled):
				w.notice.fail(lang.L("Only {{.Done}} of {{.Total}} could be changed", figures(done, total)), err)
			case on:
				w.notice.tell(lang.L("{{.Done}} of {{.Total}} pinned.", figures(done, total)))
			default:
				w.notice.tell(lang.L("{{.Done}} of {{.Total}} unpinned.", figures(done, total)))
			}
		},
	})
}

// deleteSelected looks up which captures are chosen and removes them, so that
// undo brings them back where that is possible.
func (w *Window) deleteSelected() {
	var found []ulid.ULID
	w.withSelection(func(_ context.Context, ids []ulid.ULID, _ func(int)) (int, error) {
		found = ids
		return len(ids), nil
	}, func(int, int) string { return lang.L("Looking up what is selected…") }, func(_, _ int, err error) {
		switch {
		case err != nil:
			w.notice.fail(lang.L("Nothing was deleted"), err)
		case len(found) > 0:
			w.deleteCaptures(found...)
		}
	})
}

// copySelectedRaw puts the chosen captures on the clipboard as raw HTTP requests,
// without secrets that providers send along.
func (w *Window) copySelectedRaw() {
	w.copySelected(lang.L("raw HTTP"), "\n\n", func(c inspector.Capture, p providers.Provider, hide func([]byte) []byte) ([]byte, error) {
		raw, _ := detail.MaskedRaw(c.Message, p, hide != nil)
		if hide != nil {
			raw = hide(raw)
		}
		return raw, nil
	})
}

// copySelectedCurl puts them there as commands that send them again.
func (w *Window) copySelectedCurl() {
	w.copySelected(lang.L("curl commands"), "\n", func(c inspector.Capture, p providers.Provider, hide func([]byte) []byte) ([]byte, error) {
		command, _, err := detail.MaskedCurl(w.private.capture(c).Message, p, hide)
		return []byte(command), err
	})
}

// copySelected puts the chosen captures on the clipboard in a form that is named
// for the user, in order of arrival. hide takes personal data out, nil leaves it in.
func (w *Window) copySelected(form, between string, write func(c inspector.Capture, p providers.Provider, hide func([]byte) []byte) ([]byte, error)) {
	var text bytes.Buffer
	full := errors.New("the clipboard is full")
	w.together(job{
		atOnce: 1,
		says: func(done, total int) string {
			return lang.L("Copying {{.Done}} of {{.Total}}…", figures(done, total))
		},
		act: func(ctx context.Context, id ulid.ULID) error {
			c, err := w.engine.Store().Get(ctx, id)
			if err != nil {
				return err
			}
			provider, _ := w.senders(c)
			one, err := write(c, provider, w.private.bytes())
			if err != nil {
				return err
			}
			if text.Len() > 0 {
				if text.Len()+len(one) > copyLimit {
					return full
				}
				text.WriteString(between)
			}
			text.Write(one)
			return nil
		},
		end: func(done, total int, err error) {
			data := figures(done, total)
			data["Limit"], data["Form"] = bytesText(copyLimit), form
			if err != nil && !errors.Is(err, full) {
				w.notice.fail(lang.L("Nothing was copied"), err)
				return
			}
			w.app.Clipboard().SetContent(text.String())
			if err != nil {
				w.notice.tell(lang.L("Copied the oldest {{.Done}} of {{.Total}} as {{.Form}}, without secrets; more than {{.Limit}} is not copied.", data))
				return
			}
			w.notice.tell(lang.L("Copied {{.Done}} as {{.Form}}, without secrets.", data))
		},
	})
}
