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
	window          *Window
	sheet           *sheet
	provider        *providerPick
	event, endpoint *choice
	result          *look.Prose
	send            *look.Button
}

// openSample opens the form for a provider, "" for the likeliest one.
func (w *Window) openSample(provider string) *sampleForm {
	f := &sampleForm{window: w, sheet: w.openSheet("Simulate a delivery"), result: look.NewProse("", look.ColorMuted)}
	f.result.Hide()
	f.provider = w.newProviderPick(orElse(provider, w.likelyProvider()), canSimulate, func(id string) {
		f.choose(id)
		f.fill()
		f.sheet.focus(f.send)
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

// eventChoices are the events of which a provider has an example or a sample.
func eventChoices(p providers.Provider) (events, labels []string) {
	events = p.SampleEvents()
	for _, event := range events {
		labels = append(labels, orElse(event, "the usual one"))
	}
	return events, labels
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
