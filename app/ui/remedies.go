package ui

import (
	"context"
	"fmt"
	"time"

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
	if url := w.engine.EndpointURL(fix.Endpoint); url != "" {
		list = append(list, detail.Remedy{Text: "Copy the address of " + fix.Endpoint, Do: func() { w.copy(url, "the address of "+fix.Endpoint) }})
	}
	if fix.Secret == "" {
		return list // it is another provider's: its key alone would not do
	}
	fix.Kind = signature.UseSecret
	return append(list, w.remedy(c.Endpoint, fix, "Use its key here")...)
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
	switch fix.Kind {
	case signature.UseSecret:
		return "Use that key", "Endpoint " + endpoint + " now uses the key of " + fix.Endpoint + "."
	case signature.TrimSecret:
		return "Trim the stored secret", "The secret of " + endpoint + " was stored again without white space."
	case signature.StripSecret:
		return "Store it without " + fix.Text, "The secret of " + endpoint + " was stored again without " + fix.Text + "."
	case signature.PrefixSecret:
		return "Store it with " + fix.Text, "The secret of " + endpoint + " was stored again with " + fix.Text + " in front."
	case signature.EncodeSecret:
		return "Store it encoded", "The secret of " + endpoint + " was stored again, encoded."
	case signature.ChangeProvider:
		if p, known := w.engine.Catalog().Get(fix.Provider); known {
			return "Change to " + p.Name, "Endpoint " + endpoint + " is for " + p.Name + " now."
		}
	case signature.WidenTolerance:
		span := spanText(time.Duration(fix.Tolerance) * time.Second)
		return "Accept up to " + span, "Endpoint " + endpoint + " now accepts times that are up to " + span + " off."
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
			w.notice.fail("That was not changed", err)
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
	if changed == 0 {
		return "Its captures were judged again; no verdict changed."
	}
	return fmt.Sprintf("Its captures were judged again; %s changed.", plural(changed, "verdict", "verdicts"))
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
			w.notice.fail("The secret was not taken", err)
			return
		}
		w.notice.tell("Endpoint " + endpoint + " now uses this secret; it is kept in the keyring of this machine. Its captures were judged again.")
	})
}
