package ui

import (
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
)

// explain shows why the list is empty, where it is, and the next step.
func (w *Window) explain() {
	w.list.empty.show(w.whyEmpty())
}

func (w *Window) whyEmpty() emptyWords {
	m, p := w.model, w.list
	switch {
	case m.trouble != "":
		return emptyWords{
			icon: look.IconBang, title: lang.L("The captures cannot be read"), says: m.trouble,
			button: lang.L("Try again"), act: w.reload,
		}
	case p.listing == nil || p.extent.end > p.extent.top:
		return emptyWords{}
	case p.search.text() != "":
		return w.whySearchEmpty()
	case p.scope.kind == scopeEndpoint:
		return w.whyEndpointEmpty(p.scope.endpoint)
	}
	return w.whyScopeEmpty(p.scope)
}

func (w *Window) whyScopeEmpty(s scope) emptyWords {
	words := emptyWords{icon: look.IconCheck, button: lang.L("Show all captures"), act: func() { w.choose(scope{}) }}
	switch s.kind {
	case scopeNotVerified:
		words.title, words.says = lang.L("Nothing failed"), lang.L("Every signature that could be checked holds.")
	case scopeHeld:
		words.title, words.says = lang.L("Nothing is held"), lang.L("What does not verify waits here until you release it.")
	case scopeWaiting:
		words.title, words.says = lang.L("Nothing waits"), lang.L("Deliveries wait here while the shop does not answer.")
	case scopePinned:
		words.icon = look.IconPin
		words.title, words.says = lang.L("Nothing is pinned"), lang.L("Pin a capture with the key P to find it again here.")
	default:
		return w.whyNothingYet()
	}
	return words
}

// whyNothingYet is for a window with endpoints but without a capture.
func (w *Window) whyNothingYet() emptyWords {
	for _, ep := range w.model.endpoints {
		if ep.known {
			return w.whyEndpointEmpty(ep.Name)
		}
	}
	return emptyWords{
		icon: look.IconInbox, title: lang.L("No captures"), says: lang.L("What providers send will stand here."),
		button: lang.L("Add an endpoint…"), act: w.newEndpoint,
	}
}

func (w *Window) whyEndpointEmpty(name string) emptyWords {
	words := emptyWords{icon: look.IconInbox, title: lang.L("Nothing has arrived yet")}
	ep := w.model.endpoint(name)
	if ep == nil || !ep.known {
		words.says = lang.L("No endpoint has that name any more.")
		words.button, words.act = lang.L("Show all captures"), func() { w.choose(scope{}) }
		return words
	}
	words.says, words.code = lang.L("Give this address to the provider."), ep.url
	if ep.Endpoint.Provider != "" {
		words.says = lang.L("Give this address to {{.Provider}}, or try it with a sample from here.", map[string]any{"Provider": ep.sender()})
		words.button = lang.L("Send me a signed sample")
		words.act = func() { w.send(ep.Endpoint.Provider, name) }
	}
	return words
}

// reload reads everything again.
func (w *Window) reload() {
	if id, some := w.chosen(); some {
		w.readCapture(id)
	}
	w.list.search.run()
	w.refresh.refreshNow()
}

// copy puts text on the clipboard and says so.
func (w *Window) copy(text, what string) {
	if text == "" {
		w.notice.tell(lang.L("There is no {{.What}} to copy yet.", map[string]any{"What": what}))
		return
	}
	w.app.Clipboard().SetContent(text)
	w.notice.tell(lang.L("Copied {{.What}}.", map[string]any{"What": what}))
}
