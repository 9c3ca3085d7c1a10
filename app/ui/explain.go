package ui

import (
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
			icon: look.IconBang, title: "The captures cannot be read", says: m.trouble,
			button: "Try again", act: w.reload,
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
	words := emptyWords{icon: look.IconCheck, button: "Show all captures", act: func() { w.choose(scope{}) }}
	switch s.kind {
	case scopeNotVerified:
		words.title, words.says = "Nothing failed", "Every signature that could be checked holds."
	case scopeHeld:
		words.title, words.says = "Nothing is held", "What does not verify waits here until you release it."
	case scopeWaiting:
		words.title, words.says = "Nothing waits", "Deliveries wait here while the shop does not answer."
	case scopePinned:
		words.icon = look.IconPin
		words.title, words.says = "Nothing is pinned", "Pin a capture with the key P to find it again here."
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
		icon: look.IconInbox, title: "No captures", says: "What providers send will stand here.",
		button: "Add an endpoint…", act: w.newEndpoint,
	}
}

func (w *Window) whyEndpointEmpty(name string) emptyWords {
	words := emptyWords{icon: look.IconInbox, title: "Nothing has arrived yet"}
	ep := w.model.endpoint(name)
	if ep == nil || !ep.known {
		words.says = "No endpoint has that name any more."
		return words
	}
	words.says = "Give this address to " + ep.provider + ", or try it with a sample from here."
	words.code = ep.url
	if ep.Endpoint.Provider != "" {
		words.button = "Send me a signed sample"
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
		w.notice.tell("There is no " + what + " to copy yet.")
		return
	}
	w.app.Clipboard().SetContent(text)
	w.notice.tell("Copied " + what + ".")
}
