package detail

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers"
)

// sideMargin is the space at both sides of the pane.
const sideMargin = 18

// plainPage is a tab that does not scroll as a whole, with the space around it
// that a scrolled one has.
func plainPage(content fyne.CanvasObject) *fyne.Container {
	return look.Inset(look.ScrollMargin, 14, content)
}

// Pane shows one capture, or a message while there is none. All methods belong
// to the UI goroutine.
type Pane struct {
	// OnSearch is given the query that finds a value which the user chose.
	OnSearch func(query string)

	actions Actions
	options Options

	capture  inspector.Capture
	provider providers.Provider
	others   []providers.Provider // those that it could come from, where nobody knows
	full     bool                 // a capture is shown
	revealed bool                 // hidden values are shown
	hide     func([]byte) []byte  // see Hide
	attempt  int                  // the delivery whose answer is shown
	stale    [tabs]bool

	head         *header
	bar          *tabBar
	verification *verification
	body         *viewer
	headers      *headersPage
	response     *response
	deliveries   *deliveries
	raw          *viewer

	pages *fyne.Container
	shown *fyne.Container // head, bar and pages
	empty *look.Scrolled
	all   *fyne.Container
}

// New returns an empty pane.
func New(actions Actions, options Options) *Pane {
	if options.Do == nil {
		options.Do = fyne.Do
	}
	p := &Pane{actions: actions, options: options}
	p.head = newHeader(actions, options.Zone, func() inspector.Capture { return p.capture })
	p.bar = newTabBar(TabNames(), func(int) { p.turn() })
	p.verification = newVerification(actions)
	p.body = newViewer(options.Do, modeTree, bodyModes()...)
	p.headers = newHeadersPage()
	p.response = newResponse(actions, options)
	p.deliveries = newDeliveries(options.Zone, p.openAttempt)
	p.raw = newViewer(options.Do, noTree, lang.L("Text"), lang.L("Hex"))
	p.body.onShown = p.verification.showPreview
	for _, v := range []*viewer{p.body, p.raw, p.response.body} {
		v.onReveal = p.reveal
		v.onSearch = p.search
		v.onSecret = p.copied
	}
	p.body.onStep = func() { p.bar.choose(tabHeaders) }
	p.pages = &fyne.Container{Layout: stackLayout{}, Objects: []fyne.CanvasObject{
		p.verification.scroll, plainPage(p.body), p.headers.scroll, p.response.all, p.deliveries.all, plainPage(p.raw),
	}}
	p.shown = look.Fill(0, look.Inset(sideMargin, 14, p.head.all), look.Inset(sideMargin, 0, p.bar), widget.NewSeparator(),
		look.Inset(sideMargin-look.ScrollMargin, 0, p.pages))
	p.empty = look.NewScrolled(look.Column(0))
	p.all = &fyne.Container{Layout: stackLayout{}, Objects: []fyne.CanvasObject{p.shown, p.empty}}
	p.Clear("")
	return p
}

// Show shows a capture of a provider; the zero Provider is one that is not
// known, and then candidates are those that it could come from. Showing the
// capture that is shown already brings it up to date and keeps the tab, the
// place and what the user chose.
func (p *Pane) Show(c inspector.Capture, provider providers.Provider, candidates ...providers.Provider) {
	again := p.full && p.capture.ID == c.ID
	if !again || p.attempt >= len(p.capture.Deliveries)-1 {
		p.attempt = len(c.Deliveries) - 1
	}
	p.revealed = p.revealed && again
	judged := again && !reflect.DeepEqual(coverOf(c.Verdict), coverOf(p.capture.Verdict))
	p.capture, p.provider, p.others, p.full = c, provider, candidates, true
	p.head.show(c, provider, p.actions)
	p.count()
	p.verification.show(p.subject(), again)
	if !again {
		p.body.set(p.content().subject(), p.revealed)
	} else if judged { // the marks are others
		p.body.subject = p.content().subject()
		p.body.render()
	}
	for i := range p.stale {
		p.stale[i] = !again || i != tabRaw && i != tabBody
	}
	p.stale[tabVerification], p.stale[tabBody] = false, false
	p.shown.Show()
	p.empty.Hide()
	p.turn()
	p.all.Refresh()
}

// Object is the pane itself, to be put into a window. The pane wraps what it
// shows, so that the window may be narrow.
func (p *Pane) Object() fyne.CanvasObject { return p.all }

// Clear shows a message in place of a capture; "" is the usual one.
func (p *Pane) Clear(message string) {
	if message == "" {
		message = lang.L("Select a capture to see what its signature proves, what it carried, and what the shop answered.")
	}
	p.Say(look.IconInbox, lang.L("Nothing selected"), message)
}

// Say shows in place of a capture why there is none, and the next step.
func (p *Pane) Say(icon look.Icon, title, message string) {
	p.full = false
	p.capture, p.provider, p.others = inspector.Capture{}, providers.Provider{}, nil
	for _, v := range []*viewer{p.body, p.raw, p.response.body} {
		v.clear()
	}
	p.shown.Hide()
	p.empty.Show()
	p.empty.SetContent(look.Empty(icon, title, message, nil), false)
	p.all.Refresh()
}

// Raw is the request for the clipboard, without the secrets that it carries
// unless the user has them shown; exact tells that every byte is there. Where
// personal data is hidden, what Hide was given still has to be run on it.
func (p *Pane) Raw() (request []byte, exact bool) {
	m := p.capture.Message
	if p.revealed && p.hide == nil {
		return m.Raw(), true
	}
	masked, exact := MaskedRaw(m, p.provider, p.hide != nil)
	return masked, exact && p.hide == nil
}

// Shown returns the capture that is shown; false when there is none.
func (p *Pane) Shown() (inspector.Capture, bool) { return p.capture, p.full }

// shownCapture is what the parts of the pane show.
type shownCapture struct {
	inspector.Capture
	provider providers.Provider
	others   []providers.Provider
	revealed bool
}

func (p *Pane) subject() shownCapture {
	return shownCapture{p.capture, p.provider, p.others, p.revealed}
}

func (p *Pane) content() content {
	m := p.capture.Message
	return content{
		header: m.Header, body: m.Body, size: p.capture.Size, provider: p.provider, hide: p.hide,
		cover: coverOf(p.capture.Verdict), clock: clockOf(p.capture.Received, p.options.Zone),
	}
}

func (p *Pane) count() {
	p.bar.setCount(tabHeaders, len(p.capture.Message.Header))
	p.bar.setCount(tabDeliveries, len(p.capture.Deliveries))
}

// turn shows the chosen tab, built now if it was not yet.
func (p *Pane) turn() {
	for i, page := range p.pages.Objects {
		if i == p.bar.chosen {
			page.Show()
		} else {
			page.Hide()
		}
	}
	if p.full && p.stale[p.bar.chosen] {
		p.stale[p.bar.chosen] = false
		p.build(p.bar.chosen)
	}
	p.pages.Refresh()
}

// build fills a tab.
func (p *Pane) build(tab int) {
	switch tab {
	case tabHeaders:
		p.headers.show(p.subject(), p.reveal, headerActs{p.search, p.actions.SecretCopied, p.hide != nil})
	case tabResponse:
		p.response.show(p.capture, p.provider, p.attempt, p.revealed)
	case tabDeliveries:
		p.deliveries.show(p.subject(), p.attempt, p.response.nothing(p.capture))
	case tabRaw:
		p.raw.set(raw{p.capture, p.provider, p.hide}.subject(), p.revealed)
	}
}

// reveal shows or hides personal data and credentials, on every tab.
func (p *Pane) reveal(shown bool) {
	p.revealed = shown
	p.verification.show(p.subject(), true)
	p.body.setShown(shown)
	p.raw.setShown(shown)
	p.response.setShown(shown)
	p.stale[tabHeaders], p.stale[tabDeliveries] = true, true
	p.turn()
}

// search hands on the query that finds a value.
func (p *Pane) search(query string) {
	if p.OnSearch != nil {
		p.OnSearch(query)
	}
}

// FindIn opens the search in the body that has the focus, and tells whether
// one has: focused is what has it in the window.
func (p *Pane) FindIn(focused fyne.Focusable) bool {
	for tab, v := range map[int]*viewer{tabBody: p.body, tabRaw: p.raw, tabResponse: p.response.body} {
		if p.full && tab == p.bar.chosen && v.holds(focused) {
			v.openFind()
			return true
		}
	}
	return false
}

// Secret tells whether the capture has secrets that are shown just now, so that
// they are in what Raw returns. Personal data is none.
func (p *Pane) Secret() bool {
	only := p.provider
	only.Personal = nil
	return p.full && p.revealed && p.hide == nil && Hides(p.capture.Message, only)
}

// copied tells of a text that was copied while secrets are shown.
func (p *Pane) copied(text string) {
	if p.Secret() && p.actions.SecretCopied != nil {
		p.actions.SecretCopied(text)
	}
}

// Hide has personal data taken out of bodies and raw requests by hide before
// they are shown, off the UI goroutine; nil shows it. What else the pane shows
// is as it stands in the capture that Show is given.
func (p *Pane) Hide(hide func([]byte) []byte) {
	p.hide, p.response.hide = hide, hide
	if hide != nil {
		p.revealed = false
	}
	if !p.full {
		return
	}
	p.body.again(p.content().subject(), p.revealed)
	p.raw.again(raw{p.capture, p.provider, p.hide}.subject(), p.revealed)
	for _, tab := range []int{tabHeaders, tabResponse} {
		p.stale[tab] = true
	}
	p.response.body.clear()
	p.turn()
}

// openAttempt shows the answer of an attempt.
func (p *Pane) openAttempt(attempt int) {
	p.attempt = attempt
	p.stale[tabResponse] = true
	p.bar.choose(tabResponse)
}

// stackLayout gives every part the whole place. Unlike the toolkit's own it
// asks for no least size: what is hidden now must not hold the window wide.
type stackLayout struct{}

func (stackLayout) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	for _, part := range parts {
		part.Move(fyne.NewPos(0, 0))
		part.Resize(size)
	}
}

func (stackLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, 160) }
