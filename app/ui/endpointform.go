package ui

import (
	"context"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/settings"
	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers"
)

// endpointForm adds an endpoint or changes one.
type endpointForm struct {
	window *Window
	sheet  *sheet
	before string // the name of the endpoint that is changed, "" for a new one
	keeps  []settings.Reference
	given  settings.Endpoint

	provider                    *choice
	name, secret, path, forward *entry
	answer, unverified          *choice
	save                        *look.Button

	nameField, secretField, pathField, forwardField *field
	autoName, autoPath                              string // what the form filled in by itself
}

// openEndpoint opens the form for the endpoint called name, "" for a new one.
func (w *Window) openEndpoint(name string) *endpointForm {
	f := &endpointForm{window: w, before: name, given: settings.Endpoint{Answer: "shop", Unverified: "hold"}}
	title := "Add an endpoint"
	if item := w.model.endpoint(name); name != "" && item != nil && item.known {
		f.given, title = item.Endpoint, "Edit "+name
		f.keeps = item.Endpoint.Secrets
	} else {
		f.before = ""
	}
	f.sheet = w.openSheet(title)
	f.sheet.enter = f.submit
	f.build()
	f.choose(f.provider.chosen)
	f.fill()
	f.name.CursorColumn = len([]rune(f.name.Text))
	f.sheet.focus(f.name)
	return f
}

// openEndpointFor opens the form for a new endpoint at the path to which a
// capture was sent.
func (w *Window) openEndpointFor(c inspector.Capture) {
	f := w.openEndpoint("")
	if c.Provider != "" {
		f.provider.choose(c.Provider)
	}
	path, _, _ := strings.Cut(c.Path, "?")
	f.path.SetText(path)
}

func (f *endpointForm) build() {
	s, g := f.sheet, f.given
	ids, names := providerChoices(f.window.engine.Catalog(), false)
	if g.Path == "/" { // only the catch-all does without a provider
		ids, names = append([]string{""}, ids...), append([]string{"Detect the provider"}, names...)
	}
	f.provider = newChoice(ids, names, g.Provider, func(id string) {
		f.choose(id)
		f.fill()
	})
	f.name = newEntry(s, g.Name, "for example yshop live")
	f.secret = newSecretEntry(s, "paste it here, or env:NAME, or file:PATH")
	if len(f.keeps) > 0 {
		f.secret.PlaceHolder = "leave empty to keep the present one"
	}
	f.path = newEntry(s, g.Path, "")
	f.forward = newEntry(s, g.Forward, "/webhooks/… (left empty: the same path)")
	f.answer = newChoice([]string{"shop", "accept"}, []string{"Send the shop's answer back", "Answer at once, deliver from a queue"}, g.Answer, nil)
	f.unverified = newChoice([]string{"hold", "forward"}, []string{"Hold it for me", "Forward it all the same"}, g.Unverified, nil)
	f.nameField = newField("Name", f.name, "")
	f.secretField = newField("Signing secret", f.secret, "")
	f.pathField = newField("Path", f.path, "Its random part is a secret too: only the provider should know the address.")
	f.forwardField = newField("Path at the shop", f.forward, "")
	f.save = look.Primary("Save", "", f.submit)
}

func (f *endpointForm) fill() {
	f.sheet.fill([]fyne.CanvasObject{
		newField("Provider", f.provider.object(), "").content,
		f.nameField.content, f.secretField.content, f.pathField.content, f.forwardField.content,
		newField("What the provider is answered", f.answer.object(), "").content,
		newField("What does not verify", f.unverified.object(), "").content,
	}, look.Secondary("Cancel", "", f.sheet.close), f.save)
}

// choose fits the form to a provider: its name and path, if the user has not
// written others, and where its secret is found.
func (f *endpointForm) choose(id string) {
	p, _ := f.window.engine.Catalog().Get(id)
	if f.before == "" && f.name.Text == f.autoName {
		f.autoName = f.freeName(p.Name)
		f.name.SetText(f.autoName)
	}
	if f.before == "" && f.path.Text == f.autoPath {
		f.autoPath = settings.NewPath(id)
		f.path.SetText(f.autoPath)
	}
	setVisible(f.secret, p.Signs)
	switch {
	case p.Signs && p.SecretWhere != "":
		f.secretField.explain("Where it is found: " + p.SecretWhere)
	case p.Signs:
		f.secretField.explain("It is kept in the keyring of this machine, never in the config file.")
	default:
		f.secretField.explain(unsignedHint(p))
	}
}

func unsignedHint(p providers.Provider) string {
	if p.Name == "" {
		return "The secrets of the other endpoints are not used for a detected provider."
	}
	return p.Name + " documents no signature: the secret path and TLS are all there is."
}

// freeName is name, or name with a number when an endpoint has it.
func (f *endpointForm) freeName(name string) string {
	free := name
	for n := 2; ; n++ {
		if item := f.window.model.endpoint(free); item == nil || !item.known {
			return free
		}
		free = name + " " + grouped(n)
	}
}

// read takes the endpoint from the fields; false when one of them is wrong,
// which then says so.
func (f *endpointForm) read() (settings.Endpoint, bool) {
	ep := f.given
	ep.Provider, ep.Answer, ep.Unverified = f.provider.chosen, f.answer.chosen, f.unverified.chosen
	ep.Name, ep.Path, ep.Forward = strings.TrimSpace(f.name.Text), strings.TrimSpace(f.path.Text), strings.TrimSpace(f.forward.Text)
	f.nameField.say(f.wrongName(ep.Name))
	f.pathField.say(f.wrongPath(ep.Path))
	f.forwardField.say(wrongForward(ep.Forward))
	wrong := f.nameField.wrong.Visible() || f.pathField.wrong.Visible() || f.forwardField.wrong.Visible()
	return ep, !wrong
}

func (f *endpointForm) wrongName(name string) string {
	if name == "" {
		return "An endpoint needs a name."
	}
	if item := f.window.model.endpoint(name); name != f.before && item != nil && item.known {
		return "Another endpoint is called " + name + "."
	}
	return ""
}

func (f *endpointForm) wrongPath(path string) string {
	if !strings.HasPrefix(path, "/") || strings.ContainsAny(path, " ?#") {
		return "A path begins with / and holds no space, ? or #."
	}
	for _, item := range f.window.model.endpoints {
		if item.known && item.Name != f.before && item.Path == path {
			return "Endpoint " + item.Name + " has this path."
		}
	}
	return ""
}

func wrongForward(to string) string {
	u, err := url.Parse(to)
	if to == "" || err == nil && (strings.HasPrefix(to, "/") || u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")) {
		return ""
	}
	return "The path at the shop begins with /; a whole address begins with http:// or https://."
}

// submit saves, away from the UI goroutine, and then shows the address.
func (f *endpointForm) submit() {
	if f.save.Disabled() {
		return
	}
	ep, ok := f.read()
	f.sheet.fit()
	if !ok {
		return
	}
	var secrets []string
	if f.secret.Visible() && f.secret.Text != "" {
		secrets = []string{f.secret.Text} // white space in it is kept: the diagnosis names it
	}
	f.save.Disable()
	w := f.window
	w.task(func(ctx context.Context) error { return w.engine.PutEndpoint(ctx, f.before, ep, secrets) }, func(err error) {
		f.save.Enable()
		w.refresh.refreshNow()
		if err != nil {
			f.sheet.say(reason(err))
			return
		}
		f.secret.SetText("")
		f.saved(ep)
	})
}

// saved shows the address to give to the provider.
func (f *endpointForm) saved(ep settings.Endpoint) {
	w := f.window
	if f.before != "" && f.before == ep.Name && f.given.Path == ep.Path {
		f.sheet.close()
		w.notice.tell("Endpoint " + ep.Name + " was saved.")
		return
	}
	f.sheet.close()
	w.openSaved(ep)
}
