package ui

import (
	"context"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

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

	provider            *providerPick
	secret              *secretField
	name, path, forward *entry
	token               *entry        // the verify token
	probe               *entry        // for rehearsals, of an endpoint that is there
	learn               *widget.Check // take the secret that the provider offers
	answer, unverified  *choice
	stuck, places       *choice // of the queue of an endpoint that answers at once
	save                *look.Button

	providerField, nameField, tokenField, pathField, forwardField *field
	autoName, autoPath                                            string // what the form filled in by itself
}

// openEndpoint opens the form for the endpoint called name, "" for a new one.
func (w *Window) openEndpoint(name string) *endpointForm {
	f := &endpointForm{window: w, before: name, given: settings.Endpoint{Answer: "shop", Unverified: "hold", Concurrency: 1, WhenStuck: "wait"}}
	title := lang.L("Add an endpoint")
	if item := w.model.endpoint(name); name != "" && item != nil && item.known {
		f.given, title = item.Endpoint, lang.L("Edit {{.Name}}", map[string]any{"Name": name})
		f.keeps = item.Endpoint.Secrets
	} else {
		f.before = ""
	}
	f.sheet = w.openSheet(title)
	f.sheet.enter = f.submit
	f.build()
	f.fit(f.provider.chosen)
	f.name.CursorColumn = len([]rune(f.name.Text))
	f.sheet.focus(f.name)
	return f
}

// newEndpoint opens the form for a new endpoint with the list of providers in
// front: which one it is comes first.
func (w *Window) newEndpoint() {
	w.openEndpoint("").provider.open()
}

// openEndpointFor opens the form for a new endpoint at the path to which a
// capture was sent, of a provider if there is one.
func (w *Window) openEndpointFor(c inspector.Capture, provider string) *endpointForm {
	f := w.openEndpoint("")
	if provider != "" {
		f.provider.choose(provider)
	}
	path, _, _ := strings.Cut(c.Path, "?")
	f.path.SetText(path)
	return f
}

func (f *endpointForm) build() {
	s, g := f.sheet, f.given
	f.provider = f.window.newProviderPick(g.Provider, nil, f.chosen)
	f.provider.detect = g.Path == "/" // only the catch-all does without a provider
	f.provider.set(g.Provider)
	f.name = newEntry(s, g.Name, lang.L("for example yshop live"))
	f.secret = newSecretField(s)
	f.token = newEntry(s, g.VerifyToken, lang.L("the text, or env:NAME, or file:PATH"))
	f.learn = widget.NewCheck("", nil)
	f.learn.Checked = g.LearnSecret
	f.path = newEntry(s, g.Path, "")
	f.forward = newEntry(s, g.Forward, lang.L("/webhooks/… (left empty: the same path)"))
	f.probe = newEntry(s, g.Probe, lang.L("URL or command (left empty: none)"))
	f.answer = newChoice([]string{"shop", "accept"}, []string{lang.L("Send the shop's answer back"), lang.L("Answer at once, deliver from a queue")}, g.Answer, func(string) { f.fill() })
	f.stuck, f.places = newStuckChoice(g.WhenStuck), newPlacesChoice(g.Concurrency)
	f.unverified = newChoice([]string{"hold", "forward"}, []string{lang.L("Hold it for me"), lang.L("Forward it all the same")}, g.Unverified, nil)
	f.nameField = newField(lang.L("Name"), f.name, "")
	f.tokenField = newField(lang.L("Verify token"), f.token, "")
	f.pathField = newField(lang.L("Path"), f.path, lang.L("Its random part is a secret too: only the provider should know the address."))
	f.forwardField = newField(lang.L("Path at the shop"), f.forward, "")
	f.save = look.Primary(lang.L("Save"), "", f.submit)
}

func (f *endpointForm) fill() {
	p, _ := f.window.engine.Catalog().Get(f.provider.chosen)
	provider := append([]fyne.CanvasObject{f.provider.object()}, schemeFacts(p)...)
	f.providerField = newField(lang.L("Provider"), look.Column(6, provider...), "")
	parts := []fyne.CanvasObject{f.providerField.content, f.nameField.content, f.secret.content}
	if f.learns(p) {
		parts = append(parts, f.learn)
	}
	if f.verifies(p) {
		parts = append(parts, f.tokenField.content)
	}
	parts = append(parts, f.pathField.content, f.forwardField.content)
	if f.before != "" {
		parts = append(parts, newField(lang.L("Where rehearsals read the shop's state"), f.probe, "").content)
	}
	parts = append(parts, newField(lang.L("What the provider is answered"), f.answer.object(), "").content)
	if f.answer.chosen == string(inspector.AnswerAccept) {
		parts = append(parts, newField(lang.L("Deliveries at the shop at once"), f.places.object(), "").content,
			newField(lang.L("When the shop does not take one"), f.stuck.object(), "").content)
	}
	parts = append(parts, newField(lang.L("What does not verify"), f.unverified.object(), "").content)
	f.sheet.fill(parts, look.Secondary(lang.L("Cancel"), "", f.sheet.close), f.save)
}

// learns tells whether the form asks for consent to a secret that p offers, and
// verifies whether it asks for a verify token.
func (f *endpointForm) learns(p providers.Provider) bool {
	return p.OffersSecret() || f.given.LearnSecret
}

func (f *endpointForm) verifies(p providers.Provider) bool {
	return p.NeedsVerifyToken() || f.given.VerifyToken != ""
}

// chosen is the user's choice of a provider: its secret comes next.
func (f *endpointForm) chosen(id string) {
	f.fit(id)
	if f.secret.wanted {
		f.sheet.focus(f.secret.entry())
	} else {
		f.sheet.focus(f.name)
	}
}

// fit fits the form to a provider: its name and path, if the user has not
// written others, and where its secret is found.
func (f *endpointForm) fit(id string) {
	p, _ := f.window.engine.Catalog().Get(id)
	if f.before == "" && f.name.Text == f.autoName && p.ID != "" {
		f.autoName = f.freeName(p.Name)
		f.name.SetText(f.autoName)
	}
	if f.before == "" && f.path.Text == f.autoPath && p.ID != "" {
		f.autoPath = settings.NewPath(id)
		f.path.SetText(f.autoPath)
	}
	f.secret.fit(p, len(f.keeps) > 0)
	setVisible(f.secret.content, p.ID != "" || f.provider.detect)
	f.tokenField.explain(lang.L("The text that you enter at {{.Provider}} for this webhook; it is repeated when the address is checked.", map[string]any{"Provider": p.Name}))
	f.learn.SetText(lang.L("Take the secret that {{.Provider}} offers in its first request", map[string]any{"Provider": p.Name}))
	f.fill()
}

func unsignedHint(p providers.Provider) string {
	if p.Name == "" {
		return lang.L("The secrets of the other endpoints are not used for a detected provider.")
	}
	return lang.L("{{.Provider}} documents no signature: the secret path and TLS are all there is.", map[string]any{"Provider": p.Name})
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
	ep.WhenStuck, ep.Concurrency = f.stuck.chosen, placesOf(f.places)
	ep.Name, ep.Path, ep.Forward = strings.TrimSpace(f.name.Text), strings.TrimSpace(f.path.Text), strings.TrimSpace(f.forward.Text)
	ep.Probe = strings.TrimSpace(f.probe.Text)
	p, _ := f.window.engine.Catalog().Get(ep.Provider)
	if f.verifies(p) {
		ep.VerifyToken = strings.TrimSpace(f.token.Text)
	}
	if f.learns(p) {
		ep.LearnSecret = f.learn.Checked
	}
	f.providerField.say(f.wrongProvider(ep.Provider))
	f.nameField.say(f.wrongName(ep.Name))
	f.pathField.say(f.wrongPath(ep.Path))
	f.forwardField.say(wrongForward(ep.Forward))
	wrong := f.providerField.wrong.Visible() || f.nameField.wrong.Visible() || f.pathField.wrong.Visible() || f.forwardField.wrong.Visible()
	return ep, !wrong
}

func (f *endpointForm) wrongProvider(id string) string {
	if id == "" && !f.provider.detect {
		return lang.L("Choose the provider first; only the path / does without one.")
	}
	return ""
}

func (f *endpointForm) wrongName(name string) string {
	if name == "" {
		return lang.L("An endpoint needs a name.")
	}
	if item := f.window.model.endpoint(name); name != f.before && item != nil && item.known {
		return lang.L("Another endpoint is called {{.Name}}.", map[string]any{"Name": name})
	}
	return ""
}

func (f *endpointForm) wrongPath(path string) string {
	if !strings.HasPrefix(path, "/") || strings.ContainsAny(path, " ?#") {
		return lang.L("A path begins with / and holds no space, ? or #.")
	}
	for _, item := range f.window.model.endpoints {
		if item.known && item.Name != f.before && item.Path == path {
			return lang.L("Endpoint {{.Name}} has this path.", map[string]any{"Name": item.Name})
		}
	}
	return ""
}

func wrongForward(to string) string {
	u, err := url.Parse(to)
	if to == "" || err == nil && (strings.HasPrefix(to, "/") || u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")) {
		return ""
	}
	return lang.L("The path at the shop begins with /; a whole address begins with http:// or https://.")
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
	if typed := f.secret.text(); typed != "" {
		secrets = []string{typed}
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
		f.secret.clear()
		f.saved(ep)
	})
}

// saved shows the address to give to the provider.
func (f *endpointForm) saved(ep settings.Endpoint) {
	w := f.window
	if f.before != "" && f.before == ep.Name && f.given.Path == ep.Path {
		f.sheet.close()
		w.notice.tell(lang.L("Endpoint {{.Name}} was saved.", map[string]any{"Name": ep.Name}))
		return
	}
	f.sheet.close()
	w.openSaved(ep)
}
