package detail

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

// maxChanges bounds the headers that are compared on screen.
const maxChanges = 100

// change is a header that was not sent as it was received.
type change struct {
	name           string
	received, sent *string // nil where there is none
}

// compare lists how a header differs from the one received, in the order
// received and then sent, and counts the fields that are the same.
func compare(received, sent signature.Header) (changes []change, same int) {
	left := map[string][]string{}
	for _, f := range sent {
		key := strings.ToLower(f.Name)
		left[key] = append(left[key], f.Value)
	}
	for _, f := range received {
		key := strings.ToLower(f.Name)
		values := left[key]
		switch {
		case len(values) == 0:
			changes = append(changes, change{name: f.Name, received: &f.Value})
			continue
		case values[0] == f.Value:
			same++
		default:
			changes = append(changes, change{name: f.Name, received: &f.Value, sent: &values[0]})
		}
		left[key] = values[1:]
	}
	for _, f := range sent {
		key := strings.ToLower(f.Name)
		if values := left[key]; len(values) > 0 && values[0] == f.Value {
			changes = append(changes, change{name: f.Name, sent: &values[0]})
			left[key] = values[1:]
		}
	}
	return changes, same
}

// sentPart says when an attempt was made and how what it sent differs from what
// was received.
func sentPart(c shownCapture, attempt int, zone *time.Location) fyne.CanvasObject {
	d := c.Deliveries[attempt]
	title := lang.L("Attempt {{.Number}} of {{.Count}}: what was sent", map[string]any{"Number": attempt + 1, "Count": len(c.Deliveries)})
	parts := []fyne.CanvasObject{
		look.NewStyled(title, "", theme.SizeNameText, fyne.TextStyle{Bold: true}),
		look.NewProse(timing(c.Capture, attempt, zone), look.ColorMuted),
	}
	if why := unknowable(d); why != "" {
		parts = append(parts, look.NewProse(why, ""))
		return look.Column(8, append(parts, targetRow(c, d))...)
	}
	sent, err := inspector.Onward(c.Capture, d.Target)
	if err != nil {
		parts = append(parts, look.NewProse(lang.L("What was sent cannot be told: {{.Why}}", map[string]any{"Why": sentence(err.Error())}), ""))
		return look.Column(8, append(parts, targetRow(c, d))...)
	}
	changes, same := compare(c.Message.Header, sent)
	table := []fyne.CanvasObject{targetRow(c, d), widget.NewSeparator(), bodyRow(c)}
	for _, ch := range changes[:min(len(changes), maxChanges)] {
		table = append(table, widget.NewSeparator(), changeRow(ch, c.revealed || !secretHeader(c.provider, ch.name)))
	}
	parts = append(parts, look.Frame(look.Inset(14, 8, look.Column(8, table...))))
	if more := len(changes) - maxChanges; more > 0 {
		parts = append(parts, look.NewProse(lang.L("Headers that differ and are not listed: {{.Count}}.", map[string]any{"Count": more}), look.ColorMuted))
	}
	says := lang.L("Headers sent as received, in their order and case: {{.Count}}. Shopbell keeps what it received, not what it sent: this is put together again from it by the rules of forwarding.",
		map[string]any{"Count": same})
	return look.Column(8, append(parts, look.NewProse(says, look.ColorMuted))...)
}

// unknowable says why what was sent cannot be told, "" where it can.
func unknowable(d inspector.Delivery) string {
	switch {
	case d.Edited && d.Resigned:
		return lang.L("It was edited by hand and signed anew before it was sent. What was sent was not kept, so it cannot be compared with what was received.")
	case d.Edited:
		return lang.L("It was edited by hand before it was sent. What was sent was not kept, so it cannot be compared with what was received.")
	case d.Resigned:
		return lang.L("It was signed anew before it was sent: its signature differs, and what belongs to it, such as a timestamp. What was sent was not kept, so it cannot be compared with what was received.")
	}
	return ""
}

// timing is what is recorded of the times of an attempt.
func timing(c inspector.Capture, attempt int, zone *time.Location) string {
	d := c.Deliveries[attempt]
	first, since := attempt == 0, c.Received
	if !first {
		since = c.Deliveries[attempt-1].Sent
	}
	values := map[string]any{
		"Sent": look.Clock(d.Sent, zone), "Received": look.Clock(c.Received, zone),
		"Waited": look.Millis(max(0, d.Sent.Sub(since).Milliseconds())), "Took": look.Millis(d.Millis),
	}
	var text string
	switch {
	case first && d.Status == 0:
		text = lang.L("Received {{.Received}}, sent {{.Sent}} after waiting {{.Waited}}; given up after {{.Took}}.", values)
	case first:
		text = lang.L("Received {{.Received}}, sent {{.Sent}} after waiting {{.Waited}}; the whole answer was there after {{.Took}}.", values)
	case d.Status == 0:
		text = lang.L("Sent {{.Sent}}, {{.Waited}} after the attempt before; given up after {{.Took}}.", values)
	default:
		text = lang.L("Sent {{.Sent}}, {{.Waited}} after the attempt before; the whole answer was there after {{.Took}}.", values)
	}
	return text + " " + lang.L("Connecting and the first byte are not measured apart.")
}

// targetRow compares where it was received and where it went.
func targetRow(c shownCapture, d inspector.Delivery) fyne.CanvasObject {
	received := c.Method + " " + inspector.ShownPath(c.provider.MaskTarget(c.Message.Target))
	sent := c.Method + " " + c.provider.MaskTarget(d.Target)
	return row(lang.L("changed"), signature.Caution, lang.L("Address"), &received, &sent)
}

// bodyRow says that the body is the same.
func bodyRow(c shownCapture) fyne.CanvasObject {
	says := lang.L("The same bytes as received: {{.Size}}.", map[string]any{"Size": look.Bytes(int64(len(c.Message.Body)))})
	return row(lang.L("same"), signature.Good, lang.L("Body"), nil, &says)
}

func changeRow(ch change, shown bool) fyne.CanvasObject {
	received, sent := ch.received, ch.sent
	if hidden := dots; !shown {
		if received != nil {
			received = &hidden
		}
		if sent != nil {
			sent = &hidden
		}
	}
	word, tone := lang.L("changed"), signature.Caution
	switch {
	case received == nil:
		word, tone = lang.L("added"), signature.Good
	case sent == nil:
		word, tone = lang.L("removed"), signature.Bad
	}
	return row(word, tone, ch.name, received, sent)
}

// row is one thing compared: what became of it, its name, and both values.
func row(word string, tone signature.Tone, name string, received, sent *string) fyne.CanvasObject {
	var values []fyne.CanvasObject
	if received != nil {
		values = append(values, look.NewEvidence(*received, look.ColorMuted))
	}
	switch {
	case sent != nil && received != nil:
		values = append(values, look.NewEvidence("→ "+*sent, ""))
	case sent != nil:
		values = append(values, look.NewEvidence(*sent, ""))
	}
	pair := look.Pair(look.NewEvidence(name, look.ColorCodeNumber), look.Column(2, values...))
	return look.Beside(10, false, nil, pair, look.Tag(word, tone))
}
