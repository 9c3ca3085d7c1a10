package detail

import (
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// banner is the verdict: its tone, symbol and title, the sentence that
// explains it, and the button for the one next step.
func (v *verification) banner(c inspector.Capture, p providers.Provider) fyne.CanvasObject {
	verdict := c.Verdict
	text := look.NewRuns("", explanation(verdict, p)...)
	return callout(verdict.Tone(), verdict.Outcome.Symbol(verdict.Cover), verdict.Title(), text, v.nextStep(c))
}

// nextStep is the button of the banner, hidden where there is none.
func (v *verification) nextStep(c inspector.Capture) fyne.CanvasObject {
	button := look.Primary("", "", nil)
	button.Hide()
	d := c.Verdict.Diagnosis
	switch {
	case d != nil && d.Cause == signature.SecretOfOtherEndpoint && v.actions.UseSecretOf != nil && c.Endpoint != "":
		button.Text = wordUseSecret
		button.OnTapped = func() { v.actions.UseSecretOf(c, d.Endpoint) }
		button.Show()
	case c.Verdict.Outcome == signature.NoSecret && v.actions.AddSecret != nil && c.Endpoint != "":
		button.Text = wordAddSecret
		button.OnTapped = func() { v.actions.AddSecret(c) }
		button.Show()
	}
	return button
}

// explanation is the sentence of the banner, with the other endpoint's name in
// bold letters.
func explanation(v signature.Verdict, p providers.Provider) []look.Run {
	d := v.Diagnosis
	if d == nil {
		runs := []look.Run{{Text: v.Says()}}
		if v.Outcome == signature.NoSecret && p.SecretWhere != "" {
			runs = append(runs, look.Run{Text: " Where to find it: " + p.SecretWhere})
		}
		return runs
	}
	runs := emphasise(d.Says, d.Endpoint)
	if d.Do != "" {
		runs = append(runs, emphasise(" "+d.Do, d.Endpoint)...)
	}
	return runs
}

// emphasise makes name bold wherever it stands in text.
func emphasise(text, name string) []look.Run {
	if name == "" {
		return []look.Run{{Text: text}}
	}
	var runs []look.Run
	for i, piece := range strings.Split(text, name) {
		if i > 0 {
			runs = append(runs, look.Run{Text: name, Bold: true})
		}
		if piece != "" {
			runs = append(runs, look.Run{Text: piece})
		}
	}
	return runs
}
