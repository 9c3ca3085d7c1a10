package ui

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/settings"
	"shopbell/app/ui/look"
)

// policies are the fields of one endpoint's policy on the page Forwarding. They
// are made when the endpoint is chosen and kept, with what was typed, until the
// sheet is closed.
type policies struct {
	sheet *settingsSheet
	of    map[string]*fyne.Container // by endpoint name
	which *choice
	box   *fyne.Container
	none  *look.Prose
}

func (s *settingsSheet) forwardingSection() *settingsSection {
	pause, followPause := s.pauseCheck()
	p := &policies{sheet: s, of: map[string]*fyne.Container{}, box: look.Column(14)}
	p.none = look.NewProse(lang.L("How a delivery is forwarded is said for each endpoint. Add one on the page Endpoints."), look.ColorMuted)
	p.which = newChoice(nil, nil, "", p.show)
	body := s.textSetting(keyOf("limits", "body"), lang.L("Largest delivery"), "32MiB",
		lang.L("What is larger is answered 413 and not kept."), false,
		func(now settings.Settings) string { return settings.FormatSize(now.Limits.Body) })
	wait := s.textSetting(keyOf("limits", "wait"), lang.L("Wait for the shop"), "30s",
		lang.L("Where the provider documents no limit of its own."), false,
		func(now settings.Settings) string { return settings.FormatSpan(now.Limits.Wait) })
	content := pageOf(lang.L("Forwarding"), "", pause, p.none, p.box, body.field.content, wait.field.content)
	p.follow(s.base)
	return s.section(lang.L("Forwarding"), look.IconReplay, content, func(now settings.Settings) {
		followPause(now)
		p.follow(now)
	})
}

// follow offers the endpoints that there are; fields of one that is gone go too.
func (p *policies) follow(now settings.Settings) {
	var names []string
	there := map[string]bool{}
	for _, ep := range now.Endpoints {
		names, there[ep.Name] = append(names, ep.Name), true
	}
	for name := range p.of {
		if !there[name] {
			delete(p.of, name)
			p.sheet.drop(name)
		}
	}
	setVisible(p.none, len(names) == 0)
	setVisible(p.box, len(names) > 0)
	p.which.offer(names, names, p.which.chosen)
	p.show(p.which.chosen)
}

// show shows the policy of an endpoint.
func (p *policies) show(name string) {
	if name == "" {
		return
	}
	if p.of[name] == nil {
		p.of[name] = p.sheet.policyOf(name)
	}
	if len(p.box.Objects) == 2 && p.box.Objects[1] == p.of[name] {
		return
	}
	p.box.Objects = []fyne.CanvasObject{newField(lang.L("Endpoint"), p.which.object(), "").content, p.of[name]}
	p.box.Refresh()
	if p.sheet.right.Content != nil {
		p.sheet.right.Refresh()
	}
}

// drop forgets the fields of an endpoint that is gone.
func (s *settingsSheet) drop(endpoint string) {
	s.fields = slices.DeleteFunc(s.fields, func(f *setting) bool { return f.key.Endpoint == endpoint })
}

// policyOf makes the fields of an endpoint's policy.
func (s *settingsSheet) policyOf(name string) *fyne.Container {
	key := func(key string) settings.Change {
		return settings.Change{Table: "endpoint", Endpoint: name, Key: key}
	}
	of := func(get func(settings.Endpoint) string) func(settings.Settings) string {
		return func(now settings.Settings) string {
			for _, ep := range now.Endpoints {
				if ep.Name == name {
					return get(ep)
				}
			}
			return ""
		}
	}
	unverified := s.choiceSetting(key("unverified"), lang.L("What does not verify"), "", []string{"hold", "forward"},
		[]string{lang.L("Hold it for me"), lang.L("Forward it all the same")}, of(func(ep settings.Endpoint) string { return ep.Unverified }))
	answer := s.choiceSetting(key("answer"), lang.L("What the provider is answered"), "", []string{"shop", "accept"},
		[]string{lang.L("Send the shop's answer back"), lang.L("Answer at once, deliver from a queue")}, of(func(ep settings.Endpoint) string { return ep.Answer }))
	stuck := s.choiceSetting(key("when_stuck"), lang.L("When the shop does not take one from the queue"), "", []string{"wait", "pass"},
		[]string{lang.L("Those behind it wait"), lang.L("After 3 refusals others pass it")}, of(func(ep settings.Endpoint) string { return ep.WhenStuck }))
	places := s.numberSetting(key("concurrency"), lang.L("Deliveries of the queue at the shop at once"), lang.L("1 to 32; above 1 the order is not kept."),
		func(now settings.Settings) int {
			n, _ := strconv.Atoi(of(func(ep settings.Endpoint) string { return strconv.Itoa(max(1, ep.Concurrency)) })(now))
			return n
		})
	tolerance := s.textSetting(key("tolerance"), lang.L("Tolerance of signed timestamps"), lang.L("as the provider documents it"),
		lang.L("Both ways, for example 300s or 5m."), true, of(func(ep settings.Endpoint) string {
			if ep.Tolerance == 0 {
				return ""
			}
			return settings.FormatSpan(ep.Tolerance)
		}))
	return look.Column(14, unverified.field.content, answer.field.content, stuck.field.content, places.field.content, tolerance.field.content)
}
