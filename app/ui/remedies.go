package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/detail"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

// remedies are the buttons for what this program can do about the diagnosis of
// a capture; none where only a person can.
func (w *Window) remedies(c inspector.Capture) []detail.Remedy {
	if c.Verdict.Diagnosis == nil || c.Verdict.Diagnosis.Fix == nil || c.Endpoint == "" {
		return nil
	}
	fix := *c.Verdict.Diagnosis.Fix
	if fix.Kind != signature.MoveToEndpoint {
		return w.remedy(c.Endpoint, fix, "")
	}
	var list []detail.Remedy
	of := map[string]any{"Endpoint": fix.Endpoint}
	if url := w.engine.EndpointURL(fix.Endpoint); url != "" {
		list = append(list, detail.Remedy{
			Text: lang.L("Copy the address of {{.Endpoint}}", of),
			Do:   func() { w.copy(url, lang.L("the address of {{.Endpoint}}", of)) },
		})
	}
	if fix.Secret == "" {
		return list // it is another provider's: its key alone would not do
	}
	fix.Kind = signature.UseSecret
	return append(list, w.remedy(c.Endpoint, fix, lang.L("Use its key here"))...)
}

// remedy is the button for one fix, with other words than the usual ones if
// there are some; none when the engine can't carry it out.
func (w *Window) remedy(endpoint string, fix signature.Fix, words string) []detail.Remedy {
	button, done := w.remedyWords(endpoint, fix)
	if button == "" || !w.engine.Fixable(endpoint, fix) {
		return nil
	}
	if words != "" {
		button = words
	}
	return []detail.Remedy{{Text: button, Do: func() { w.applyFix(endpoint, fix, done) }}}
}

// remedyWords are the words of a fix's button, and the sentence that tells that
// it was done.
func (w *Window) remedyWords(endpoint string, fix signature.Fix) (button, done string) {
	of := map[string]any{"Endpoint": endpoint, "Other": fix.Endpoint, "Text": fix.Text}
	switch fix.Kind {
	case signature.UseSecret:
		return lang.L("Use that key"), lang.L("Endpoint {{.Endpoint}} now uses the key of {{.Other}}.", of)
	case signature.TrimSecret:
		return lang.L("Trim the stored secret"), lang.L("The secret of {{.Endpoint}} was stored again without white space.", of)
	case signature.StripSecret:
		return lang.L("Store it without {{.Text}}", of), lang.L("The secret of {{.Endpoint}} was stored again without {{.Text}}.", of)
	case signature.PrefixSecret:
		return lang.L("Store it with {{.Text}}", of), lang.L("The secret of {{.Endpoint}} was stored again with {{.Text}} in front.", of)
	case signature.EncodeSecret:
		return lang.L("Store it encoded"), lang.L("The secret of {{.Endpoint}} was stored again, encoded.", of)
	case signature.ChangeProvider:
		if p, known := w.engine.Catalog().Get(fix.Provider); known {
			of["Provider"] = p.Name
			return lang.L("Change to {{.Provider}}", of), lang.L("Endpoint {{.Endpoint}} is for {{.Provider}} now.", of)
		}
	case signature.WidenTolerance:
		of["Span"] = spanText(time.Duration(fix.Tolerance) * time.Second)
		return lang.L("Accept up to {{.Span}}", of), lang.L("Endpoint {{.Endpoint}} now accepts times that are up to {{.Span}} off.", of)
	}
	return "", ""
}

// applyFix carries a fix out and tells what became of it.
func (w *Window) applyFix(endpoint string, fix signature.Fix, done string) {
	changed := 0
	w.task(func(ctx context.Context) (err error) {
		changed, err = w.engine.ApplyFix(ctx, endpoint, fix)
		return err
	}, func(err error) {
		w.refresh.refreshNow()
		if err != nil {
			w.notice.fail(lang.L("That was not changed"), err)
			return
		}
		w.notice.tell(done + " " + judgedAgain(changed))
		if id, some := w.chosen(); some {
			w.readCapture(id)
		}
	})
}

// judgedAgain says what became of the captures of an endpoint that was changed.
func judgedAgain(changed int) string {
	switch changed {
	case 0:
		return lang.L("Its captures were judged again; no verdict changed.")
	case 1:
		return lang.L("Its captures were judged again; 1 verdict changed.")
	}
	return lang.N("Its captures were judged again; {{.Count}} verdicts changed.", changed, counted(changed))
}

// useOffered gives the endpoint of a capture the secret that the capture brings.
func (w *Window) useOffered(c inspector.Capture) {
	var endpoint string
	w.task(func(ctx context.Context) (err error) {
		endpoint, err = w.engine.UseOfferedSecret(ctx, c.ID)
		return err
	}, func(err error) {
		w.refresh.refreshNow()
		if err != nil {
			w.notice.fail(lang.L("The secret was not taken"), err)
			return
		}
		w.notice.tell(lang.L("Endpoint {{.Endpoint}} now uses this secret; it is kept in the keyring of this machine. Its captures were judged again.", map[string]any{"Endpoint": endpoint}))
	})
}
