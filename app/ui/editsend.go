package ui

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/inspector"
)

// submit sends what was typed, and compares the answer with the first one.
func (f *editForm) submit() {
	if f.send.Disabled() {
		return
	}
	o, err := f.options()
	if err != nil {
		f.refuse(err)
		return
	}
	f.send.Disable()
	f.sheet.say("")
	f.say(lang.L("Sending…"))
	var d inspector.Delivery
	w, id := f.window, f.capture.ID
	w.task(func(ctx context.Context) (err error) {
		d, err = w.engine.Inspector().Replay(ctx, id, o)
		return err
	}, func(err error) {
		f.send.Enable()
		w.refresh.refreshNow()
		if err == nil && d.Status == 0 {
			err = errors.New(d.Error)
		}
		if err != nil {
			f.say("")
			f.sheet.say(reason(err))
			return
		}
		f.say(f.answerWords(d))
	})
}

func (f *editForm) say(text string) {
	f.result.SetText(text)
	setVisible(f.result, text != "")
	f.sheet.fit()
}

// answerWords tell the answer, and how it differs from the first one.
func (f *editForm) answerWords(d inspector.Delivery) string {
	says := lang.L("Answered {{.Status}} in {{.Time}}.", map[string]any{"Status": look.Status(d.Status), "Time": look.Millis(d.Millis)})
	first, some := f.capture.FirstAnswer()
	if !some {
		return says + " " + lang.L("There was no answer before.")
	}
	diff := inspector.AnswersDiffer(first, d)
	if diff.None() {
		return says + " " + lang.L("The first answer was the same: status, headers and body.")
	}
	parts := []string{says}
	if diff.Status {
		parts = append(parts, lang.L("The first answer was {{.Status}}.", map[string]any{"Status": look.Status(first.Status)}))
	} else {
		parts = append(parts, lang.L("The first answer had the same status."))
	}
	if diff.Body {
		parts = append(parts, lang.L("The body differs."))
	} else {
		parts = append(parts, lang.L("The body is the same."))
	}
	if len(diff.Headers) > 0 {
		parts = append(parts, lang.L("Headers that differ: {{.Names}}.", map[string]any{"Names": strings.Join(diff.Headers, ", ")}))
	}
	return strings.Join(parts, " ")
}
