package ui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"shopbell/app/ui/look"
	"shopbell/providers"
)

// sampleForm sends a sample of a provider, signed just now.
type sampleForm struct {
	window                    *Window
	sheet                     *sheet
	provider, event, endpoint *choice
	result                    *look.Prose
	send                      *look.Button
}

// openSample opens the form for a provider, "" for the first one.
func (w *Window) openSample(provider string) *sampleForm {
	f := &sampleForm{window: w, sheet: w.openSheet("Simulate a delivery"), result: look.NewProse("", look.ColorMuted)}
	f.result.Hide()
	ids, names := providerChoices(w.engine.Catalog(), true)
	f.provider = newChoice(ids, names, provider, func(id string) {
		f.choose(id)
		f.fill()
	})
	f.event = newChoice(nil, nil, "", nil)
	f.endpoint = newChoice(nil, nil, "", nil)
	f.send = look.Primary("Send", look.IconFlask, f.submit)
	f.sheet.enter = f.submit
	f.choose(f.provider.chosen)
	f.fill()
	f.sheet.focus(f.send)
	return f
}

func (f *sampleForm) fill() {
	f.sheet.fill([]fyne.CanvasObject{
		look.NewProse("A genuine delivery, signed just now. It goes the whole way on this machine alone: judged, kept, forwarded.", look.ColorMuted),
		newField("Provider", f.provider.object(), "").content,
		newField("Event", f.event.object(), "").content,
		newField("To", f.endpoint.object(), "").content,
		f.result,
	}, look.Secondary("Close", "", f.sheet.close), f.send)
}

// choose offers what a provider has.
func (f *sampleForm) choose(id string) {
	p, _ := f.window.engine.Catalog().Get(id)
	events, labels := eventChoices(p)
	f.event.offer(events, labels, "")
	ends, names := []string(nil), []string(nil)
	for _, item := range f.window.model.endpoints {
		if item.known && item.Endpoint.Provider == id {
			ends, names = append(ends, item.Name), append(names, item.Name)
		}
	}
	if len(ends) == 0 {
		ends, names = []string{""}, []string{"A demo shop of ours"}
	}
	f.endpoint.offer(ends, names, "")
}

// eventChoices are the events that a provider's examples show.
func eventChoices(p providers.Provider) (events, labels []string) {
	seen := map[string]bool{}
	for _, ex := range p.Examples {
		if !seen[ex.Event] {
			seen[ex.Event] = true
			events, labels = append(events, ex.Event), append(labels, orElse(ex.Event, "the usual one"))
		}
	}
	return events, labels
}

// providerChoices are ids and names of the catalogue; samples leaves out those
// that no sample can be sent of.
func providerChoices(catalog providers.Catalog, samples bool) (ids, names []string) {
	for _, p := range catalog.All() {
		if !samples || len(p.Examples) > 0 {
			ids, names = append(ids, p.ID), append(names, p.Name)
		}
	}
	return ids, names
}

// say shows what became of the sample.
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

func (f *sampleForm) submit() {
	if f.send.Disabled() {
		return
	}
	provider, event, endpoint := f.provider.chosen, f.event.chosen, f.endpoint.chosen
	f.send.Disable()
	f.sheet.say("")
	f.say("Sending…")
	var status int
	w := f.window
	w.task(func(ctx context.Context) (err error) {
		status, err = w.engine.SendSample(ctx, provider, event, endpoint)
		return err
	}, func(err error) {
		f.send.Enable()
		if err != nil {
			f.say("")
			f.sheet.say(reason(err))
			return
		}
		f.say(fmt.Sprintf("Sent. The sender was answered %d.", status))
		w.refresh.refreshNow()
	})
}
