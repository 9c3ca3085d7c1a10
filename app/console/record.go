package console

import (
	"fmt"
	"strings"
	"time"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// captureLine is a capture as "serve --json" and "watch --json" print it.
type captureLine struct {
	Type string `json:"type"` // "capture"
	inspector.Summary
	// Unsaid hides the state of the summary: at this moment every delivery that
	// is being forwarded has that of one which waits for the shop.
	Unsaid any `json:"state,omitempty"`
}

// deliveryLine is a delivery as "serve --json" and "watch --json" print it.
type deliveryLine struct {
	Type string `json:"type"` // "delivery"
	inspector.Delivery
}

// records prints captures and deliveries, each on a line of its own.
type records struct {
	out  *terminal
	json bool
}

func (r records) capture(c inspector.Summary) {
	if r.json {
		_ = r.out.object(captureLine{Type: "capture", Summary: c})
		return
	}
	again := ""
	if tone, word := againOf(c); word != "" {
		again = "  " + r.out.paint(tone, word)
	}
	r.out.line(fmt.Sprintf("%s  %s  %s  %s", clock(c.Received), r.out.paint(c.Outcome.Tone(c.Cover), mark(c))+again,
		who(c), clean(fmt.Sprintf("%s %s, %d bytes  %s", c.Method, short(inspector.ShownPath(c.Path), 60), c.Size, c.ID))))
}

func (r records) delivery(d inspector.Delivery) {
	if r.json {
		_ = r.out.object(deliveryLine{"delivery", d})
		return
	}
	r.out.line(fmt.Sprintf("%s  %s  %s", clock(d.Answered), r.deliveryText(d), d.Capture))
}

// deliveryText is what became of one attempt at the shop.
func (r records) deliveryText(d inspector.Delivery) string {
	tone, result := signature.Good, fmt.Sprint(d.Status)
	switch {
	case d.Unknown:
		tone, result = signature.Caution, d.Error
	case d.Status == 0:
		tone, result = signature.Bad, "no answer: "+d.Error
	case !delivered(d):
		tone = signature.Bad
	}
	symbol := map[bool]string{true: "→", false: "✕"}[delivered(d)]
	kind := string(d.Kind)
	if d.Repeated {
		kind += ", perhaps for a second time,"
	}
	if d.Unknown {
		return r.out.paint(tone, symbol+" "+clean(result)) // where it went is not known either
	}
	return fmt.Sprintf("%s  %s to %s in %d ms", r.out.paint(tone, symbol+" "+clean(result)),
		kind, clean(inspector.ShownPath(d.Target)), d.Millis)
}

// delivered tells whether the shop took it.
func delivered(d inspector.Delivery) bool { return d.Status >= 200 && d.Status < 300 }

// mark is the verdict's symbol and word.
func mark(c inspector.Summary) string {
	return c.Outcome.Symbol(c.Cover) + " " + c.Word()
}

// againOf says that a delivery came before, in a word; "" when it did not.
func againOf(c inspector.Summary) (signature.Tone, string) {
	if c.Again == nil {
		return signature.Neutral, ""
	}
	switch c.Again.Kind {
	case inspector.Duplicate:
		return signature.Caution, "duplicate"
	case inspector.SameContent:
		return signature.Caution, "same content again"
	case inspector.SameIDOtherContent:
		return signature.Bad, "same id, other content!"
	}
	return signature.Caution, strings.ReplaceAll(string(c.Again.Kind), "_", " ")
}

// who is endpoint and event; a capture of no endpoint says so.
func who(c inspector.Summary) string {
	parts := []string{c.Endpoint}
	switch {
	case c.Endpoint == "":
		parts[0] = "no endpoint"
	case c.Provider != "" && !strings.HasPrefix(c.Endpoint, c.Provider):
		parts = append(parts, c.Provider)
	}
	if c.Event != "" {
		parts = append(parts, short(c.Event, 44))
	}
	return clean(strings.Join(parts, " "))
}

func clock(t time.Time) string { return t.Local().Format(time.TimeOnly) }
