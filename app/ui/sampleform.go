package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/engine"
	"shopbell/app/ui/look"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// sampleForm sends samples of a provider, signed just now: genuine or spoiled,
// as they are or changed, once or many times.
type sampleForm struct {
	window   *Window
	sheet    *sheet
	provider *providerPick
	event    *choice
	to       *target
	endpoint *choice // of the target: the places that get it
	signer   *choice // whose secret signs what goes to another address
	spoil    *choice
	values   *sampleValues
	run      *sampleRun
	verdict  *verdictLine
	result   *look.Prose
	send     *look.Button
	stop     *look.Button

	signerField, spoilField *field
	soon                    soon
	cancel                  context.CancelFunc // of what is being sent, nil when nothing is
}

// sampleWidth is the breadth of the sheet: names and values stand side by side.
const sampleWidth = 640

// openSample opens the form for a provider, "" for the likeliest one.
func (w *Window) openSample(provider string) *sampleForm {
	f := &sampleForm{window: w, sheet: w.openSheet(lang.L("Simulate a delivery")), result: look.NewProse("", look.ColorMuted), verdict: newVerdictLine()}
	f.soon.window, f.sheet.width = w, sampleWidth
	f.result.Hide()
	f.provider = w.newProviderPick(orElse(provider, w.likelyProvider()), canSimulate, func(id string) {
		f.choose(id)
		f.sheet.focus(f.send)
	})
	f.event = newChoice(nil, nil, "", func(string) { f.anew() })
	f.to = newTarget(f.sheet, f.changed)
	f.endpoint = f.to.place
	f.signer = newChoice(nil, nil, "", func(string) { f.changed() })
	f.spoil = newChoice([]string{""}, []string{spoilWords("")}, "", func(string) { f.changed() })
	f.signerField = newField(lang.L("Signed with"), f.signer.object(), "")
	f.spoilField = newField(lang.L("The delivery"), f.spoil.object(), "")
	f.values = newSampleValues(f.sheet, f.changed)
	f.run = newSampleRun(f.sheet)
	f.send = look.Primary(lang.L("Send"), look.IconFlask, f.submit)
	f.stop = look.Secondary(lang.L("Stop"), "", f.halt)
	f.stop.Hide()
	f.sheet.enter, f.sheet.closed = f.submit, f.closed
	f.choose(f.provider.chosen)
	f.fill()
	f.sheet.focus(f.send)
	return f
}

// closed ends what is being sent: nobody would see what becomes of it.
func (f *sampleForm) closed() {
	f.soon.drop()
	f.halt()
}

// firstProvider is the one that a new user is shown.
const firstProvider = "yshop"

// likelyProvider is that of the first endpoint that has one.
func (w *Window) likelyProvider() string {
	for _, item := range w.model.endpoints {
		if item.known && item.Endpoint.Provider != "" {
			return item.Endpoint.Provider
		}
	}
	return firstProvider
}

func (f *sampleForm) fill() {
	f.sheet.fillAbove([]fyne.CanvasObject{
		container.New(thirds{gap: 14, least: 250}, newField(lang.L("Provider"), f.provider.object(), "").content, newField(lang.L("Event"), f.event.object(), "").content),
		newField(lang.L("To"), f.to.content, "").content,
		f.signerField.content, f.spoilField.content, f.values.content, f.run.content,
	}, []fyne.CanvasObject{f.verdict.panel, f.run.bar, f.result}, look.Secondary(lang.L("Close"), "", f.sheet.close), f.stop, f.send)
}

// choose offers what a provider has.
func (f *sampleForm) choose(id string) {
	p, _ := f.window.engine.Catalog().Get(id)
	events, labels := eventChoices(p)
	f.event.offer(events, labels, "")
	var ends []string
	for _, item := range f.window.model.endpoints {
		if item.known && item.Endpoint.Provider == id {
			ends = append(ends, item.Name)
		}
	}
	signers := append(slices.Clone(ends), "")
	if len(ends) == 0 {
		f.to.offer([]string{""}, []string{lang.L("A demo shop of ours")})
	} else {
		f.to.offer(ends, ends)
	}
	names := append(slices.Clone(ends), lang.L("The secret of the sample"))
	f.signer.offer(signers, names, f.signer.chosen)
	f.anew()
}

// eventChoices are the events of which a provider has an example or a sample.
func eventChoices(p providers.Provider) (events, labels []string) {
	events = p.SampleEvents()
	for _, event := range events {
		labels = append(labels, orElse(event, lang.L("the usual one")))
	}
	return events, labels
}

// anew begins with the sample as the catalogue has it.
func (f *sampleForm) anew() {
	p, _ := f.window.engine.Catalog().Get(f.provider.chosen)
	m, err := p.Sample(f.event.chosen)
	if err != nil {
		f.sheet.say(reason(err))
		return
	}
	f.values.offer(m)
	f.judge()
}

// changed looks again at what is chosen, after a pause.
func (f *sampleForm) changed() {
	setVisible(f.signerField.content, f.to.typed())
	f.verdict.wait()
	f.sheet.fit()
	f.soon.ask(f.judge)
}

// wish is what the form asks for.
func (f *sampleForm) wish() (engine.Simulation, error) {
	s := engine.Simulation{
		Provider: f.provider.chosen, Event: f.event.chosen, Endpoint: f.endpoint.chosen,
		Spoil: signature.Spoiling(f.spoil.chosen), Message: f.values.message(), Fresh: f.run.fresh.Checked,
	}
	address, err := f.to.url()
	if f.to.typed() {
		s.URL, s.Endpoint = address, f.signer.chosen
	}
	return s, err
}

// judge shows the verdict that the delivery would get, and how it can be spoiled.
func (f *sampleForm) judge() {
	setVisible(f.signerField.content, f.to.typed())
	turn := f.soon.turn()
	s, err := f.wish()
	if err != nil {
		f.verdict.fail(reason(err))
		f.sheet.fit()
		return
	}
	f.verdict.wait()
	var made engine.Simulated
	w := f.window
	w.task(func(context.Context) (err error) {
		made, err = w.engine.Simulate(s)
		return err
	}, func(err error) {
		if !f.soon.latest(turn) {
			return
		}
		f.offerSpoils(made.Ways)
		if err != nil {
			f.verdict.fail(reason(err))
		} else {
			f.verdict.show(made.Verdict)
		}
		f.sheet.fit()
	})
}

// offerSpoils offers the ways to spoil it that the scheme allows.
func (f *sampleForm) offerSpoils(ways []signature.Spoiling) {
	values, labels := []string{""}, []string{spoilWords("")}
	for _, how := range ways {
		values, labels = append(values, string(how)), append(labels, spoilWords(how))
	}
	was := f.spoil.chosen
	f.spoil.offer(values, labels, was)
	hint := ""
	if len(ways) == 0 {
		hint = lang.L("The provider signs nothing that could be spoiled.")
	}
	f.spoilField.explain(hint)
	if f.spoil.chosen != was {
		f.soon.ask(f.judge)
	}
}

// spoilWords says how a delivery is wrong, "" genuine.
func spoilWords(how signature.Spoiling) string {
	switch how {
	case signature.TamperedBody:
		return lang.L("Spoiled: a value changed after signing")
	case signature.TamperedSignature:
		return lang.L("Spoiled: a digit of the signature changed")
	case signature.MissingSignature:
		return lang.L("Spoiled: without its signature")
	case signature.StaleTimestamp:
		return lang.L("Spoiled: signed long ago")
	case signature.OtherSecret:
		return lang.L("Spoiled: signed with another secret")
	case signature.RenamedHeader:
		return lang.L("Spoiled: the signature in a renamed header")
	}
	return lang.L("Genuine, signed just now")
}

// say shows what became of the samples.
func (f *sampleForm) say(text string) {
	f.result.SetText(text)
	setVisible(f.result, text != "")
	f.sheet.fit()
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
