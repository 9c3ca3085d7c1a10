package detail

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// The parts of an answer, in the order of their buttons.
const (
	answerBody = iota
	answerHeaders
)

// response is the fourth tab: what the shop answered to one attempt.
type response struct {
	zone    *time.Location
	actions Actions
	hide    func([]byte) []byte // see content

	answer   inspector.Delivery // that is shown
	provider providers.Provider

	head    *fyne.Container // summary of the attempt
	choice  *look.Segments
	body    *viewer
	headers *look.Scrolled
	full    *fyne.Container
	empty   *look.Scrolled
	all     *fyne.Container
}

func newResponse(a Actions, o Options) *response {
	r := &response{
		zone: o.Zone, actions: a, head: look.Column(8), choice: look.NewSegments(lang.L("Body"), lang.L("Headers")),
		body: newViewer(o.Do, modeTree, bodyModes()...), headers: look.NewScrolled(look.Column(0)), empty: look.NewScrolled(look.Column(0)),
	}
	r.body.onStep = func() { r.choice.Choose(answerHeaders); r.turn() }
	r.choice.OnChanged = func(int) { r.turn() }
	stack := &fyne.Container{Layout: stackLayout{}, Objects: []fyne.CanvasObject{r.body, r.headers}}
	r.full = look.Fill(12, r.head, r.choice, stack)
	r.all = &fyne.Container{Layout: stackLayout{}, Objects: []fyne.CanvasObject{plainPage(r.full), r.empty}}
	r.turn()
	return r
}

// turn shows the chosen part of the answer.
func (r *response) turn() {
	r.body.Hidden = r.choice.Chosen() != answerBody
	r.headers.Hidden = r.choice.Chosen() != answerHeaders
	r.full.Refresh()
}

// show builds the tab for one attempt.
func (r *response) show(c inspector.Capture, p providers.Provider, attempt int, shown bool) {
	answered := attempt >= 0 && attempt < len(c.Deliveries)
	r.all.Objects[0].(*fyne.Container).Hidden = !answered
	r.empty.Hidden = answered
	if !answered {
		r.body.clear()
		r.empty.SetContent(r.nothing(c), false)
		return
	}
	d := c.Deliveries[attempt]
	r.answer, r.provider = d, p
	r.head.Objects = []fyne.CanvasObject{r.summary(c, p, attempt)}
	if told := toldSender(c); told != "" {
		r.head.Objects = append(r.head.Objects, look.NewProse(told, look.ColorMuted))
	}
	if links := r.comparing(c, attempt); len(links) > 0 {
		r.head.Objects = append(r.head.Objects, look.Wrap(8, links...))
	}
	r.choice.SetOption(answerHeaders, lang.L("Headers {{.Count}}", map[string]any{"Count": len(d.Header)}))
	noAnswer := d.Status == 0
	r.choice.Hidden = noAnswer
	r.full.Objects[2].(*fyne.Container).Hidden = noAnswer
	body := content{header: d.Header, body: d.Body, provider: p, of: ofAnswer, size: int64(len(d.Body)), clock: clockOf(d.Answered, r.zone), hide: r.hide}
	if d.Truncated {
		body.size++
	}
	r.body.set(body.subject(), shown)
	r.showHeader(shown, false)
	r.turn()
	r.all.Refresh()
}

// showHeader fills the header; again is true for the one that is shown already.
func (r *response) showHeader(shown, again bool) {
	table := headerTable(r.answer.Header, signature.Verdict{}, r.provider, shown, headerActs{copied: r.actions.SecretCopied})
	r.headers.SetContent(table, again)
}

// setShown shows or hides the hidden values.
func (r *response) setShown(shown bool) {
	r.body.setShown(shown)
	r.showHeader(shown, true)
}

// summary is the status of an attempt with its word, and where it went when.
func (r *response) summary(c inspector.Capture, p providers.Provider, attempt int) fyne.CanvasObject {
	d := c.Deliveries[attempt]
	tone := look.StatusTone(d.Status)
	facts := []string{
		lang.L("{{.Kind}}, {{.Number}} of {{.Count}}", map[string]any{"Kind": kindWord(d.Kind), "Number": attempt + 1, "Count": len(c.Deliveries)}),
		p.MaskTarget(d.Target),
		lang.L("sent {{.Moment}}", map[string]any{"Moment": look.Moment(d.Sent, r.zone)}),
	}
	if d.Status != 0 {
		facts = append(facts, lang.L("answered in {{.Time}}", map[string]any{"Time": look.Millis(d.Millis)}))
	}
	words := look.Column(3, look.NewProse(strings.Join(facts, " · "), ""))
	if d.Error != "" {
		words.Objects = append([]fyne.CanvasObject{look.NewRuns("", look.Run{Text: sentence(d.Error)})}, words.Objects...)
	}
	retry := look.Primary(lang.L("Replay"), look.IconReplay, call(r.actions.Replay, func() inspector.Capture { return c }))
	retry.Hidden = r.actions.Replay == nil || tone == signature.Good
	return callout(tone, statusSymbol(tone), look.Status(d.Status), words, retry)
}

func statusSymbol(t signature.Tone) string {
	switch t {
	case signature.Good:
		return "✓"
	case signature.Caution:
		return "!"
	case signature.Bad:
		return "✕"
	}
	return "–"
}

// nothing says why no shop has answered and what to do about it.
func (r *response) nothing(c inspector.Capture) fyne.CanvasObject {
	shown := func() inspector.Capture { return c }
	told := toldSender(c)
	if told != "" {
		told = "\n" + told
	}
	switch {
	case c.State == inspector.Held:
		b := look.Primary(lang.L("Release"), look.IconRelease, call(r.actions.Release, shown))
		b.Hidden = r.actions.Release == nil
		return look.Empty(look.IconPause, lang.L("Held"), lang.L("Its signature was not verified, so the shop has not seen it. See why under Verification, or release it as it is.")+told, b)
	case c.State == inspector.Waiting:
		b := look.Primary(lang.L("Replay"), look.IconReplay, call(r.actions.Replay, shown))
		b.Hidden = r.actions.Replay == nil
		return look.Empty(look.IconClock, lang.L("Waiting for the shop"), lang.L("The shop has not answered yet. Start it: what waits is delivered in order, or send this one again by hand.")+told, b)
	case c.State == inspector.Kept && c.Endpoint == "":
		b := look.Primary(lang.L("Add an endpoint"), look.IconPlus, call(r.actions.AddEndpoint, shown))
		b.Hidden = r.actions.AddEndpoint == nil
		return look.Empty(look.IconInbox, lang.L("Kept, not forwarded"), lang.L("No endpoint has this path, so Shopbell did not know which shop to send it to. Add an endpoint with this path.")+told, b)
	case c.State == inspector.Kept:
		return look.Empty(look.IconInbox, lang.L("Kept, not forwarded"), lang.L("Shopbell answered this itself; it was not meant for the shop. See what it was under Verification.")+told, nil)
	}
	b := look.Primary(lang.L("Replay"), look.IconReplay, call(r.actions.Replay, shown))
	b.Hidden = r.actions.Replay == nil
	return look.Empty(look.IconInbox, lang.L("No attempt recorded"), lang.L("Nothing was sent to the shop. Send it now to see the answer.")+told, b)
}

// toldSender is what the provider got to hear, when that is known.
func toldSender(c inspector.Capture) string {
	a := c.Answer
	if a.Status == 0 {
		return ""
	}
	values := map[string]any{"Status": look.Status(a.Status), "Why": sentence(a.Says)}
	switch byShop := a.By == "shop"; {
	case byShop && a.Says != "":
		return lang.L("The sender was told {{.Status}} by the shop: {{.Why}}", values)
	case byShop:
		return lang.L("The sender was told {{.Status}} by the shop.", values)
	case a.Says != "":
		return lang.L("The sender was told {{.Status}} by Shopbell: {{.Why}}", values)
	}
	return lang.L("The sender was told {{.Status}} by Shopbell.", values)
}
