package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

// endpointRows is how many endpoints the page shows before it is asked for more.
const endpointRows = 25

// endpointsPage lists the endpoints, each with a test.
type endpointsPage struct {
	sheet   *settingsSheet
	list    *fyne.Container
	empty   *look.Prose
	more    *look.Button
	shown   int
	filled  bool
	items   []endpointItem          // as they are on screen
	results map[string]*look.Prose  // of the tests, by name
	tests   map[string]*look.Button // by name
}

func (s *settingsSheet) endpointsSection() *settingsSection {
	p := &endpointsPage{
		sheet: s, list: look.Column(12), shown: endpointRows,
		results: map[string]*look.Prose{}, tests: map[string]*look.Button{},
	}
	s.endpoints = p
	p.empty = look.NewProse(lang.L("There is none yet. An endpoint is an address for one provider: add one, give its address to the provider, and deliveries come in."), look.ColorMuted)
	p.more = look.Secondary(lang.L("Show more"), "", func() {
		p.shown += endpointRows
		p.fill()
	})
	add := look.Secondary(lang.L("Add an endpoint…"), look.IconPlus, s.window.newEndpoint)
	p.follow(s.base)
	content := pageOf(lang.L("Endpoints"), lang.L("A test sends a signed sample the whole way on this machine alone: judged, kept, forwarded."),
		p.empty, p.list, container.NewHBox(p.more), container.NewHBox(add))
	return s.section(lang.L("Endpoints"), look.IconList, content, p.follow)
}

// follow draws the list anew when it has changed.
func (p *endpointsPage) follow(now settings.Settings) {
	catalog := p.sheet.window.engine.Catalog()
	var items []endpointItem
	for _, ep := range now.Endpoints {
		items = append(items, newEndpointItem(catalog, ep))
	}
	same := func(a, b endpointItem) bool {
		return a.Name == b.Name && a.Path == b.Path && a.provider == b.provider && a.mark == b.mark && a.colour == b.colour
	}
	if p.filled && slices.EqualFunc(items, p.items, same) {
		return
	}
	p.items, p.filled = items, true
	p.fill()
}

func (p *endpointsPage) fill() {
	p.list.Objects = nil
	for i, item := range p.items {
		if i == p.shown {
			break
		}
		p.list.Objects = append(p.list.Objects, p.row(item))
	}
	setVisible(p.empty, len(p.items) == 0)
	setVisible(p.more, len(p.items) > p.shown)
	p.list.Refresh()
	if p.sheet.shown != nil {
		p.sheet.state()
	}
}

// row is one endpoint: what it is, two buttons, and what came of its test.
func (p *endpointsPage) row(item endpointItem) fyne.CanvasObject {
	if p.results[item.Name] == nil {
		p.results[item.Name] = look.NewProse("", look.ColorMuted)
		p.results[item.Name].Hide()
	}
	name, second := bold(item.Name), small(item.sender()+" · "+item.Path, look.ColorMuted)
	name.Cut, second.Cut = true, true
	test := look.Secondary(lang.L("Test"), look.IconFlask, func() { p.test(item.Name) })
	test.Compact = true
	if item.Endpoint.Provider == "" {
		test.Disable() // no provider, no sample
	}
	p.tests[item.Name] = test
	edit := look.Secondary(lang.L("Edit…"), "", func() { p.sheet.window.openEndpoint(item.Name) })
	edit.Compact = true
	line := container.NewBorder(nil, nil, middle(look.ProviderMark(item.mark, item.colour)), middle(look.Row(8, test, edit)),
		padded(look.Column(1, name, second), 10, 0))
	return look.Column(4, line, p.results[item.Name])
}

// test sends a sample to an endpoint and says what became of it.
func (p *endpointsPage) test(name string) {
	button := p.tests[name]
	button.Disable()
	p.say(name, lang.L("Sending…"), look.ColorMuted)
	w := p.sheet.window
	var t engine.Trial
	w.task(func(ctx context.Context) (err error) {
		t, err = w.engine.TestEndpoint(ctx, name)
		return err
	}, func(err error) {
		button.Enable()
		if err != nil {
			p.say(name, reason(err), look.ColorBad)
			return
		}
		p.say(name, trialText(t), look.ToneColor(t.Capture.Outcome.Tone(t.Capture.Cover)))
	})
}

func (p *endpointsPage) say(name, text string, color fyne.ThemeColorName) {
	result := p.results[name]
	result.Set(color, look.Run{Text: text})
	result.Show()
	p.sheet.state()
}

// trialText is the verdict on a sample and what the shop said.
func trialText(t engine.Trial) string {
	c := t.Capture
	verdict := c.Outcome.Symbol(c.Cover) + " " + upperFirst(outcomeWord(c.Outcome, c.Cover)) + "."
	return strings.Join([]string{verdict, shopAnswer(t)}, " ")
}

func shopAnswer(t engine.Trial) string {
	c := t.Capture
	values := map[string]any{"Status": t.Status, "Error": c.Error, "Time": millisText(c.Millis)}
	if n := len(c.Deliveries); n > 0 {
		values["Status"] = c.Deliveries[n-1].Status
		if c.Deliveries[n-1].Status == 0 {
			return lang.L("The shop gave no answer: {{.Error}}. Start it, or change its address on the page Shop.", values)
		}
		return lang.L("The shop answered {{.Status}} in {{.Time}}.", values)
	}
	switch {
	case c.State == inspector.Held && c.Outcome == signature.Mismatch:
		return lang.L("It was held: its secret does not verify what it signs. Edit the endpoint and paste the secret again.", values)
	case c.State == inspector.Held:
		return lang.L("It was held and answered {{.Status}}.", values)
	case c.State == inspector.Waiting:
		return lang.L("It was answered {{.Status}} and waits for the shop.", values)
	}
	return lang.L("It was answered {{.Status}} and not forwarded.", values)
}
