package detail

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// banner is the verdict: its tone, symbol and title, the sentence that
// explains it, and the buttons for the next step.
func (v *verification) banner(c shownCapture) fyne.CanvasObject {
	if tied(c) {
		return v.tie(c)
	}
	verdict := c.Verdict
	tone, symbol := verdict.Tone(), verdict.Outcome.Symbol(verdict.Cover)
	if c.Handshake == inspector.HandshakeRefused && tone == signature.Neutral {
		tone, symbol = signature.Caution, "!"
	}
	return callout(tone, symbol, verdict.Title(), look.NewRuns("", explanation(c)...), look.Wrap(8, v.nextSteps(c.Capture)...))
}

// nextSteps are the buttons of the banner, the one to try first filled with
// the accent.
func (v *verification) nextSteps(c inspector.Capture) []fyne.CanvasObject {
	var steps []Remedy
	if v.actions.Remedies != nil && c.Verdict.Diagnosis != nil {
		steps = v.actions.Remedies(c)
	}
	if c.OffersSecret && v.actions.UseOffered != nil && c.Endpoint != "" {
		steps = append(steps, Remedy{lang.L("Use this secret"), func() { v.actions.UseOffered(c) }})
	}
	if len(steps) == 0 && c.Verdict.Outcome == signature.NoSecret && v.actions.AddSecret != nil && c.Endpoint != "" {
		steps = append(steps, Remedy{lang.L("Add the secret"), func() { v.actions.AddSecret(c) }})
	}
	var buttons []fyne.CanvasObject
	for i, s := range steps {
		if i == 0 {
			buttons = append(buttons, look.Primary(s.Text, "", s.Do))
		} else {
			buttons = append(buttons, look.Secondary(s.Text, "", s.Do))
		}
	}
	return buttons
}

// tied tells that several providers could have sent the capture, and that
// nobody decided which.
func tied(c shownCapture) bool { return c.Provider == "" && len(c.others) > 1 }

// atHand is how many candidates have a button; the rest are in a menu.
const atHand = 4

// tie asks which provider it is: the user knows what the capture cannot tell.
func (v *verification) tie(c shownCapture) fyne.CanvasObject {
	words := look.Column(10, look.NewProse(askWhich(c.others), ""))
	if v.actions.ChooseProvider != nil {
		words.Objects = append(words.Objects, look.Wrap(8, v.choices(c)...))
	}
	return callout(signature.Neutral, "–", c.Verdict.Title(), words, look.Wrap(0))
}

// choices are a button for each candidate, or for the first of many.
func (v *verification) choices(c shownCapture) []fyne.CanvasObject {
	shown := c.others
	if len(shown) > atHand {
		shown = shown[:atHand-1]
	}
	var buttons []fyne.CanvasObject
	for _, p := range shown {
		buttons = append(buttons, look.Secondary(p.Name, "", func() { v.actions.ChooseProvider(c.Capture, p.ID) }))
	}
	if rest := c.others[len(shown):]; len(rest) > 0 {
		more := look.MenuButton(lang.L("Others"), nil)
		more.OnTapped = func() { v.offer(c.Capture, rest, more) }
		buttons = append(buttons, more)
	}
	return buttons
}

// offer opens a menu of the candidates without a button.
func (v *verification) offer(c inspector.Capture, rest []providers.Provider, below fyne.CanvasObject) {
	var items []*fyne.MenuItem
	for _, p := range rest {
		items = append(items, fyne.NewMenuItem(p.Name, func() { v.actions.ChooseProvider(c, p.ID) }))
	}
	driver := fyne.CurrentApp().Driver()
	if canvas := driver.CanvasForObject(below); canvas != nil {
		at := driver.AbsolutePositionForObject(below).AddXY(0, below.Size().Height+4)
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), canvas, at)
	}
}

// askWhich names the candidates, the first ones of many, and asks to choose.
func askWhich(list []providers.Provider) string {
	var names []string
	for _, p := range list {
		names = append(names, p.Name)
	}
	if more := len(names) - atHand; more > 1 {
		return lang.N("Could be {{.Names}} or {{.Count}} more: which one decides the endpoint's provider. Choose it to make an endpoint of it for this path.",
			more, map[string]any{"Names": strings.Join(names[:atHand], ", "), "Count": more})
	}
	last := len(names) - 1
	return lang.L("Could be {{.Names}} or {{.Last}}: which one decides the endpoint's provider. Choose it to make an endpoint of it for this path.",
		map[string]any{"Names": strings.Join(names[:last], ", "), "Last": names[last]})
}

// explanation is the sentence of the banner, with the other endpoint's name in
// bold letters.
func explanation(c shownCapture) []look.Run {
	v, p := c.Verdict, c.provider
	if says := handshakeSays(c.Capture); says != "" {
		return []look.Run{{Text: says}}
	}
	d := v.Diagnosis
	if d == nil {
		runs := []look.Run{{Text: v.Says()}}
		if v.Outcome == signature.NoSecret && p.SecretWhere != "" {
			runs = append(runs, look.Run{Text: " " + lang.L("Where to find it: {{.Where}}", map[string]any{"Where": p.SecretWhere})})
		}
		return runs
	}
	runs := emphasise(d.Says, d.Endpoint)
	if d.Do != "" {
		runs = append(runs, emphasise(" "+d.Do, d.Endpoint)...)
	}
	return runs
}

// handshakeSays is what became of a provider's check that nobody signs, ""
// for anything else.
func handshakeSays(c inspector.Capture) string {
	n := len(c.Verdict.Steps)
	if c.Handshake == "" || c.Verdict.Outcome != signature.Unsigned || n == 0 {
		return ""
	}
	return c.Verdict.Steps[n-1].Evidence
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
