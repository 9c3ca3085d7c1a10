package inspector

import (
	"crypto/sha256"
	"fmt"
	"time"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// judgement is all that a message says about itself.
type judgement struct {
	provider    providers.Provider // zero when nobody is known to send this
	detected    bool
	verdict     signature.Verdict
	event       providers.Label
	delivery    providers.Label
	needsAnswer bool
	notes       []string
	hint        string
	candidates  []string // ids, when several providers were detected
	handshake   *providers.Answer
	failed      bool // the judging itself did; the verdict says nothing of the message
}

// judge asks the endpoint's provider, or the one the message looks like. A
// message on which the judging itself fails is malformed, never lost.
func (i *Inspector) judge(route *route, m signature.Message, now time.Time) (j judgement) {
	defer func() {
		if failure := recover(); failure != nil {
			i.log.Error("judging a delivery", "provider", j.provider.ID, "failure", fmt.Sprint(failure))
			j.failed = true
			j.verdict = signature.Verdict{Provider: j.provider.ID, Outcome: signature.Malformed, Steps: []signature.Step{
				{Name: "Reading the delivery", Evidence: "Shopbell failed on it; please report this with the capture's raw request"},
			}}
		}
	}()
	if route != nil && route.Provider != "" {
		j.provider = route.provider
		j.verdict = j.provider.Judge(m, route.secrets(), now)
	} else {
		i.detect(route, m, now, &j)
	}
	if route == nil {
		j.notes = append(j.notes, "No endpoint has this path.")
	}
	if (route == nil || route.Path == "/") && !provesSender(j.verdict.Outcome) {
		j.notes = append(j.notes, "It did not come by a secret address: anybody can send this.")
	}
	if j.provider.ID != "" {
		j.read(m)
	}
	return j
}

// read takes the labels out of the message.
func (j *judgement) read(m signature.Message) {
	r := j.provider.Read(m)
	j.event, j.delivery, j.needsAnswer = r.Event, r.DeliveryID, r.NeedsAnswer
	j.notes = append(j.notes, r.Notes...)
	j.hint = shorten(r.Hint)
}

// hintRunes is the length of a hint in characters that a row of the list has
// room for.
const hintRunes = 80

// shorten cuts a text for a row of the list.
func shorten(text string) string {
	count := 0
	for at := range text {
		if count++; count > hintRunes {
			return text[:at] + "…"
		}
	}
	return text
}

// newCapture puts together what is kept of a delivery.
func newCapture(route *route, m signature.Message, j judgement, received time.Time, from string) *Capture {
	c := &Capture{
		Summary: Summary{
			Received: received, Provider: j.provider.ID, Detected: j.detected,
			Event: j.event.Text, EventDerived: j.event.Derived,
			DeliveryID: j.delivery.Text, DeliveryIDDerived: j.delivery.Derived,
			Outcome: j.verdict.Outcome, Cover: j.verdict.Cover,
			Method: m.Method, Path: m.Target, Size: int64(len(m.Body)), Hint: j.hint,
		},
		Message: m, From: from, Verdict: j.verdict, Notes: j.notes, Candidates: j.candidates,
		ContentHash: sha256.Sum256(m.Body),
	}
	if route != nil {
		c.Endpoint = route.Name
	}
	c.Handshake, c.OffersSecret = j.shaking()
	return c
}
