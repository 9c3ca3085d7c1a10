package console

import (
	"context"
	"fmt"
	"strings"
	"time"

	"shopbell/app/localapi"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

type showCommand struct {
	Raw    bool   `help:"Print the raw request, exactly as received, personal data included." xor:"form"`
	JSON   bool   `help:"Print one JSON object." xor:"form"`
	Reveal bool   `help:"Print personal data instead of hiding it."`
	ID     string `arg:"" name:"id" help:"Id of a capture, or how it begins."`
}

// Run prints all that is known of one capture.
func (c *showCommand) Run(s *session) error {
	catalog, kept, err := s.captures()
	if err != nil {
		return err
	}
	defer kept.close()
	id, err := kept.find(c.ID)
	if err != nil {
		return err
	}
	capture, err := kept.show(id)
	if err != nil {
		return err
	}
	if c.Raw {
		s.out.exact(capture.Message.Raw())
		return s.out.err()
	}
	whereSecret(s.ctx, catalog, &capture)
	mask := masking(catalog, capture.Provider, c.Reveal)
	if c.JSON {
		return s.out.object(localapi.NewCaptureJSON(capture, mask))
	}
	s.out.capture(capture, mask)
	return s.out.err()
}

// whereSecret makes a capture that no secret was known for say where that is
// found. A diagnosis that knows better stays.
func whereSecret(ctx context.Context, catalog providers.Catalog, c *inspector.Capture) {
	p, known := catalog.Get(c.Provider)
	known = known && c.Outcome == signature.NoSecret
	if d := c.Verdict.Diagnosis; known && (d == nil || d.Cause == signature.Unexplained) {
		c.Verdict.Diagnosis = catalog.Diagnose(ctx, p, signature.Inquiry{Message: c.Message, Now: c.Received, Within: diagnoseWithin})
	}
}

// masker returns what hides personal data in bodies of a provider.
func masker(catalog providers.Catalog, id string, reveal bool) func([]byte) []byte {
	return masking(catalog, id, reveal).Body
}

// masking returns what hides personal data and secrets in messages of a provider.
func masking(catalog providers.Catalog, id string, reveal bool) localapi.Mask {
	if reveal {
		return localapi.MaskOf(providers.Provider{})
	}
	p, _ := catalog.Get(id)
	return localapi.MaskOf(p)
}

// capture prints c for a person.
func (t *terminal) capture(c inspector.Capture, mask localapi.Mask) {
	t.line(t.bold(c.ID.String()) + "  " + c.Received.Local().Format(time.DateTime))
	t.line("  " + clean(fmt.Sprintf("%s %s", c.Method, mask.Target(c.Message.Target))))
	for _, fact := range captureFacts(c) {
		if fact[1] != "" {
			t.line(fmt.Sprintf("  %-9s %s", fact[0], clean(fact[1])))
		}
	}
	t.line("")
	t.verdict(c.Verdict)
	for _, note := range c.Notes {
		t.line("  note: " + clean(note))
	}
	t.line("")
	t.line(t.bold("Headers"))
	for _, f := range mask.Header(c.Message.Header) {
		t.line("  " + clean(f.Name+": "+f.Value))
	}
	t.body("Body", c.Message.Body, mask.Body)
	for _, d := range c.Deliveries {
		t.line("")
		t.line(t.bold("Shop") + "  " + records{out: t}.deliveryText(d))
		if len(d.Body) > 0 {
			t.body("Shop's answer", d.Body, mask.Body)
		}
	}
}

func captureFacts(c inspector.Capture) [][2]string {
	again, answer := "", ""
	if c.Again != nil {
		again = strings.ReplaceAll(string(c.Again.Kind), "_", " ") + " of " + c.Again.Of.String()
	}
	if c.Answer.Status != 0 {
		answer = strings.TrimSuffix(fmt.Sprintf("%d by %s: %s", c.Answer.Status, c.Answer.By, c.Answer.Says), ": ")
	}
	return [][2]string{
		{"endpoint", endpointOf(c.Summary)},
		{"provider", c.Provider + derived(c.Detected, " (detected)")},
		{"event", c.Event + derived(c.EventDerived, " (derived)")},
		{"delivery", c.DeliveryID + derived(c.DeliveryIDDerived, " (derived)")},
		{"from", c.From},
		{"again", again},
		{"state", string(c.State)},
		{"answered", answer},
		{"your note", c.Note},
	}
}

func derived(yes bool, text string) string {
	if yes {
		return text
	}
	return ""
}
